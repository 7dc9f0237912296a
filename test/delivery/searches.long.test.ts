import './activation.test.ts';
import './amendment.test.ts';
import './chain.test.ts';
import './killed.test.ts';
import './superseded.test.ts';

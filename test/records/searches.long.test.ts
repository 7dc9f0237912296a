import './clean/nothing-right.test.ts';
import './fix-file.test.ts';
import './fixes.test.ts';
import './lines.test.ts';
import './profile.test.ts';
import './properties.test.ts';
import './same-pass.test.ts';
import './warnings.test.ts';

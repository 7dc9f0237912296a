import './certain-scalars.test.ts';
import './certain.test.ts';
import './fast-scan.test.ts';
import './native-extracts.test.ts';

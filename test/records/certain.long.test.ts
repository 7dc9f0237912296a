import './certain-scalars.test.ts';
import './certain.test.ts';
import './learned-pattern.test.ts';
import './native-scan.test.ts';
import './native-extracts.test.ts';

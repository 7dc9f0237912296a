import './bench.test.ts';
import './formats.test.ts';

import './bench.ts';
import './formats.test.ts';

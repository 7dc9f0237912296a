import './infer.test.ts';
import './round-trip.test.ts';

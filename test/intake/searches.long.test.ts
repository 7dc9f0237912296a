import './lambdas.test.ts';
import './order.test.ts';

import Sequencer from '@jest/test-sequencer';

/** Suites that take longest, slowest first: begun last they would leave the other cores with nothing to do. */
const SLOW = [
  'test/scenarios/',
  'test/cli/',
  'test/compare/',
  'test/records/formats/',
  'test/intake/lambdas',
  'test/kernel/authorization',
  'test/bench/',
  'test/infra/',
  'test/local/hub',
  'test/delivery/',
];

/** jest's own order goes by how long suites took, which a fresh checkout does not know. */
export default class SlowFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    if (sorted.some(({ duration }) => duration !== undefined)) return sorted;
    const place = ({ path }) => {
      const found = SLOW.findIndex((part) => path.replaceAll('\\', '/').includes(part));
      return found < 0 ? SLOW.length : found;
    };
    return sorted.toSorted((one, other) => place(one) - place(other));
  }
}

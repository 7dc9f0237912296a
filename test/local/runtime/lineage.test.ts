import { describe, expect, test } from '@jest/globals';
import { isTooLong, traceOfInvocation } from '../../../infra/local/runtime/lineage.ts';

const check = 'arn:aws:lambda:us-east-1:000000000000:function:check';
const receive = 'arn:aws:lambda:us-east-1:000000000000:function:receive';

/** The trace after these functions have passed it on, one after the other. */
const after = (...functions: readonly string[]) =>
  functions.reduce<string | undefined>((trace, arn) => traceOfInvocation([trace], arn), undefined);
const times = (count: number, arn: string) => Array.from({ length: count }, () => arn);
const rootOf = (trace = '') => trace.split(';')[0];

describe('a chain of requests', () => {
  test.each([
    ['an invocation that nothing of a function began', [], false],
    ['one that has passed the function 14 times', times(14, check), false],
    ['one that has passed it 15 times', times(15, check), true],
    ['one in which it takes turns with another', times(15, check).flatMap((each) => [each, receive]), true],
    ['one that has passed another as often', times(15, receive), false],
  ])('%s', (_, functions, expected) => {
    expect(isTooLong(after(...functions), check)).toBe(expected);
  });

  test('keeps its root, and tells each function with its passes', () => {
    const trace = after(receive, check, check);
    expect(trace).toMatch(
      /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:1\|[0-9a-f]{8}:2$/,
    );
    expect(rootOf(traceOfInvocation([trace], check))).toBe(rootOf(trace));
    expect(rootOf(after(check))).not.toBe(rootOf(trace));
  });

  test('is as long as the longest of the messages that come together', () => {
    const traces = [after(check), undefined, after(...times(14, check))];
    expect(isTooLong(traceOfInvocation(traces, check), check)).toBe(true);
  });

  test.each(['', 'Root=1-0-0', 'Lineage=', 'Root=1-0-0;Lineage=zz:1|a87bd80c:many'])(
    'begins anew where a header tells of none: %j',
    (header) => expect(isTooLong(traceOfInvocation([header], check), check)).toBe(false),
  );
});

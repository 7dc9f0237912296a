import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { retryAfterOf, spacingOf, take, type Share, type UsedUpTo } from '../../functions/kernel/share.ts';

const shares = fc.record({
  callsPerSecond: fc.integer({ min: 1, max: 1000 }),
  atOnce: fc.integer({ min: 1, max: 500 }),
});
const calls = fc.array(fc.integer({ min: 0, max: 2_000_000 }), { minLength: 1, maxLength: 300 });

/** Calls so many microseconds one after the other, and when those that were granted came. */
function granted(share: Share, gaps: readonly number[]): number[] {
  let used: UsedUpTo | undefined;
  let now = 1_000_000_000;
  return gaps.flatMap((gap) => {
    now += gap;
    const taken = take(share, used, now);
    used = taken.usedUpTo;
    return taken.granted ? [now] : [];
  });
}

describe('a share', () => {
  test('grants in any span what is at once and what falls in meanwhile, and no more', () => {
    fc.assert(
      fc.property(shares, calls, (share, gaps) => {
        const times = granted(share, gaps);
        for (const [from, first] of times.entries())
          for (let to = from; to < times.length; to++) {
            expect(to - from + 1).toBeLessThanOrEqual(share.atOnce + (times[to]! - first) / spacingOf(share));
          }
      }),
      { numRuns: 60 },
    );
  });

  test('grants every call of a department that keeps to its rate', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 1, max: 300 }), (share, count) => {
        const gap = Math.ceil(1_000_000 / share.callsPerSecond);
        expect(
          granted(
            share,
            Array.from({ length: count }, () => gap),
          ),
        ).toHaveLength(count);
      }),
    );
  });

  test('grants as many at once as it says after a rest, and then says exactly when it grants the next one', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 2e15 }), (share, now) => {
        let used: UsedUpTo | undefined;
        for (let call = 0; call < share.atOnce; call++) {
          const taken = take(share, used, now);
          expect(taken.granted).toBe(true);
          used = taken.usedUpTo;
        }
        const refused = take(share, used, now);
        if (refused.granted) throw new Error('granted one too many');
        expect(refused.usedUpTo).toBe(used);
        // As a fraction of milliseconds, 1.003 for one, it can come back a little less than it was.
        const wait = Math.round(refused.waitMs * 1_000);
        expect(take(share, used, now + wait).granted).toBe(true);
        expect(take(share, used, now + wait - 1).granted).toBe(false);
      }),
      { examples: [[{ callsPerSecond: 997, atOnce: 1 }, 0]] },
    );
  });

  test('of a clock that is behind is used no less for it', () => {
    const share = { callsPerSecond: 1, atOnce: 2 };
    const { usedUpTo } = take(share, undefined, 10_000_000);
    expect(take(share, usedUpTo, 9_000_000)).toMatchObject({ granted: false, waitMs: 1_000 });
  });
});

test.each([
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [59_999.5, 60],
])('who has to wait %d ms is told %i s', (waitMs, seconds) => {
  expect(retryAfterOf(waitMs)).toBe(seconds);
});

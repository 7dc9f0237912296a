import { MOST_KEYS } from '../../../schemas/contracts/lookups.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { MOST_PARTS } from './quota.ts';

/** A transaction has a hundred writes, of which a lookup needs eight however many its keys are. */
const ROOM = 92;

/** Keys that are looked up at once in data that rest on so many agreements: each is a write, and at most so many parts of the quota are. */
function mostKeys(sources: number): number {
  let most = MOST_KEYS;
  while (most > 0 && most + Math.min(most, MOST_PARTS) > ROOM - sources) most -= 1;
  return most;
}

/**
 * The agreements behind a derived resource are conditions of each lookup in it. One that was published before these had a bound
 * may rest on so many that not all keys have room beside them.
 */
export function haveRoom(keys: readonly unknown[], restsOn: readonly unknown[]): Outcome<void, 'invalid-lookup'> {
  const most = mostKeys(restsOn.length);
  if (keys.length <= most) return done(undefined);
  return refuse('invalid-lookup', {
    violations: [
      {
        path: '/keys',
        rule: 'too-many',
        message: `this data is derived of so many sources, each of which is asked with a lookup, that at most ${most} keys are looked up at once`,
      },
    ],
  });
}

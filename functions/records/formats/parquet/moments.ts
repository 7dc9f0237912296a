import { daysFromCivil, type Moment } from '../../types/moment.ts';
import type { Foreign, Forms } from '../forms.ts';

type MomentText = (value: unknown) => string | Foreign;

const SECONDS = 86_400n;
const NANOSECONDS = 1_000_000_000n;
/** ISO 8601 writes years with four digits, unless both sides have agreed on more. */
const FIRST_DAY = daysFromCivil(0, 1, 1);
const LAST_DAY = daysFromCivil(9999, 12, 31);
const isWritable = ({ days }: Moment): boolean => days >= FIRST_DAY && days <= LAST_DAY;

export const date =
  (forms: Forms): MomentText =>
  (value) => {
    const moment = { days: Number(value), seconds: 0, fraction: '' };
    return isWritable(moment) ? forms.moment('date', moment) : forms.foreign(String(value));
  };

/** @param unit parts of a second */
export const timestamp =
  (unit: bigint, utc: boolean, forms: Forms): MomentText =>
  (value) => {
    const moment = momentOf(BigInt(value as number), unit);
    return isWritable(moment) ? forms.moment('datetime', moment, utc ? 'Z' : '') : forms.foreign(String(value));
  };

/** Of one day. */
export const time =
  (unit: bigint, forms: Forms): MomentText =>
  (value) => {
    const moment = momentOf(BigInt(value as number), unit);
    return moment.days === 0 ? forms.moment('time', moment) : forms.foreign(String(value));
  };

const UNIX_DAY = 2_440_588n;

/** The old timestamps of Hive and Impala: nanoseconds of a Julian day, fewer than it has, in no particular zone. */
export const int96 =
  (forms: Forms): MomentText =>
  (value) => {
    const nanoseconds = BigInt.asUintN(64, value as bigint);
    const days = (((value as bigint) - nanoseconds) >> 64n) - UNIX_DAY;
    const moment = momentOf(days * SECONDS * NANOSECONDS + nanoseconds, NANOSECONDS);
    return nanoseconds < SECONDS * NANOSECONDS && isWritable(moment)
      ? forms.moment('datetime', moment)
      : forms.foreign(String(value));
  };

/** @param unit parts of a second */
function momentOf(value: bigint, unit: bigint): Moment {
  const parts = floored(value, unit);
  const seconds = floored(parts.quotient, SECONDS);
  const digits = String(unit).length - 1;
  return {
    days: Number(seconds.quotient),
    seconds: Number(seconds.rest),
    fraction: String(parts.rest).padStart(digits, '0').replace(/0+$/, ''),
  };
}

function floored(value: bigint, by: bigint): { quotient: bigint; rest: bigint } {
  const rest = ((value % by) + by) % by;
  return { quotient: (value - rest) / by, rest };
}

import { isoDate, type Moment } from '../types/moment.ts';
import { spelledOut } from '../types/strptime.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Thursday Friday Saturday Sunday Monday Tuesday Wednesday'.split(' ');

const two = (value: number): string => String(value).padStart(2, '0');
const civil = (days: number): string[] => isoDate(days).split('-');
const hour = ({ seconds }: Moment): number => Math.floor(seconds / 3600);
const month = ({ days }: Moment): string => MONTHS[Number(civil(days)[1]) - 1] ?? '';
/** 1970-01-01 was a Thursday. */
const weekday = ({ days }: Moment): string => WEEKDAYS[((days % 7) + 7) % 7] ?? '';

const DIRECTIVES: Readonly<Record<string, (moment: Moment) => string>> = {
  Y: ({ days }) => civil(days)[0] ?? '',
  y: ({ days }) => (civil(days)[0] ?? '').slice(-2),
  m: ({ days }) => civil(days)[1] ?? '',
  d: ({ days }) => civil(days)[2] ?? '',
  H: (moment) => two(hour(moment)),
  I: (moment) => two(hour(moment) % 12 || 12),
  p: (moment) => (hour(moment) < 12 ? 'AM' : 'PM'),
  M: ({ seconds }) => two(Math.floor(seconds / 60) % 60),
  S: ({ seconds }) => two(seconds % 60),
  f: ({ fraction }) => fraction.padEnd(6, '0').slice(0, 6),
  z: () => '+0000',
  Z: () => 'UTC',
  B: month,
  b: (moment) => month(moment).slice(0, 3),
  A: weekday,
  a: (moment) => weekday(moment).slice(0, 3),
  '%': () => '%',
};

/** A moment in a strptime format of the C locale; undefined where the format has a directive that is not written. */
export function strftime(format: string, moment: Moment): string | undefined {
  let known = true;
  const text = spelledOut(format).replaceAll(/%(.)/gsu, (_, name: string) => {
    const directive = Object.hasOwn(DIRECTIVES, name) ? DIRECTIVES[name] : undefined;
    if (!directive) known = false;
    return directive?.(moment) ?? '';
  });
  return known ? text : undefined;
}

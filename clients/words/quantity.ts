/** Counts, sizes and times as people read them. */
export const count = (number: number): string => number.toLocaleString('en-US');

/** `1 row`, `1,204 rows`. */
export const countOf = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function size(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** Instants to the second in the reader's own time zone, with its distance from UTC: `2026-12-01 10:00:04+08`; JSON keeps UTC. */
export function moment(instant: string): string {
  const at = new Date(instant);
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}${zone(-at.getTimezoneOffset())}`;
}

/** Of so many minutes before UTC, without minutes where there are none: ISO 8601, 4.3.13. */
function zone(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${size % 60 === 0 ? '' : `:${two(size % 60)}`}`;
}

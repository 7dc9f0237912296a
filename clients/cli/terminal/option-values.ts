import { InvalidArgumentError } from 'commander';
import { wrongUsage } from './failure.ts';

/** Reads an option that is a whole number within bounds. */
export const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most}.`);
  };

/** Of an option that may be given more than once. */
export const several = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** What stands between commas. */
export const commaList = (text: string): string[] => text.split(',').map((each) => each.trim());

/** What an option may be, in words: `a, b or c`. */
export const anyOf = (values: readonly string[]): string => `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** A field with its value, which stays as it is. */
export function cellOf(text: string): readonly [string, string] {
  const [, field, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (field !== undefined && value !== undefined) return [field, value];
  throw wrongUsage('A --key is no field with its value.', 'Write field=value, as the value stands in the file.');
}

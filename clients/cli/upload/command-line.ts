import type { Command } from 'commander';

/** Global options that a printed command must repeat to work as it stands. */
const REPEATED = ['api', 'local', 'profile', 'region', 'lang'];

/** Writes commands that can be typed as they stand, with the global options of the one that runs. */
export type Typed = (...words: readonly (string | number | undefined)[]) => string;

export function typedLike(program: Command): Typed {
  return (...words) => {
    const options: Record<string, unknown> = program.opts();
    const repeated = REPEATED.flatMap((name) => {
      const value = options[name];
      return typeof value === 'string' ? [`--${name}`, value] : [];
    });
    const given = words.filter((word) => word !== undefined).map(String);
    return ['hub', ...repeated, ...given].map(quoted).join(' ');
  };
}

/** For POSIX shells; plain words stay as they are. */
const quoted = (word: string): string =>
  /^[\w\-./:=+@%,\u0080-\uffff]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;

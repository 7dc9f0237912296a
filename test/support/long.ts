import { test } from '@jest/globals';

/** Whether this is `npm run test:long` (jest.long.config.js). */
export const isLong: boolean = Reflect.get(globalThis, 'isLong') === true;

/** How many runs or cases a search has: as many as every change can wait for, or all of a long search. */
export const searched = (usual: number, long: number): number => (isLong ? long : usual);

/** When a process dies, beside which of its writes. */
export type Death = 'before' | 'after';

/** Little happens between two writes: usually what is before one is tried as what is after the one ahead of it. */
export const deathsAt = (write: number): readonly Death[] => (isLong || write === 1 ? ['before', 'after'] : ['after']);

/** Cases of every run, and those of the long run alone, which has both. */
export const played = <Case>(usual: readonly Case[], long: readonly Case[]): Case[] =>
  isLong ? [...usual, ...long] : [...usual];

/** A test of the long run alone: every run has its like, or it takes too long for every change. */
export const longTest = (name: string, play: () => Promise<void>): void => {
  if (isLong) test(name, play);
};

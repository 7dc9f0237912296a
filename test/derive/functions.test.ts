import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { AGGREGATES, INSTEAD, SCALARS, WINDOWS } from '../../functions/reading/derivation/statement/functions.ts';

const section = readFileSync('functions/derive/README.md', 'utf8').split('### Functions\n')[1]!.split('\n###')[0]!;
const [list = ''] = section.split('\nMoments');
const listed = [...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

/** `WINDOW_RANK_DENSE` is `dense_rank`. */
const windows = [...WINDOWS.keys()].map((type) =>
  type === 'WINDOW_RANK_DENSE' ? 'dense_rank' : type.replace('WINDOW_', '').toLowerCase(),
);

test('the README lists the functions that statements may use, each once', () => {
  expect(listed.toSorted()).toEqual([...SCALARS.keys(), ...AGGREGATES.keys(), ...windows].toSorted());
});

test('what to write instead is said of functions that are not allowed', () => {
  for (const name of INSTEAD.keys()) expect([SCALARS.has(name), AGGREGATES.has(name)]).toEqual([false, false]);
});

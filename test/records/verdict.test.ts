import { describe, expect, test } from '@jest/globals';
import { headline, tooManyRejections, verdictOf } from '../../functions/records/index.ts';
import { check, columns } from './support.ts';

describe('tolerance', () => {
  test.each([
    ['none of none', 0, 0, 0, false],
    ['at the limit', 100, 29, 0.29, false],
    ['one beyond it', 100, 30, 0.29, true],
    ['one, where none is allowed', 1_000_000, 1, 0, true],
    ['all, where all is allowed', 5, 5, 1, false],
  ])('%s', (_, read, rejected, tolerance, refused) => {
    const refusal = tooManyRejections({ read, accepted: read - rejected, rejected }, tolerance);
    expect(refusal?.code).toBe(refused ? 'too-many-rejections' : undefined);
  });

  test.each([
    [5, 4, undefined],
    [5, 5, 'None of the 5 records was accepted, so the dataset stays as it is.'],
  ])('of %i mended records %i may be wrong, as long as one is good', (read, rejected, detail) => {
    expect(tooManyRejections({ read, accepted: read - rejected, rejected }, 0, true)?.detail).toBe(detail);
  });

  test('the refusal names counts and shares', () => {
    expect(tooManyRejections({ read: 3, accepted: 2, rejected: 1 }, 0.05)?.detail).toBe(
      '1 of 3 records were rejected, 33.3333 % where the resource tolerates 5 %.',
    );
  });
});

test.each<[title: string, content: string, tolerance: number, verdict: object, line: RegExp]>([
  [
    'accepted',
    'a,b\n1,2\n',
    0,
    { state: 'accepted', rows: { read: 1, rejected: 0 } },
    /^Accepted as streets: its one record/,
  ],
  [
    'accepted with rejections',
    'a,b\n1,2\n1\n',
    0.5,
    { state: 'accepted', violations: [{ rule: 'columns' }] },
    /1 of 2 records; mend/,
  ],
  [
    'refused',
    'a,b\n1,2\n1\n',
    0.4,
    {
      state: 'refused',
      refusal: { code: 'too-many-rejections' },
      rows: { read: 2 },
      violations: [{ rule: 'columns' }],
    },
    /1 of 2 \(50 %, where at most 40 %/,
  ],
  [
    'refused for its header',
    'a,B\n1,2\n',
    1,
    { state: 'refused', refusal: { code: 'header' } },
    /^The upload to streets was refused: the header does not fit the resource; rename B to b\.$/,
  ],
])('the verdict on a checked file: %s', async (_, content, tolerance, verdict, line) => {
  const judged = verdictOf((await check(columns('a', 'b'), content)).result, { resourceId: 'streets', tolerance });
  expect(judged).toMatchObject({ ...verdict, resourceId: 'streets', tolerance });
  expect(headline(judged, 'en')).toMatch(line);
});

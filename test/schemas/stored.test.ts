import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { allRoutes } from '../../schemas/contracts/routes.ts';
import { loosened, projected } from '../../schemas/stored/loosened.ts';
import { grown, grownPlaces } from '../support/grown.ts';

describe.each(allRoutes.map((route) => [route.id, route] as const))('what %s answers', (_, { response, example }) => {
  const known = response.parse(example.response);
  const later = grown(response, known);

  test('is read with whatever a newer hub has added to it, and keeps that', () => {
    expect(loosened(response).parse(later)).toEqual(later);
  });
  test('says nothing that the route does not', () => {
    expect(grownPlaces(projected(response).parse(later))).toEqual([]);
    expect(projected(response).parse(later)).toEqual(known);
  });
  test('is refused by the contract itself, where that has members at all', () => {
    expect(response.safeParse(later).success).toBe(grownPlaces(later).length === 0);
  });
});

describe('a contract that is loosened', () => {
  test('still refuses what breaks its rules', () => {
    const schema = loosened(z.strictObject({ days: z.array(z.strictObject({ count: z.int().min(1) })).min(1) }));
    expect(schema.safeParse({ days: [] }).success).toBe(false);
    expect(schema.safeParse({ days: [{ count: 0, later: 1 }] }).success).toBe(false);
    expect(schema.parse({ days: [{ count: 1, later: 1 }], later: 2 })).toEqual({
      days: [{ count: 1, later: 1 }],
      later: 2,
    });
  });
  test('keeps its defaults, its refinements, and leaves a part that is taken on purpose a part', () => {
    const part = z.object({ id: z.string() });
    const schema = loosened(
      z.strictObject({ part, mode: z.string().default('delivery') }).refine(({ mode }) => mode !== 'never'),
    );
    expect(schema.parse({ part: { id: 'a', more: 1 }, later: 1 })).toEqual({
      part: { id: 'a' },
      mode: 'delivery',
      later: 1,
    });
    expect(schema.safeParse({ part: { id: 'a' }, mode: 'never' }).success).toBe(false);
  });
  test('of several forms says of the one that fits exactly what it is', () => {
    const forms = z.union([z.strictObject({ from: z.int() }), z.strictObject({ from: z.int(), to: z.int() })]);
    expect(projected(forms).parse({ from: 1, to: 2 })).toEqual({ from: 1, to: 2 });
    expect(loosened(forms).parse({ from: 1, to: 2, later: 3 })).toEqual({ from: 1, to: 2, later: 3 });
  });
});

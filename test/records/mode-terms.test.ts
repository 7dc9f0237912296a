import { describe, expect, test } from '@jest/globals';
import { fitsTerms, termsProblems } from '../../functions/records/index.ts';
import type { ResourceDefinition, TableSchema } from '../../schemas/contracts/definition.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import { aDefinition, comparisonTerms, lookupTerms } from '../support/builders.ts';

const modes = ['lookup', 'comparison'] as const;
const fields = [
  { name: 'id', type: 'string' },
  { name: 'part', type: 'integer' },
  { name: 'name', type: 'string' },
  { name: 'born', type: 'date' },
  { name: 'shape', type: 'geojson' },
  { name: 'x/y~', type: 'any' },
  { name: 'witness', type: 'string', shareType: 'refused' },
  { name: 'photo', type: 'string', reference: 'attachment' },
];
const people = aDefinition({
  modes: [...modes],
  legalBasis: '保密法',
  schema: { primaryKey: ['id', 'part'], fields },
} as never);
const keyless = { ...people, schema: { ...people.schema, primaryKey: undefined } } as unknown as ResourceDefinition;

const aLookup = (changes: Parameters<typeof lookupTerms>[0]) =>
  lookupTerms({ key: ['id', 'part'], fields: ['name'], ...changes });
const aComparison = (changes: Parameters<typeof comparisonTerms>[0]) =>
  comparisonTerms({ key: ['id'], compare: ['born'], ...changes });
const problemsOf = (terms: Terms, definition = people) =>
  termsProblems(terms, definition).map(({ path, rule }) => `${path} ${rule}`);

describe('terms of lookups', () => {
  test.each<[string, Parameters<typeof lookupTerms>[0], string[]]>([
    ['that fit', { filter: [{ field: 'born', op: 'min', value: '2000-01-01' }] }, []],
    ['with the key in another order', { key: ['part', 'id'] }, []],
    ['that give the key, too', { fields: ['id', 'name'] }, []],
    ['without a part of the key', { key: ['id'] }, ['/terms/key not-the-primary-key']],
    ['with a part of the key twice', { key: ['id', 'id'] }, ['/terms/key not-the-primary-key']],
    ['with more than the key', { key: ['id', 'part', 'name'] }, ['/terms/key not-the-primary-key']],
    ['by an unknown field', { key: ['id', 'no'] }, ['/terms/key/1 unknown-field', '/terms/key not-the-primary-key']],
    ['that mask the key', { fields: ['id'], mask: { id: 'hide' } }, ['/terms/mask/id mask-on-key']],
    ['with more for one user than for all', { perDay: 5, perUserPerDay: 6 }, ['/terms/perUserPerDay quota']],
    ['with more in a call than in a day', { perUserPerDay: 5, keys: 6 }, ['/terms/keys quota']],
    ['at their bounds', { perDay: 5, perUserPerDay: 5, keys: 5 }, []],
    ['that watch', { watchKeys: 1 }, []],
    ['with a reason twice', { reasons: ['a', 'b', 'a'] }, ['/terms/reasons/2 repeated-entry']],
  ])('%s', (_, changes, expected) => {
    expect(problemsOf(aLookup(changes))).toEqual(expected);
  });
  test('on a resource without a key', () => {
    expect(problemsOf(aLookup({}), keyless)).toEqual(['/terms/key no-primary-key']);
  });
  test('on a resource that is only delivered', () => {
    expect(problemsOf(aLookup({}), { ...people, modes: ['delivery'] })).toEqual(['/terms/mode mode-not-offered']);
  });
});

describe('terms of comparisons', () => {
  test.each<[string, Parameters<typeof comparisonTerms>[0], string[]]>([
    ['that fit', { fields: ['name'], mask: { name: 'first1' } }, []],
    ['by the key alone', { compare: [] }, []],
    [
      'of every kind',
      { kinds: ['verify', 'intersect', 'except', 'missing', 'link'], fields: ['name'], threshold: 1 },
      [],
    ],
    ['with a kind twice', { kinds: ['verify', 'except', 'verify'] }, ['/terms/kinds/2 repeated-entry']],
    ['by an unknown field', { key: ['no'] }, ['/terms/key/0 unknown-field']],
    ['of an unknown field', { compare: ['born', 'no'] }, ['/terms/compare/1 unknown-field']],
    ['of a field twice', { compare: ['born', 'born'] }, ['/terms/compare/1 repeated-entry']],
    ['by a field twice', { key: ['id', 'id'] }, ['/terms/key/1 repeated-entry']],
    ['of a field of the key', { compare: ['id'] }, ['/terms/compare/0 compared-key']],
    ['by a field that is not shared', { key: ['witness'] }, ['/terms/key/0 sharing-refused']],
    ['of a field that is not shared', { compare: ['witness'] }, ['/terms/compare/0 sharing-refused']],
    ['by a shape', { key: ['shape'] }, ['/terms/key/0 type-not-comparable']],
    ['by names of attachments', { key: ['photo'] }, ['/terms/key/0 attachment-compared']],
    ['of names of attachments', { compare: ['photo'] }, ['/terms/compare/0 attachment-compared']],
    ['that give attachments', { fields: ['photo'] }, []],
    ['of anything', { compare: ['x/y~'] }, ['/terms/compare/0 type-not-comparable']],
    ['of what they mask', { fields: ['born'], mask: { born: 'hide' } }, ['/terms/mask/born mask-on-key']],
    [
      'that mask what they do not give',
      { mask: { born: 'hide' } },
      ['/terms/mask/born mask-not-delivered', '/terms/mask/born mask-on-key'],
    ],
    ['that miss records and give nothing of them', { kinds: ['missing'] }, ['/terms/fields fields-of-missing']],
    ['that link without a least score', { kinds: ['link'] }, ['/terms/threshold required']],
    ['with a score that nothing has', { threshold: 0.9 }, ['/terms/threshold threshold-without-link']],
    [
      'that link by no text',
      { kinds: ['link'], threshold: 0, key: ['part'], compare: ['born'] },
      ['/terms/key link-without-text'],
    ],
    ['that link by one text', { kinds: ['link'], threshold: 0, key: ['part'], compare: ['name'] }, []],
    ['with a result beyond every list', { minResult: 11, maxList: 10 }, ['/terms/minResult min-result']],
    ['with a result of every row', { minResult: 10, maxList: 10 }, []],
    ['that watch', { watchKeys: 10 }, []],
    ['that watch beside link', { watchKeys: 10, kinds: ['link', 'intersect'], threshold: 0.5 }, []],
    ['that watch what a result would withhold', { watchKeys: 10, minResult: 2 }, ['/terms/watchKeys watch-min-result']],
    ['that watch and are approved', { watchKeys: 10, approval: 'provider' }, ['/terms/watchKeys watch-approval']],
    [
      'that watch what is found by likeness',
      { watchKeys: 10, kinds: ['link'], threshold: 0.5 },
      ['/terms/watchKeys watch-link'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(problemsOf(aComparison(changes))).toEqual(expected);
  });
  test('on a resource without a key', () => {
    expect(problemsOf(aComparison({}), keyless)).toEqual([]);
  });
});

describe('a dataset of another version', () => {
  const other = (change: (schema: TableSchema) => object): TableSchema => ({
    ...people.schema,
    ...change(people.schema),
  });
  const retyped = (name: string) =>
    other(({ fields: all }) => ({
      fields: all.map((field) => (field.name === name ? { ...field, type: 'number' as const } : field)),
    }));
  test.each<[string, TableSchema, boolean, boolean]>([
    ['that is the same', people.schema, true, true],
    ['whose key has another order', other(() => ({ primaryKey: ['part', 'id'] })), true, true],
    ['with another key', other(() => ({ primaryKey: ['id'] })), false, true],
    ['without a key', other(() => ({ primaryKey: undefined })), false, true],
    ['in which the key is read otherwise', retyped('id'), false, false],
    ['in which a compared field is read otherwise', retyped('born'), true, false],
    ['in which what is given is read otherwise', retyped('name'), false, false],
    ['in which something else is read otherwise', retyped('witness'), true, true],
  ])('%s', (_, actual, lookups, comparisons) => {
    const fits = (terms: Terms) => fitsTerms(terms, { pinned: people.schema, actual });
    expect(fits(aLookup({}))).toBe(lookups);
    expect(fits(aComparison({ fields: ['name'] }))).toBe(comparisons);
  });
});

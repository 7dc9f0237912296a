import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { ChangeKind, CompatibilityPolicy, type Change } from '../../schemas/contracts/compatibility.ts';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import rules from '../../schemas/registry/compatibility-policy.json' with { type: 'json' };
import { findChanges } from '../../functions/reading/changes/find-changes.ts';
import { sentenceOf } from '../../functions/catalog/domain/change-words.ts';
import { aDefinition } from '../support/builders.ts';
import { renamesAmong } from '../../functions/reading/changes/renames.ts';
import { compatibilityCases } from './compatibility-cases.ts';

const withFields = (...fields: object[]): ResourceDefinition => aDefinition({ schema: { fields: fields as never } });
const fieldsOf = (...fields: object[]) => withFields(...fields).schema.fields;

/** What is found is in `compatibility/*.json`; here is what such a case cannot say. */
describe('a change says what was there and what is there now', () => {
  test.each<[string, ResourceDefinition, ResourceDefinition, Partial<Change>]>([
    [
      'a type',
      withFields({ name: 'a', type: 'integer' }),
      withFields({ name: 'a', type: 'number' }),
      { old: 'integer', new: 'number' },
    ],
    [
      'a name',
      withFields({ name: 'a', type: 'integer' }),
      withFields({ name: 'b', type: 'integer' }),
      { old: 'a', new: 'b' },
    ],
    [
      'a bound that was not there',
      withFields({ name: 'a', type: 'string' }),
      withFields({ name: 'a', type: 'string', constraints: { maxLength: 3 } }),
      { new: 3 },
    ],
    [
      'listed values, those that are gone alone',
      withFields({ name: 'a', constraints: { enum: ['x', 'y', 'z'] } }),
      withFields({ name: 'a', constraints: { enum: ['y'] } }),
      { old: ['x', 'z'] },
    ],
    ['a title', aDefinition({ title: '旧' }), aDefinition({ title: '新' }), { old: '旧', new: '新' }],
  ])('%s', (_, earlier, later, sides) => {
    const [{ kind: _kind, path: _path, fields: _fields, ...found } = {} as Change, ...others] = findChanges(
      earlier,
      later,
    );
    expect([found, others]).toEqual([sides, []]);
  });
});

test('every kind has a sentence that names the field, or both sides', () => {
  const found = compatibilityCases().flatMap((each) => findChanges(each.old, each.new));
  const sentences = new Map(found.map((change) => [change.kind, sentenceOf(change)]));
  expect([...sentences.keys()].toSorted()).toEqual(ChangeKind.options.toSorted());
  for (const sentence of sentences.values()) {
    expect(sentence).toMatch(/^.{10,}[^.]$/);
    expect(sentence).not.toMatch(/undefined|\[object/);
  }
});

test('the policy has a rule with words for every kind, and for no other', () => {
  const policy = CompatibilityPolicy.parse(rules);
  expect(Object.keys(policy).toSorted()).toEqual(ChangeKind.options.toSorted());
  const { 'key-changed': _left, ...incomplete } = rules;
  expect(CompatibilityPolicy.safeParse(incomplete).success).toBe(false);
});

test('the table of the README says what the policy says', () => {
  const readme = readFileSync(new URL('../../functions/catalog/README.md', import.meta.url), 'utf8');
  for (const [kind, { titleEn, files, extracts, terms }] of Object.entries(CompatibilityPolicy.parse(rules)))
    expect(readme).toContain(
      `| \`${kind}\` | ${titleEn} | ${files} | ${extracts} | ${terms.verdict} (${terms.touching}) |`,
    );
});

describe('another name of a field', () => {
  test.each<[string, object[], object[], [string, string][]]>([
    ['is seen where all else is the same', [{ name: 'a', type: 'date' }], [{ name: 'b', type: 'date' }], [['a', 'b']]],
    [
      'is seen where the title is the same',
      [{ name: 'a', title: 'T' }],
      [{ name: 'b', title: ' T ', type: 'date' }],
      [['a', 'b']],
    ],
    [
      'goes to the field that is the same in all, before one with the title',
      [{ name: 'a', title: 'T', type: 'date' }],
      [
        { name: 'b', title: 'T', type: 'time' },
        { name: 'c', title: 'T', type: 'date' },
      ],
      [['a', 'c']],
    ],
    ['is not seen where two could be meant', [{ name: 'a' }, { name: 'b' }], [{ name: 'c' }], []],
    ['is not seen without a title in common', [{ name: 'a', type: 'date' }], [{ name: 'b', type: 'time' }], []],
    ['is not an empty title', [{ name: 'a', title: ' ' }], [{ name: 'b', title: ' ', type: 'time' }], []],
  ])('%s', (_, removed, added, expected) => {
    expect([...renamesAmong(fieldsOf(...removed), fieldsOf(...added))]).toEqual(expected);
  });
  test('is found in whatever order fields stand', () => {
    const removed = fieldsOf({ name: 'a', title: 'T' }, { name: 'b', type: 'date' });
    const added = fieldsOf({ name: 'c', title: 'T', type: 'time' }, { name: 'd', type: 'date' });
    const expected = { a: 'c', b: 'd' };
    expect(Object.fromEntries(renamesAmong(removed, added))).toEqual(expected);
    expect(Object.fromEntries(renamesAmong(removed.toReversed(), added.toReversed()))).toEqual(expected);
  });
});

import { describe, expect, test } from '@jest/globals';
import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { breakingChanges } from '../../functions/catalog/domain/changes.ts';
import { aDefinition } from '../support/builders.ts';

const withFields = (...fields: object[]): ResourceDefinition => aDefinition({ schema: { fields: fields as never } });
const found = (earlier: ResourceDefinition, later: ResourceDefinition) =>
  breakingChanges(earlier, later).map(({ rule, path }) => `${rule} ${path}`);
const c = (constraints: Record<string, unknown>, type = 'string', more: object = {}) => ({
  name: 'a',
  type,
  constraints,
  ...more,
});
const at = '/schema/fields/0';

/** Earlier field, later field, what breaks. */
const fieldCases: [string, object, object, string[]][] = [
  ['nothing new', { name: 'a', type: 'string' }, { name: 'a', type: 'string' }, []],
  ['another type', { name: 'a', type: 'string' }, { name: 'a', type: 'integer' }, [`type-changed ${at}/type`]],
  [
    'another format',
    { name: 'a', type: 'date' },
    { name: 'a', type: 'date', format: '%d.%m.%Y' },
    [`format-changed ${at}/format`],
  ],
  ['the default format written out', { name: 'a', type: 'date' }, { name: 'a', type: 'date', format: 'default' }, []],
  [
    'another decimal character',
    { name: 'a', type: 'number' },
    { name: 'a', type: 'number', decimalChar: ',' },
    [`format-changed ${at}/decimalChar`],
  ],
  [
    'other words for true',
    { name: 'a', type: 'boolean' },
    { name: 'a', type: 'boolean', trueValues: ['是'] },
    [`format-changed ${at}/trueValues`],
  ],
  ['other missing values', { name: 'a' }, { name: 'a', missingValues: ['-'] }, [`format-changed ${at}/missingValues`]],
  [
    'a check',
    { name: 'a', type: 'string' },
    { name: 'a', type: 'string', check: 'gb11714' },
    [`constraint-tightened ${at}/check`],
  ],
  [
    'another check',
    { name: 'a', type: 'string', check: 'gb32100' },
    { name: 'a', type: 'string', check: 'gb11714' },
    [`constraint-tightened ${at}/check`],
  ],
  ['no check any more', { name: 'a', type: 'string', check: 'gb32100' }, { name: 'a', type: 'string' }, []],
  ['now required', { name: 'a' }, c({ required: true }, 'any'), [`field-required ${at}/constraints/required`]],
  ['no longer required', c({ required: true }), { name: 'a', type: 'string' }, []],
  ['now unique', c({}), c({ unique: true }), [`constraint-tightened ${at}/constraints/unique`]],
  ['a pattern', c({}), c({ pattern: '\\d' }), [`constraint-tightened ${at}/constraints/pattern`]],
  [
    'another pattern',
    c({ pattern: '\\d+' }),
    c({ pattern: '\\d' }),
    [`constraint-tightened ${at}/constraints/pattern`],
  ],
  ['no pattern any more', c({ pattern: '\\d+' }), c({}), []],
  ['shorter at most', c({ maxLength: 9 }), c({ maxLength: 8 }), [`constraint-tightened ${at}/constraints/maxLength`]],
  ['longer at most', c({ maxLength: 9 }), c({ maxLength: 10 }), []],
  ['longer at least', c({ minLength: 1 }), c({ minLength: 2 }), [`constraint-tightened ${at}/constraints/minLength`]],
  ['a minimum', c({}, 'number'), c({ minimum: 0 }, 'number'), [`constraint-tightened ${at}/constraints/minimum`]],
  [
    'a higher minimum',
    c({ minimum: 9 }, 'number'),
    c({ minimum: 10 }, 'number'),
    [`constraint-tightened ${at}/constraints/minimum`],
  ],
  ['a lower minimum', c({ minimum: '10' }, 'number'), c({ minimum: '9' }, 'number'), []],
  ['the same minimum as text', c({ minimum: 10 }, 'number'), c({ minimum: '10.0' }, 'number'), []],
  [
    'a lower maximum',
    c({ maximum: 10 }, 'integer'),
    c({ maximum: 9 }, 'integer'),
    [`constraint-tightened ${at}/constraints/maximum`],
  ],
  [
    'a lower exclusive maximum',
    c({ exclusiveMaximum: 10 }, 'integer'),
    c({ exclusiveMaximum: 9 }, 'integer'),
    [`constraint-tightened ${at}/constraints/exclusiveMaximum`],
  ],
  [
    'a later first day',
    c({ minimum: '2009-12-31' }, 'date'),
    c({ minimum: '2010-01-01' }, 'date'),
    [`constraint-tightened ${at}/constraints/minimum`],
  ],
  ['an earlier first day', c({ minimum: '2010-01-01' }, 'date'), c({ minimum: '2009-12-31' }, 'date'), []],
  ['a later last day', c({ maximum: '2009-12-31' }, 'date'), c({ maximum: '2010-01-01' }, 'date'), []],
  [
    'a bound that text alone cannot compare',
    c({ minimum: '2.1.2010' }, 'date', { format: '%d.%m.%Y' }),
    c({ minimum: '1.1.2010' }, 'date', { format: '%d.%m.%Y' }),
    [`constraint-tightened ${at}/constraints/minimum`],
  ],
  [
    'a bound beyond exact numbers',
    c({ maximum: '9007199254740993' }, 'integer'),
    c({ maximum: '9007199254740992' }, 'integer'),
    [`constraint-tightened ${at}/constraints/maximum`],
  ],
  ['an enum', c({}), c({ enum: ['x'] }), [`constraint-tightened ${at}/constraints/enum`]],
  [
    'an enum value less',
    c({ enum: ['x', 'y'] }),
    c({ enum: ['y', 'z'] }),
    [`enum-value-removed ${at}/constraints/enum`],
  ],
  ['an enum value more', c({ enum: ['x'] }), c({ enum: ['y', 'x'] }), []],
  [
    'more sensitive',
    { name: 'a', sensitivity: 'public' },
    { name: 'a', sensitivity: 'internal' },
    [`sensitivity-raised ${at}/sensitivity`],
  ],
  ['less sensitive', { name: 'a', sensitivity: 'sensitive' }, { name: 'a', sensitivity: 'personal' }, []],
  ['another title', { name: 'a', title: 'A' }, { name: 'a', title: 'B' }, []],
];

test.each(fieldCases)('a field with %s', (_, earlier, later, expected) => {
  expect(found(withFields(earlier), withFields(later))).toEqual(expected);
});

test.each<[string, object, object, string[]]>([
  [
    'a field is gone',
    { fields: [{ name: 'a' }, { name: 'b' }] },
    { fields: [{ name: 'b' }] },
    ['field-removed /schema/fields'],
  ],
  [
    'a field has another name',
    { fields: [{ name: 'a' }] },
    { fields: [{ name: 'b' }] },
    ['field-removed /schema/fields'],
  ],
  [
    'fields stand in another order',
    { fields: [{ name: 'a' }, { name: 'b' }] },
    { fields: [{ name: 'b' }, { name: 'a' }] },
    [],
  ],
  ['there is a field more', { fields: [{ name: 'a' }] }, { fields: [{ name: 'b' }, { name: 'a' }] }, []],
  [
    'there is a required field more',
    { fields: [{ name: 'a' }] },
    { fields: [{ name: 'a' }, { name: 'b', constraints: { required: true } }] },
    ['field-required /schema/fields/1/constraints/required'],
  ],
  [
    'the key is another',
    { fields: [{ name: 'a' }, { name: 'b' }], primaryKey: 'a' },
    { fields: [{ name: 'a' }, { name: 'b' }], primaryKey: ['a', 'b'] },
    ['primary-key-changed /schema/primaryKey'],
  ],
  [
    'there is a key now',
    { fields: [{ name: 'a' }] },
    { fields: [{ name: 'a' }], primaryKey: 'a' },
    ['primary-key-changed /schema/primaryKey'],
  ],
  [
    'the key is written as a list',
    { fields: [{ name: 'a' }], primaryKey: 'a' },
    { fields: [{ name: 'a' }], primaryKey: ['a'] },
    [],
  ],
  [
    'there is a unique key more',
    { fields: [{ name: 'a' }], uniqueKeys: [] },
    { fields: [{ name: 'a' }], uniqueKeys: [['a']] },
    ['constraint-tightened /schema/uniqueKeys/0'],
  ],
  [
    'missing values are written otherwise',
    { fields: [{ name: 'a' }] },
    { fields: [{ name: 'a' }], missingValues: ['', 'NA'] },
    ['format-changed /schema/missingValues'],
  ],
])('where %s', (_, earlier, later, expected) => {
  expect(found(aDefinition({ schema: earlier as never }), aDefinition({ schema: later as never }))).toEqual(expected);
});

describe('every change', () => {
  test('is listed, each with words that name the field', () => {
    const earlier = withFields({ name: 'kept', type: 'string' }, { name: 'gone' });
    const later = withFields(
      { name: 'kept', type: 'integer', sensitivity: 'sensitive', constraints: { required: true, maximum: 3 } },
      { name: 'new', constraints: { required: true } },
    );
    const changes = breakingChanges(earlier, later);
    expect(changes.map(({ rule }) => rule)).toEqual([
      'type-changed',
      'field-required',
      'constraint-tightened',
      'sensitivity-raised',
      'field-removed',
      'field-required',
    ]);
    expect(changes.map(({ message }) => message.match(/kept|gone|new/)?.[0])).toEqual([
      'kept',
      'kept',
      'kept',
      'kept',
      'gone',
      'new',
    ]);
  });
  test('of the catalog’s own words breaks nothing', () => {
    expect(
      breakingChanges(
        aDefinition(),
        aDefinition({ title: '法人', description: '', themes: [], updateCycle: 'yearly', tolerance: 1 }),
      ),
    ).toEqual([]);
  });
});

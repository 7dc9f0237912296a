import { describe, expect, test } from '@jest/globals';
import { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { Terms } from '../../schemas/contracts/terms.ts';
import { definitionProblems, termsProblems } from '../../functions/records/index.ts';

const aDefinition = (schema: object, rest: object = {}): ResourceDefinition =>
  ResourceDefinition.parse({ title: '法人', provider: 'quality', shareType: 'unconditional', schema, ...rest });

const problems = (definition: ResourceDefinition): string[] =>
  definitionProblems(definition).map(({ path, rule }) => `${path} ${rule}`);
const ofField = (field: object): string[] =>
  problems(aDefinition({ fields: [{ name: 'a', ...field }] })).map((found) => found.replace('/schema/fields/0/', ''));

describe('a usable definition', () => {
  test.each<[string, object]>([
    [
      'the legal entities of the protocol',
      {
        primaryKey: ['org_code'],
        missingValues: [''],
        fields: [
          { name: 'org_code', type: 'string', check: 'gb11714', constraints: { required: true, unique: true } },
          { name: 'division', type: 'string', constraints: { pattern: '\\d{6}' } },
          { name: 'capital', type: 'number', constraints: { minimum: 0 } },
          { name: 'approved_on', type: 'date' },
        ],
      },
    ],
    [
      'any names',
      {
        fields: [{ name: '组织 机构,"代码"\n/~' }, { name: 'toString' }, { name: 'constructor' }],
        primaryKey: 'toString',
      },
    ],
    [
      'bounds as values and as strings',
      {
        fields: [
          { name: 'a', type: 'integer', groupChar: ',', constraints: { minimum: 1, maximum: '1,000' } },
          { name: 'b', type: 'number', decimalChar: ',', constraints: { minimum: '0,5', maximum: 1.5 } },
          { name: 'c', type: 'year', constraints: { minimum: 1949, maximum: '2049' } },
          { name: 'd', type: 'datetime', format: '%d/%m/%Y %H:%M', constraints: { minimum: '01/10/1949 15:00' } },
        ],
      },
    ],
    [
      'enum values as values and as strings',
      {
        fields: [
          { name: 'a', type: 'integer', constraints: { enum: [1, '2'] } },
          { name: 'b', type: 'boolean', constraints: { enum: [true, 'false'] } },
          { name: 'c', type: 'geopoint', format: 'array', constraints: { enum: [[1, 2], '[3,4]'] } },
          { name: 'd', type: 'any', constraints: { enum: ['x', 1] } },
        ],
      },
    ],
    [
      'rules that only warn',
      {
        fields: [
          { name: 'id', severity: { required: 'error' } },
          {
            name: 'a',
            type: 'integer',
            constraints: { required: true, unique: true, exclusiveMinimum: 0, maximum: 9 },
            severity: { required: 'warning', unique: 'warning', minimum: 'warning', maximum: 'error' },
          },
          {
            name: 'b',
            type: 'string',
            check: 'gb32100',
            categories: ['91350100M000100Y43'],
            severity: { gb32100: 'warning', enum: 'warning' },
          },
        ],
        primaryKey: 'id',
        uniqueKeys: [['a', 'b']],
      },
    ],
  ])('%s', (_, schema) => {
    expect(problems(aDefinition(schema))).toEqual([]);
  });
});

describe('a field that cannot be used', () => {
  test.each<[string, object, string[]]>([
    [
      'a pattern that is none',
      { type: 'string', constraints: { pattern: '(' } },
      ['constraints/pattern invalid-pattern'],
    ],
    [
      'a class that ends nowhere',
      { type: 'string', constraints: { pattern: '[a' } },
      ['constraints/pattern invalid-pattern'],
    ],
    [
      'class subtraction',
      { type: 'string', constraints: { pattern: '[a-z-[aeiou]]' } },
      ['constraints/pattern invalid-pattern'],
    ],
    [
      'a back reference',
      { type: 'string', constraints: { pattern: '(a)\\1' } },
      ['constraints/pattern unsafe-pattern'],
    ],
    [
      'a named back reference',
      { type: 'string', constraints: { pattern: '(?<n>a)\\k<n>' } },
      ['constraints/pattern unsafe-pattern'],
    ],
    ['lookahead', { type: 'string', constraints: { pattern: '(?=a).*' } }, ['constraints/pattern unsafe-pattern']],
    [
      'negative lookahead',
      { type: 'string', constraints: { pattern: '(?!a).*' } },
      ['constraints/pattern unsafe-pattern'],
    ],
    ['lookbehind', { type: 'string', constraints: { pattern: '.*(?<!a)' } }, ['constraints/pattern unsafe-pattern']],
    [
      'a repetition beyond the limit',
      { type: 'string', constraints: { pattern: 'a{1,5000}' } },
      ['constraints/pattern unsafe-pattern'],
    ],
    [
      'repetitions that multiply',
      { type: 'string', constraints: { pattern: '((a{1,50}){1,50}){1,50}' } },
      ['constraints/pattern unsafe-pattern'],
    ],
    [
      'a program beyond the limit',
      { type: 'string', constraints: { pattern: '[ab]{900}[cd]{900}[ef]{900}' } },
      ['constraints/pattern unsafe-pattern'],
    ],
    [
      'a pattern of a number',
      { type: 'number', constraints: { pattern: '\\d' } },
      ['constraints/pattern constraint-not-applicable'],
    ],
    [
      'a length of an integer',
      { type: 'integer', constraints: { minLength: 1, maxLength: 2 } },
      ['constraints/minLength constraint-not-applicable', 'constraints/maxLength constraint-not-applicable'],
    ],
    ['a length of any', { constraints: { maxLength: 2 } }, ['constraints/maxLength constraint-not-applicable']],
    [
      'a bound of a string',
      { type: 'string', constraints: { minimum: 'a' } },
      ['constraints/minimum constraint-not-applicable'],
    ],
    [
      'a bound of a boolean',
      { type: 'boolean', constraints: { exclusiveMaximum: 1 } },
      ['constraints/exclusiveMaximum constraint-not-applicable'],
    ],
    ['a bound of another type', { type: 'date', constraints: { minimum: 2024 } }, ['constraints/minimum bound-value']],
    [
      'a bound in another format',
      { type: 'date', format: '%d/%m/%Y', constraints: { maximum: '2024-01-01' } },
      ['constraints/maximum bound-value'],
    ],
    [
      'a fraction as a bound of integers',
      { type: 'integer', constraints: { minimum: 0.5 } },
      ['constraints/minimum bound-value'],
    ],
    ['NaN as a bound', { type: 'number', constraints: { minimum: 'NaN' } }, ['constraints/minimum bound-value']],
    [
      'minimum above maximum',
      { type: 'number', constraints: { minimum: 2, maximum: '1.99' } },
      ['constraints contradictory-bounds'],
    ],
    [
      'equal bounds, one exclusive',
      { type: 'integer', constraints: { minimum: 2, exclusiveMaximum: 2 } },
      ['constraints contradictory-bounds'],
    ],
    [
      'dates the wrong way round',
      { type: 'date', constraints: { minimum: '2024-01-02', maximum: '2024-01-01' } },
      ['constraints contradictory-bounds'],
    ],
    [
      'minLength above maxLength',
      { type: 'string', constraints: { minLength: 3, maxLength: 2 } },
      ['constraints/minLength contradictory-bounds'],
    ],
    [
      'an enum value of another type',
      { type: 'integer', constraints: { enum: [1, 'x', 2.5, true] } },
      ['constraints/enum/1 enum-value', 'constraints/enum/2 enum-value', 'constraints/enum/3 enum-value'],
    ],
    [
      'a number in an enum of strings',
      { type: 'string', constraints: { enum: ['1', 2] } },
      ['constraints/enum/1 enum-value'],
    ],
    [
      'an enum value in another format',
      { type: 'date', constraints: { enum: ['01/02/2024'] } },
      ['constraints/enum/0 enum-value'],
    ],
    [
      'an enum value outside of the categories',
      { type: 'string', categories: ['a'], constraints: { enum: ['a', 'b'] } },
      ['constraints/enum/1 enum-value'],
    ],
    ['categories of a number', { type: 'number', categories: [1] }, ['categories categories-not-applicable']],
    ['a category of another type', { type: 'integer', categories: ['x'] }, ['categories/0 category-value']],
    ['a category twice', { type: 'integer', categories: [1, '01'] }, ['categories/1 repeated-value']],
    ['an unknown format of a string', { type: 'string', format: 'phone' }, ['format unknown-format']],
    ['a format that only objects have', { type: 'string', format: 'constructor' }, ['format unknown-format']],
    ['an unknown format of a date', { type: 'date', format: 'YYYY-MM-DD' }, ['format unknown-format']],
    ['an unknown directive', { type: 'date', format: '%Y-%Q' }, ['format unknown-format']],
    ['a directive twice', { type: 'date', format: '%d/%d/%Y' }, ['format unknown-format']],
    ['a format of a year', { type: 'year', format: '%Y' }, ['format unknown-format']],
    ['a format of an integer', { type: 'integer', format: 'any' }, ['format unknown-format']],
    ['an unknown format of a geopoint', { type: 'geopoint', format: 'wkt' }, ['format unknown-format']],
    ['a check of a number', { type: 'integer', check: 'gb11643' }, ['check check-not-applicable']],
    [
      'a value both true and false',
      { type: 'boolean', trueValues: ['1', 'x'], falseValues: ['x', '0'] },
      ['trueValues overlapping-values'],
    ],
    [
      'a true value that is false by default',
      { type: 'boolean', trueValues: ['0'] },
      ['trueValues overlapping-values'],
    ],
    [
      'one character for point and group',
      { type: 'number', decimalChar: ',', groupChar: ',' },
      ['groupChar ambiguous-character'],
    ],
    [
      'a group character that is the default point',
      { type: 'number', groupChar: '.' },
      ['groupChar ambiguous-character'],
    ],
    ['a minus sign as a group character', { type: 'integer', groupChar: '−' }, ['groupChar ambiguous-character']],
    ['a wide digit as a decimal character', { type: 'number', decimalChar: '０' }, ['decimalChar ambiguous-character']],
    ['a digit as a group character', { type: 'integer', groupChar: '0' }, ['groupChar ambiguous-character']],
    ['a missing value twice', { type: 'string', missingValues: ['', ''] }, ['missingValues/1 repeated-value']],
    [
      'a severity of rules that the field does not have',
      {
        type: 'string',
        check: 'gb11714',
        constraints: { required: false },
        severity: { required: 'warning', pattern: 'error', gb32100: 'warning', gb11714: 'warning', minimum: 'warning' },
      },
      [
        'severity/required unknown-rule',
        'severity/pattern unknown-rule',
        'severity/gb32100 unknown-rule',
        'severity/minimum unknown-rule',
      ],
    ],
    ['a name that no header can carry', { name: 'a\0' }, ['name unusable-name']],
  ])('%s', (_, field, expected) => {
    expect(ofField(field)).toEqual(expected);
  });
});

describe('a schema that cannot be used', () => {
  test.each<[string, object, string[]]>([
    [
      'a field name twice',
      { fields: [{ name: 'a' }, { name: 'b' }, { name: 'a' }] },
      ['/schema/fields/2/name duplicate-field'],
    ],
    [
      'a primary key of no field',
      { fields: [{ name: 'a' }], primaryKey: ['a', 'b'] },
      ['/schema/primaryKey/1 unknown-field'],
    ],
    [
      'a unique key of no field',
      { fields: [{ name: 'a' }], uniqueKeys: [['a'], ['x', 'a']] },
      ['/schema/uniqueKeys/1/0 unknown-field'],
    ],
    [
      'a field twice in one key',
      { fields: [{ name: 'a' }], primaryKey: ['a', 'a'] },
      ['/schema/primaryKey/1 repeated-field'],
    ],
    ['a field with the name of a column of changes', { fields: [{ name: '_op' }] }, ['/schema/fields/0/name reserved']],
    [
      'a field that no JSON object can carry',
      { fields: [{ name: '__proto__' }] },
      ['/schema/fields/0/name unusable-name'],
    ],
    [
      'warnings about what makes a key',
      {
        fields: [
          { name: 'a', severity: { required: 'warning', unique: 'warning' } },
          { name: 'b', type: 'string', constraints: { unique: true }, severity: { unique: 'warning' } },
        ],
        primaryKey: ['a'],
        uniqueKeys: [['b']],
      },
      [
        '/schema/fields/0/severity/required key-rule',
        '/schema/fields/0/severity/unique key-rule',
        '/schema/fields/1/severity/unique key-rule',
      ],
    ],
    [
      'a missing value twice',
      { fields: [{ name: 'a' }], missingValues: ['-', { value: '-', label: 'none' }] },
      ['/schema/missingValues/1 repeated-value'],
    ],
    ['missing values without a label', { fields: [{ name: 'a' }], missingValues: [{ value: '' }, { value: '-' }] }, []],
    [
      'categories without a label, and with one',
      {
        fields: [
          { name: 'a', type: 'string', categories: [{ value: 'x' }, { value: 'y', label: 'Y' }, { value: 'z' }] },
        ],
      },
      [],
    ],
  ])('%s', (_, schema, expected) => {
    expect(problems(aDefinition(schema))).toEqual(expected);
  });
});

test.each<[string, object, string[]]>([
  ['refusing to share without the law', { shareType: 'refused' }, ['/legalBasis legal-basis-required']],
  ['refusing to share by a blank law', { shareType: 'refused', legalBasis: ' ' }, ['/legalBasis legal-basis-required']],
  ['refusing to share by law', { shareType: 'refused', legalBasis: '统计法 第二十五条' }, []],
  ['conditions that are not stated', { shareType: 'conditional' }, ['/shareCondition share-condition-required']],
  ['conditions that are stated', { shareType: 'conditional', shareCondition: '履职所需' }, []],
  [
    'open on conditions that are not stated',
    { open: { type: 'conditional' } },
    ['/open/condition open-condition-required'],
  ],
  ['open on stated conditions', { open: { type: 'conditional', condition: '实名' } }, []],
  ['open', { open: { type: 'yes' } }, []],
])('share type: %s', (_, rest, expected) => {
  expect(problems(aDefinition({ fields: [{ name: 'a' }] }, rest))).toEqual(expected);
});

test.each<[string, object[], object, string[]]>([
  ['refused without the law', [{ name: 'a', shareType: 'refused' }], {}, ['/legalBasis legal-basis-required']],
  ['refused by law', [{ name: 'a', shareType: 'refused' }], { legalBasis: '统计法' }, []],
  [
    'on conditions that are not stated',
    [{ name: 'a', shareType: 'conditional' }],
    {},
    ['/shareCondition share-condition-required'],
  ],
  [
    'one refused and one on conditions, nothing stated',
    [
      { name: 'a', shareType: 'refused' },
      { name: 'b', shareType: 'conditional' },
    ],
    {},
    ['/legalBasis legal-basis-required', '/shareCondition share-condition-required'],
  ],
  [
    'free where the resource is not',
    [{ name: 'a', shareType: 'unconditional' }],
    { shareType: 'refused', legalBasis: 'x' },
    [],
  ],
])('the share type of a field: %s', (_, fields, rest, expected) => {
  expect(problems(aDefinition({ fields }, rest))).toEqual(expected);
});

const resource = aDefinition({
  fields: [
    { name: 'code', type: 'string' },
    { name: 'capital', type: 'number' },
    { name: 'active', type: 'boolean' },
    { name: 'since', type: 'date', format: '%d/%m/%Y' },
    { name: 'at', type: 'geopoint' },
    { name: 'x/y~', type: 'any' },
  ],
});
const someTerms = (terms: object): Terms =>
  Terms.parse({
    fields: ['code'],
    purpose: 'p',
    legalBasis: 'l',
    validFrom: '2026-12-01',
    validTo: '2027-11-30',
    ...terms,
  });

const withRefused = aDefinition(
  {
    fields: [
      { name: 'code', type: 'string' },
      { name: 'witness', type: 'string', shareType: 'refused' },
    ],
  },
  { legalBasis: '保密法' },
);
test.each<[string, object, string[]]>([
  ['leave it out', {}, []],
  ['deliver it', { fields: ['code', 'witness'] }, ['/terms/fields/1 sharing-refused']],
  [
    'deliver it masked',
    { fields: ['witness'], mask: { witness: 'hide' } },
    ['/terms/fields/0 sharing-refused', '/terms/mask/witness sharing-refused'],
  ],
  [
    'choose records by it',
    { filter: [{ field: 'witness', op: 'eq', value: '甲' }] },
    ['/terms/filter/0/field sharing-refused'],
  ],
])('of a field that is not shared, terms %s', (_, terms, expected) => {
  expect(termsProblems(someTerms(terms), withRefused).map(({ path, rule }) => `${path} ${rule}`)).toEqual(expected);
});

test.each<[string, object, string[]]>([
  [
    'terms that fit',
    {
      fields: ['capital', 'code'],
      mask: { code: 'last4' },
      filter: [
        { field: 'code', op: 'prefix', value: '11' },
        { field: 'code', op: 'min', value: 'a' },
        { field: 'capital', op: 'min', value: 1.5 },
        { field: 'since', op: 'max', value: '01/02/2024' },
        { field: 'active', op: 'eq', value: true },
        { field: 'capital', op: 'in', value: [1, '2.0'] },
      ],
    },
    [],
  ],
  ['one day', { validFrom: '2026-12-01', validTo: '2026-12-01' }, []],
  ['an unknown field', { fields: ['code', 'phone'] }, ['/terms/fields/1 unknown-field']],
  ['a field twice', { fields: ['code', 'capital', 'code'] }, ['/terms/fields/2 repeated-field']],
  [
    'a filter on an unknown field',
    { filter: [{ field: 'phone', op: 'eq', value: '1' }] },
    ['/terms/filter/0/field unknown-field'],
  ],
  [
    'a prefix of a number',
    { filter: [{ field: 'capital', op: 'prefix', value: '1' }] },
    ['/terms/filter/0/op op-not-applicable'],
  ],
  [
    'an order of booleans',
    { filter: [{ field: 'active', op: 'min', value: 'true' }] },
    ['/terms/filter/0/op op-not-applicable'],
  ],
  [
    'an order of points',
    { filter: [{ field: 'at', op: 'max', value: '1,2' }] },
    ['/terms/filter/0/op op-not-applicable'],
  ],
  [
    'a filter value of another type',
    {
      filter: [
        { field: 'capital', op: 'eq', value: 'much' },
        { field: 'code', op: 'eq', value: 1 },
      ],
    },
    ['/terms/filter/0/value filter-value', '/terms/filter/1/value filter-value'],
  ],
  [
    'a filter value in another format',
    { filter: [{ field: 'since', op: 'min', value: '2024-02-01' }] },
    ['/terms/filter/0/value filter-value'],
  ],
  [
    'one wrong alternative',
    { filter: [{ field: 'capital', op: 'in', value: [1, 'x'] }] },
    ['/terms/filter/0/value/1 filter-value'],
  ],
  [
    'NaN as a bound',
    { filter: [{ field: 'capital', op: 'min', value: 'NaN' }] },
    ['/terms/filter/0/value filter-value'],
  ],
  ['a mask of a field that is not delivered', { mask: { 'x/y~': 'hide' } }, ['/terms/mask/x~1y~0 mask-not-delivered']],
  ['a mask of an unknown field', { mask: { phone: 'hide' } }, ['/terms/mask/phone unknown-field']],
  ['an end before the beginning', { validTo: '2026-11-30' }, ['/terms/validTo validity']],
])('terms: %s', (_, terms, expected) => {
  expect(termsProblems(someTerms(terms), resource).map(({ path, rule }) => `${path} ${rule}`)).toEqual(expected);
});

const keyed = aDefinition({
  fields: ['id', 'part', 'name'].map((name) => ({ name, type: 'string' })),
  primaryKey: ['id', 'part'],
});

test.each<[string, object, ResourceDefinition, string[]]>([
  ['with the whole key', { fields: ['name', 'part', 'id'], mask: { name: 'hide' } }, keyed, []],
  ['as NDJSON', { fields: ['id', 'part'], format: 'ndjson' }, keyed, []],
  ['of a resource without a key', { fields: ['code'] }, resource, ['/terms/content no-primary-key']],
  ['without a part of the key', { fields: ['id', 'name'] }, keyed, ['/terms/fields key-not-delivered']],
  ['with a masked key', { fields: ['id', 'part'], mask: { part: 'last4' } }, keyed, ['/terms/mask/part key-masked']],
  ['as Parquet', { fields: ['id', 'part'], format: 'parquet' }, keyed, ['/terms/format format-of-changes']],
  ['as XLSX', { fields: ['id', 'part'], format: 'xlsx' }, keyed, ['/terms/format format-of-changes']],
])('terms: changes %s', (_, terms, definition, expected) => {
  const problemsOf = (content: string): string[] =>
    termsProblems(someTerms({ ...terms, content }), definition).map(({ path, rule }) => `${path} ${rule}`);
  expect(problemsOf('changes')).toEqual(expected);
  expect(problemsOf('snapshot')).toEqual([]);
});

test('terms: a mode that the resource does not offer', () => {
  expect(
    termsProblems(someTerms({}), { ...resource, modes: ['lookup'] }).map(({ path, rule }) => `${path} ${rule}`),
  ).toEqual(['/terms/mode mode-not-offered']);
});

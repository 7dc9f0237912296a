import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type Constraints, ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import { textFaults } from '../../../schemas/contracts/text-faults.ts';
import {
  definitionProblems,
  EXPORT_FORMATS,
  exportDefinition,
  importDefinition,
  isRefusal,
} from '../../../functions/records/index.ts';
import { settled } from '../../../functions/records/describe/settle.ts';
import type { Described } from '../../../functions/records/describe/draft.ts';
import { searched } from '../../support/long.ts';

const imported = (text: string, entry = {}): Described => {
  const outcome = importDefinition(text, { entry });
  if (isRefusal(outcome)) throw new Error(outcome.detail);
  return outcome;
};

const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined });
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    '组织机构代码',
    'yes',
    'null',
    '2024-01-01',
    '~',
    '- a: b',
    ' # ',
    "it's",
    '"',
    '\n',
    '0123',
    '\u0085',
  ),
);
const word = text.filter((value) => value.trim() !== '');
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const missingValues = fc.array(
  fc.oneof(text, fc.constantFrom('', 'NA', '-'), fc.record({ value: text, label: text }, { requiredKeys: ['value'] })),
  { maxLength: 3 },
);
const bound = fc.oneof(
  fc.integer(),
  fc.constantFrom('2024-01-01', '10', '0.1', '9007199254740993', '12:00:00', '1949'),
);

const constraints = fc.record(
  {
    required: fc.boolean(),
    unique: fc.boolean(),
    minLength: fc.nat(5),
    maxLength: fc.nat(50),
    minimum: bound,
    maximum: bound,
    exclusiveMinimum: bound,
    exclusiveMaximum: bound,
    pattern: fc.constantFrom(String.raw`\d{6}`, '[A-T]', '^a$', '(?:a|b)', 'a$b', '^(?:a)$', '(?=a)', '['),
    enum: fc.array(scalar, { minLength: 1, maxLength: 4 }),
  } satisfies Record<keyof Constraints, unknown>,
  { requiredKeys: [] },
);

const field = fc.record(
  {
    name: fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'a/b~c', '组织 机构'),
      fc.string({ minLength: 1, maxLength: 8 }),
    ),
    title: text,
    titleEn: text,
    description: text,
    example: scalar,
    type: fc.constantFrom(...TableSchema.shape.fields.element.shape.type.unwrap().options),
    format: fc.constantFrom(
      'default',
      'any',
      '%d/%m/%Y',
      "%Y'%m",
      '%H:%M',
      '%d %b %Y %I:%M %p',
      '%c',
      'email',
      'uuid',
      'array',
    ),
    rdfType: text,
    missingValues,
    categories: fc.array(
      fc.oneof(text, fc.record({ value: fc.oneof(text, fc.integer()), label: text }, { requiredKeys: ['value'] })),
      {
        maxLength: 3,
      },
    ),
    categoriesOrdered: fc.boolean(),
    decimalChar: fc.constantFrom(',', '.'),
    groupChar: fc.constantFrom(',', ' '),
    bareNumber: fc.boolean(),
    trueValues: fc.constantFrom(['是'], ['yes', 'Y'], ['0']),
    falseValues: fc.constantFrom(['否'], ['no', 'N']),
    constraints,
    check: fc.constantFrom('gb11714', 'gb32100', 'gb11643'),
    sensitivity: fc.constantFrom('public', 'internal', 'personal', 'sensitive'),
  },
  { requiredKeys: ['name', 'type'] },
);

const definition = fc
  .record({
    fields: fc.uniqueArray(field, { selector: ({ name }) => name, minLength: 1, maxLength: 5 }),
    key: optional(fc.array(fc.nat(4), { minLength: 1, maxLength: 2 })),
    unique: fc.array(fc.array(fc.nat(4), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    missingValues,
    title: word.filter((value) => value.length > 0),
    titleEn: optional(text),
    description: fc.oneof(word, fc.constant('')),
    themes: fc.array(text, { maxLength: 2 }),
    category: optional(text),
    tolerance: fc.double({ min: 0, max: 1, noNaN: true }),
    updateCycle: fc.constantFrom('daily', 'monthly', 'irregular'),
    modes: fc.constantFrom(['delivery'], ['delivery', 'lookup']),
  })
  .map(({ fields, key, unique, missingValues: missing, ...entry }) => {
    const named = (places: readonly number[]) => [...new Set(places.map((i) => fields[i % fields.length]!.name))];
    const schema = TableSchema.parse({
      fields,
      ...(key && { primaryKey: named(key) }),
      ...(unique.length > 0 && { uniqueKeys: unique.map(named) }),
      missingValues: missing,
    });
    const outcome = settled(schema, { ...entry, provider: 'quality', shareType: 'unconditional' } as never);
    return { outcome, parsed: ResourceDefinition.safeParse(outcome.definition) };
  })
  .filter(({ outcome, parsed }) => outcome.problems.length === 0 && parsed.success)
  // As JSON carries it: no -0.
  .map(({ parsed }) => ResourceDefinition.parse(JSON.parse(JSON.stringify(parsed.data))));

test('whatever is wrong with a schema of the right shape can be left out, or is a problem that says so', () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 4 }), (fields) => {
      const { definition: draft, problems } = settled(TableSchema.parse({ fields, primaryKey: ['a', 'a'] }), {
        title: 'x',
        provider: 'quality',
        shareType: 'unconditional',
      });
      const ofCharacters = problems.filter(({ rule }) => rule === 'characters');
      const others = problems.filter(({ rule }) => rule !== 'characters');
      expect(others.filter(({ rule }) => rule !== 'duplicate-field' && rule !== 'unusable-name')).toEqual([]);
      expect(others).toEqual(definitionProblems(ResourceDefinition.parse(draft)));
      expect(ofCharacters.map(({ path }) => path)).toEqual(
        textFaults(ResourceDefinition, draft).map(({ path }) => path),
      );
    }),
    { numRuns: searched(25, 160) },
  );
});

describe.each(EXPORT_FORMATS)('%s', (format) => {
  test('importing an export gives the same definition, but for what the export says that it loses', () => {
    fc.assert(
      fc.property(definition, (original) => {
        const exported = exportDefinition(original, { format, name: 'streets' });
        const { lost } = exported;
        const entry = Object.fromEntries(Object.entries(original).filter(([name]) => lost.includes(name)));
        const { definition: again, problems } = imported(exported.text, entry);
        expect(ResourceDefinition.parse(again)).toEqual(original);
        expect(problems).toEqual([]);
      }),
      { numRuns: searched(25, 160) },
    );
  });
});

test.each([
  ['table-schema', ['title', 'titleEn', 'provider', 'shareType', 'modes', 'updateCycle', 'tolerance', 'themes']],
  ['data-package', []],
  ['odcs', []],
] as const)('%s loses %j', (format, lost) => {
  const original = ResourceDefinition.parse({
    title: '街道',
    titleEn: 'Streets',
    provider: 'civil-affairs',
    shareType: 'unconditional',
    themes: ['places'],
    schema: { fields: [{ name: 'code' }] },
  });
  expect(exportDefinition(original, { format, name: 'streets' }).lost.toSorted()).toEqual(lost.toSorted());
});

test('what a profile that stands for itself, a blank title and an unwritten default come to', () => {
  const original = ResourceDefinition.parse({
    title: ' ',
    description: ' ',
    provider: 'quality',
    shareType: 'unconditional',
    schema: { $schema: 'https://datapackage.org/profiles/2.0/tableschema.json', fields: [{ name: 'a' }] },
  });
  const { definition: again } = imported(exportDefinition(original, { format: 'data-package', name: 'r' }).text);
  expect(again).toMatchObject({ title: 'r' });
  expect(again).not.toHaveProperty('description');
  expect(again.schema).not.toHaveProperty('$schema');
});

test('a contract says in the words of ODCS 3.1 what it has words for', () => {
  const original = ResourceDefinition.parse({
    title: '法人',
    provider: 'quality',
    shareType: 'unconditional',
    schema: {
      primaryKey: ['day', 'code'],
      uniqueKeys: [['name', 'day']],
      fields: [
        {
          name: 'code',
          title: '代码',
          type: 'string',
          check: 'gb11714',
          constraints: { required: true, pattern: 'a|b' },
        },
        { name: 'name', type: 'string', sensitivity: 'personal', constraints: { maxLength: 9, enum: ['甲', '乙'] } },
        { name: 'day', type: 'date', format: '%d/%m/%Y', constraints: { minimum: '01/02/2024' } },
        { name: 'capital', type: 'number', decimalChar: ',', constraints: { minimum: 0, maximum: '1,5' } },
        { name: 'place', type: 'geopoint' },
      ],
    },
  });
  const document = parse(exportDefinition(original, { format: 'odcs', name: 'legal', version: 3 }).text) as object;
  expect(document).toMatchObject({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'legal',
    version: '3.0.0',
    status: 'active',
  });
  expect((document as { schema: unknown[] }).schema).toMatchObject([
    {
      name: 'legal',
      businessName: '法人',
      logicalType: 'object',
      quality: [{ metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['name', 'day'] } }],
      properties: [
        {
          name: 'code',
          businessName: '代码',
          logicalType: 'string',
          logicalTypeOptions: { pattern: '^(?:a|b)$' },
          required: true,
          primaryKey: true,
          primaryKeyPosition: 2,
          classification: 'internal',
          customProperties: [{ property: 'tableSchema', value: { check: 'gb11714' } }],
        },
        {
          logicalTypeOptions: { maxLength: 9 },
          classification: 'personal',
          quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['甲', '乙'] } }],
        },
        {
          logicalType: 'date',
          logicalTypeOptions: { format: 'dd/MM/yyyy' },
          primaryKeyPosition: 1,
          customProperties: [{ property: 'tableSchema', value: { constraints: { minimum: '01/02/2024' } } }],
        },
        {
          logicalType: 'number',
          logicalTypeOptions: { minimum: 0 },
          customProperties: [{ property: 'tableSchema', value: { decimalChar: ',', constraints: { maximum: '1,5' } } }],
        },
        { logicalType: 'string', customProperties: [{ property: 'tableSchema', value: { type: 'geopoint' } }] },
      ],
    },
  ]);
});

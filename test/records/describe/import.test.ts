import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { Described, Entry } from '../../../functions/records/index.ts';
import { importDefinition, isRefusal } from '../../../functions/records/index.ts';

const entry = { title: 'x', provider: 'quality', shareType: 'unconditional' } as Entry;

function imported(
  document: object,
  options: { readonly table?: string; readonly entry?: Entry } = { entry },
): Described {
  const outcome = importDefinition(JSON.stringify(document), options);
  if (isRefusal(outcome)) throw new Error(outcome.detail);
  return outcome;
}

/** The one field that comes of one, and the notes on it without their common beginning. */
function ofField(field: object): { field: object; notes: string[] } {
  const { definition, notes } = imported({ fields: [{ name: 'a', sensitivity: 'internal', ...field }] });
  const { name: _, sensitivity: __, ...rest } = definition.schema.fields[0]!;
  return { field: rest, notes: notes.map(({ path, message }) => `${path.replace('/schema/fields/0', '')} ${message}`) };
}

describe('Table Schema', () => {
  test.each<[string, object, object, RegExp[]]>([
    [
      'a field of v1',
      { type: 'string', format: 'email', constraints: { required: true } },
      { type: 'string', format: 'email', constraints: { required: true } },
      [],
    ],
    ['a field without a type', {}, { type: 'any' }, []],
    ['an array', { type: 'array' }, { type: 'any' }, [/\/type "array" became any: values are taken/]],
    [
      'an object of v2 with its own schema',
      { type: 'object', constraints: { jsonSchema: {} } },
      { type: 'any' },
      [/"object" became any/, /jsonSchema left out: the hub does not know/],
    ],
    ['a type of nobody', { type: 'varchar' }, { type: 'any' }, [/"varchar" became any: the hub does not know it/]],
    ['a year by its first name', { type: 'gyear' }, { type: 'year' }, [/"gyear" became year/]],
    [
      'a pattern with lookahead',
      { type: 'string', constraints: { pattern: '(?=a)b', minLength: 1 } },
      { type: 'string', constraints: { minLength: 1 } },
      [/pattern left out: lookahead/],
    ],
    [
      'a pattern that is none',
      { type: 'string', constraints: { pattern: '[' } },
      { type: 'string' },
      [/pattern left out: not a regular expression/],
    ],
    [
      'a pattern of a number',
      { type: 'integer', constraints: { pattern: '1' } },
      { type: 'integer' },
      [/pattern left out: Table Schema gives pattern to string/],
    ],
    [
      'a bound that is no value',
      { type: 'date', constraints: { minimum: 'soon' } },
      { type: 'date' },
      [/minimum left out: minimum is no date/],
    ],
    [
      'bounds that exclude everything',
      { type: 'integer', constraints: { minimum: 5, maximum: 1, required: true } },
      { type: 'integer', constraints: { required: true } },
      [/constraints left out: the lower bound is above/],
    ],
    [
      'an enum with a wrong value',
      { type: 'integer', constraints: { enum: [1, 'x'] } },
      { type: 'integer' },
      [/enum left out: not a value of type integer/],
    ],
    ['a format of nobody', { type: 'date', format: '%Q' }, { type: 'date' }, [/format left out: the formats of date/]],
    ['a pattern of v0', { type: 'date', format: 'fmt:%d.%m.%Y' }, { type: 'date', format: 'fmt:%d.%m.%Y' }, []],
    [
      'a check beside a number',
      { type: 'integer', check: 'gb11714' },
      { type: 'integer' },
      [/check left out: the check gb11714 reads strings/],
    ],
    [
      'a check of nobody',
      { type: 'string', check: 'luhn' },
      { type: 'string' },
      [/check left out: "luhn" is no value for check/],
    ],
    [
      'categories with labels',
      { type: 'integer', categories: [{ value: 1, label: 'a' }] },
      { type: 'integer', categories: [{ value: 1, label: 'a' }] },
      [],
    ],
    [
      'categories and missing values without labels',
      { type: 'integer', categories: [{ value: 1 }, { value: 2, label: 'b' }], missingValues: [{ value: '' }] },
      { type: 'integer', categories: [{ value: 1 }, { value: 2, label: 'b' }], missingValues: [{ value: '' }] },
      [],
    ],
    ['categories of a date', { type: 'date', categories: ['2024-01-01'] }, { type: 'date' }, [/categories left out/]],
    [
      'a missing value twice',
      { type: 'string', missingValues: ['', 'NA', ''] },
      { type: 'string', missingValues: ['', 'NA'] },
      [/missingValues left out: "" stands twice/],
    ],
    [
      'what the hub has no place for',
      { type: 'string', source: 'x', unit: 'm' },
      { type: 'string' },
      [/no such property: source, unit/],
    ],
    [
      'constraints that are none',
      { type: 'string', constraints: 'none' },
      { type: 'string' },
      [/constraints left out: constraints are an object/],
    ],
    [
      'a constraint of the wrong kind',
      { type: 'string', constraints: { required: 'yes' } },
      { type: 'string' },
      [/required left out: "yes" is no value/],
    ],
    [
      'true and false alike',
      { type: 'boolean', trueValues: ['x'], falseValues: ['x'] },
      { type: 'boolean', falseValues: ['x'] },
      [/trueValues left out/],
    ],
  ])('%s', (_, stated, field, notes) => {
    const found = ofField(stated);
    expect(found.field).toEqual(field);
    expect(found.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });

  test.each<[string, object, object, string[]]>([
    ['a key as text', { primaryKey: 'a' }, { primaryKey: ['a'] }, []],
    ['no key, as v1 wrote it', { primaryKey: '' }, {}, []],
    ['a key of a field that is not there', { primaryKey: ['a', 'z'] }, {}, ['/schema/primaryKey']],
    [
      'keys, one of them wrong',
      { uniqueKeys: [['z'], ['a', 'b'], ['b']] },
      { uniqueKeys: [['a', 'b'], ['b']] },
      ['/schema/uniqueKeys/0'],
    ],
    ['keys, all wrong', { uniqueKeys: [['z'], ['y']] }, {}, ['/schema/uniqueKeys/0', '/schema/uniqueKeys/1']],
    ['foreign keys', { foreignKeys: [{}] }, {}, ['/schema/foreignKeys']],
    ['fieldsMatch as the hub matches', { fieldsMatch: ['superset'] }, {}, []],
    ['fieldsMatch otherwise', { fieldsMatch: ['partial'] }, {}, ['/schema/fieldsMatch']],
    [
      'missing values with labels',
      { missingValues: [{ value: '-', label: 'none' }] },
      { missingValues: [{ value: '-', label: 'none' }] },
      [],
    ],
    ['a property of nobody', { license: 'x' }, {}, ['/schema']],
  ])('%s', (_, stated, schema, paths) => {
    const fields = ['a', 'b'].map((name) => ({ name, type: 'string', sensitivity: 'public' }));
    const { definition, notes, problems } = imported({ fields, ...stated });
    expect(definition.schema).toEqual({ fields, missingValues: [''], ...schema });
    expect(notes.map(({ path }) => path)).toEqual(paths);
    expect(problems).toEqual([]);
  });

  test('what no file knows is a problem until it is stated, and says what to state', () => {
    const { problems, definition } = imported({ fields: [{ name: 'a' }] }, {});
    expect(problems.map(({ path, rule }) => `${path} ${rule}`)).toEqual([
      '/title missing',
      '/provider missing',
      '/shareType missing',
    ]);
    expect(definition).not.toHaveProperty('provider');
    const conditional = imported({ fields: [{ name: 'a' }] }, { entry: { title: 'x', shareType: 'conditional' } });
    expect(conditional.problems.map(({ path }) => path)).toEqual(['/provider', '/shareCondition']);
    const refused = imported(
      { fields: [{ name: 'a' }] },
      { entry: { ...entry, provider: 'NOBODY', shareType: 'refused' } },
    );
    expect(refused.problems.map(({ path }) => path)).toEqual(['/provider']);
  });

  test('two fields of one name cannot be left out by anyone else', () => {
    const { problems } = imported({ fields: [{ name: 'a' }, { name: 'a' }] });
    expect(problems).toEqual([{ path: '/schema/fields/1/name', rule: 'duplicate-field', message: expect.any(String) }]);
  });
});

describe('Data Package', () => {
  const table = (name: string, rest: object = {}) => ({
    name,
    path: `${name}.csv`,
    schema: { fields: [{ name: 'a', sensitivity: 'public' }] },
    ...rest,
  });
  const titles = (document: object, options = {}) => {
    const { definition, notes } = imported(document, options);
    return [definition.title, definition.description, notes.map(({ path }) => path)];
  };

  test('titles are those of the resource, or else of a package about nothing else', () => {
    const own = table('t', { title: 'T', description: 'D' });
    expect(titles({ title: 'P', resources: [own, table('u')] }, { table: 't' })).toEqual(['T', 'D', []]);
    expect(titles({ title: 'P', description: 'Q', resources: [table('t')] })).toEqual(['P', 'Q', ['/title']]);
    expect(titles({ title: 'P', resources: [table('t'), table('u')] }, { table: 'u' })).toEqual([
      'u',
      undefined,
      ['/title'],
    ]);
    expect(titles({ resources: [own] }, { entry: { title: 'X' } })).toEqual(['X', 'D', []]);
    expect(titles(own)).toEqual(['T', 'D', []]);
  });

  test.each<[string, object, object]>([
    ['no table at all', { resources: [{ name: 'x', path: 'x.png' }] }, { refusal: 'no-table' }],
    ['two tables', { resources: [table('t'), table('u')] }, { refusal: 'choose-table', choices: ['t', 'u'] }],
    [
      'a schema in another file',
      { resources: [table('t', { schema: 'schema.json' })] },
      { refusal: 'schema-elsewhere' },
    ],
    ['no fields', { resources: [table('t', { schema: { fields: [] } })] }, { refusal: 'no-fields' }],
    ['fields without names', { fields: [{ type: 'string' }] }, { refusal: 'no-fields' }],
    [
      '1001 fields',
      { fields: Array.from({ length: 1001 }, (_, i) => ({ name: `c${i}` })) },
      { refusal: 'too-many-fields' },
    ],
    ['nothing that is known', { hello: 'world' }, { refusal: 'not-understood' }],
    ['a list', [], { refusal: 'not-understood' }],
    ['ODCS 2', { apiVersion: 'v2.2.2', kind: 'DataContract' }, { refusal: 'unknown-version' }],
    ['a contract without tables', { apiVersion: 'v3.1.0', kind: 'DataContract' }, { refusal: 'no-table' }],
  ])('%s is refused', (_, document, refusal) => {
    expect(importDefinition(JSON.stringify(document))).toMatchObject(refusal);
  });

  test('a name that no table has is refused with those that there are', () => {
    expect(importDefinition(JSON.stringify({ resources: [table('t')] }), { table: 'z' })).toMatchObject({
      refusal: 'no-such-table',
      choices: ['t'],
    });
  });

  test.each([
    [{ dialect: { delimiter: ';' } }, /separates its cells by ";"/],
    [{ dialect: { csv: { delimiter: '\t' } } }, /separates its cells/],
    [{ encoding: 'iso-8859-1' }, /iso-8859-1: uploads are UTF-8 or GB18030/],
    [{ format: 'ods' }, /ods, which cannot be uploaded/],
  ])('%j is noted', (rest, message) => {
    const { notes } = imported({ resources: [table('t', { title: 'T', ...rest })] });
    expect(notes).toEqual([{ path: '/schema', message: expect.stringMatching(message) }]);
  });
});

describe('ODCS', () => {
  const contract = (properties: object[], rest: object = {}, more: object = {}) => ({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: 'x',
    status: 'active',
    version: '1.0.0',
    schema: [{ name: 't', businessName: 'T', properties, ...rest }],
    ...more,
  });
  const ofProperty = (property: object) => {
    const { definition, notes } = imported(contract([{ name: 'a', classification: 'internal', ...property }]));
    const { name: _, sensitivity: __, ...field } = definition.schema.fields[0]!;
    return { field, notes: notes.map(({ path, message }) => `${path.replace('/schema/fields/0', '')} ${message}`) };
  };

  test.each<[string, object, object, RegExp[]]>([
    [
      'a string',
      { logicalType: 'string', logicalTypeOptions: { minLength: 1, maxLength: 9, format: 'uuid' } },
      { type: 'string', format: 'uuid', constraints: { minLength: 1, maxLength: 9 } },
      [],
    ],
    [
      'an anchored pattern',
      { logicalType: 'string', logicalTypeOptions: { pattern: '^[A-Z]{2}$' } },
      { type: 'string', constraints: { pattern: '^[A-Z]{2}$' } },
      [],
    ],
    [
      'a pattern without anchors',
      { logicalType: 'string', logicalTypeOptions: { pattern: '[A-Z]{2}' } },
      { type: 'string', constraints: { pattern: '[A-Z]{2}' } },
      [/whole value: is that meant/],
    ],
    [
      'a hostname',
      { logicalType: 'string', logicalTypeOptions: { format: 'hostname' } },
      { type: 'string' },
      [/format left out: the hub does not know the format "hostname"/],
    ],
    [
      'bounds',
      { logicalType: 'integer', logicalTypeOptions: { minimum: 0, exclusiveMaximum: 9, multipleOf: 3, format: 'i32' } },
      { type: 'integer', constraints: { minimum: 0, exclusiveMaximum: 9 } },
      [/multipleOf left out/, /format left out.*"i32"/],
    ],
    [
      'an ISO date',
      { logicalType: 'date', logicalTypeOptions: { format: 'yyyy-MM-dd', minimum: '2024-01-01' } },
      { type: 'date', constraints: { minimum: '2024-01-01' } },
      [],
    ],
    [
      'a German date',
      { logicalType: 'date', logicalTypeOptions: { format: 'dd.MM.yyyy' } },
      { type: 'date', format: '%d.%m.%Y' },
      [],
    ],
    [
      'a date with quoted letters',
      { logicalType: 'timestamp', logicalTypeOptions: { format: "yyyyMMdd'T'HHmm" } },
      { type: 'datetime', format: '%Y%m%dT%H%M' },
      [],
    ],
    [
      'a week date',
      { logicalType: 'date', logicalTypeOptions: { format: "YYYY-'W'ww" } },
      { type: 'date' },
      [/format left out/],
    ],
    [
      'a timestamp',
      {
        logicalType: 'timestamp',
        logicalTypeOptions: { format: 'yyyy-MM-ddTHH:mm:ssZ', defaultTimezone: 'Asia/Shanghai' },
      },
      { type: 'datetime' },
      [/defaultTimezone left out/],
    ],
    ['a time', { logicalType: 'time', logicalTypeOptions: { format: 'HH:mm' } }, { type: 'time', format: '%H:%M' }, []],
    [
      'an array',
      { logicalType: 'array', items: { logicalType: 'string' } },
      { type: 'any' },
      [/"array" became any/, /no such property: items/],
    ],
    [
      'a column of a database',
      { physicalType: 'VARCHAR(18)' },
      { type: 'string', constraints: { maxLength: 18 } },
      [/"VARCHAR\(18\)" was read as string/],
    ],
    ['a BIGINT', { physicalType: 'BIGINT' }, { type: 'integer' }, [/was read as integer/]],
    ['a DECIMAL', { physicalType: 'decimal(10,2)' }, { type: 'number' }, [/was read as number/]],
    [
      'required and unique',
      { logicalType: 'string', required: true, unique: true },
      { type: 'string', constraints: { required: true, unique: true } },
      [],
    ],
    ['not required', { logicalType: 'string', required: false, unique: false }, { type: 'string' }, []],
    [
      'a title and an example',
      { logicalType: 'string', businessName: '代码', description: 'D', examples: ['x', 'y'] },
      { type: 'string', title: '代码', description: 'D', example: 'x' },
      [],
    ],
    [
      'no nulls',
      { logicalType: 'string', quality: [{ metric: 'nullValues', mustBe: 0 }] },
      { type: 'string', constraints: { required: true } },
      [],
    ],
    [
      'no nulls in the words of 3.0',
      { logicalType: 'string', quality: [{ type: 'library', rule: 'nullCheck' }] },
      { type: 'string', constraints: { required: true } },
      [],
    ],
    [
      'no duplicates',
      { logicalType: 'string', quality: [{ metric: 'duplicateValues', mustBe: 0, unit: 'percent' }] },
      { type: 'string', constraints: { unique: true } },
      [],
    ],
    [
      'valid values',
      {
        logicalType: 'string',
        quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { validValues: ['a', 'b'] } }],
      },
      { type: 'string', constraints: { enum: ['a', 'b'] } },
      [],
    ],
    [
      'a pattern of quality',
      { logicalType: 'string', quality: [{ metric: 'invalidValues', mustBe: 0, arguments: { pattern: '^a$' } }] },
      { type: 'string', constraints: { pattern: '^a$' } },
      [],
    ],
    [
      'missing values',
      {
        logicalType: 'string',
        quality: [{ metric: 'missingValues', mustBeLessThan: 5, arguments: { missingValues: [null, '', 'N/A'] } }],
      },
      { type: 'string', missingValues: ['', 'N/A'] },
      [],
    ],
    [
      'a share',
      { logicalType: 'string', quality: [{ metric: 'nullValues', mustBeLessThan: 1, unit: 'percent' }] },
      { type: 'string' },
      [/the quality rule "nullValues": the hub judges each record by itself/],
    ],
    [
      'SQL',
      { logicalType: 'string', quality: [{ type: 'sql', query: 'select 1', mustBe: 0 }] },
      { type: 'string' },
      [/"sql" is of type "sql", which the hub does not run/],
    ],
    [
      'an enum of 3.2 with labels',
      { logicalType: 'string', enum: [{ value: 'a', label: 'A' }] },
      { type: 'string', categories: [{ value: 'a', label: 'A' }] },
      [],
    ],
    [
      'an enum of 3.2 with some labels',
      { logicalType: 'string', enum: [{ value: 'a' }, { value: 'b', label: 'B' }] },
      { type: 'string', categories: [{ value: 'a' }, { value: 'b', label: 'B' }] },
      [],
    ],
    [
      'an enum of 3.2',
      { logicalType: 'string', enum: [{ value: 'a' }] },
      { type: 'string', constraints: { enum: ['a'] } },
      [],
    ],
    [
      'transformations',
      { logicalType: 'string', transformLogic: 'x', encryptedName: 'y' },
      { type: 'string' },
      [/no such property: transformLogic, encryptedName/],
    ],
  ])('%s', (_, stated, field, notes) => {
    const found = ofProperty(stated);
    expect(found.field).toEqual(field);
    expect(found.notes).toEqual(notes.map((note) => expect.stringMatching(note)));
  });

  test.each([
    ['public', 'public', false],
    ['Restricted', 'sensitive', true],
    ['PII', 'personal', true],
    ['internal', 'internal', false],
    ['purple', 'internal', true],
  ])('the classification %s is %s', (classification, sensitivity, noted) => {
    const { definition, notes } = imported(contract([{ name: 'a', classification }]));
    expect(definition.schema.fields[0]?.sensitivity).toBe(sensitivity);
    expect(notes.some(({ path }) => path.endsWith('/sensitivity'))).toBe(noted);
  });

  test('keys, titles, themes and what is no part of a definition', () => {
    const properties = ['a', 'b', 'c'].map((name, i) => ({
      name,
      logicalType: 'string',
      primaryKey: i < 2,
      primaryKeyPosition: i < 2 ? 2 - i : -1,
    }));
    const quality = [
      { metric: 'duplicateValues', mustBe: 0, arguments: { properties: ['b', 'c'] } },
      { metric: 'rowCount', mustBeGreaterThan: 10 },
    ];
    const document = contract(
      properties,
      { quality, tags: ['places'] },
      { description: { purpose: 'P' }, team: {}, servers: [] },
    );
    const { definition, notes } = imported(document, { entry: { shareType: 'unconditional' } });
    expect(definition).toMatchObject({
      title: 'T',
      description: 'P',
      themes: ['places'],
      schema: { primaryKey: ['b', 'a'], uniqueKeys: [['b', 'c']] },
    });
    expect(notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/rowCount/),
      'left out, as no part of a definition: servers, team',
    ]);
  });

  test('YAML is read as JSON is', () => {
    const document = contract([{ name: 'a', logicalType: 'date', examples: ['2024-01-01'] }]);
    expect(importDefinition(stringify(document), { entry })).toEqual(
      importDefinition(JSON.stringify(document), { entry }),
    );
  });
});

describe('hostile documents', () => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
  ].join('\n');
  test.each([
    ['not text of either', '{"fields": [}'],
    ['aliases that double', bomb],
    ['a circle', 'fields: &a\n  - name: a\n    example: *a\n'],
    ['depth', '['.repeat(100_000)],
    ['depth of YAML', `fields: ${'['.repeat(20_000)}`],
    ['length', `{"fields": [], "x": "${'x'.repeat(9_000_000)}"}`],
    ['nothing', ''],
  ])('%s is not understood, at once', (_, text) => {
    expect(importDefinition(text)).toMatchObject({ refusal: 'not-understood' });
  });

  test('names of the language are names, and the one that no object can carry is a problem', () => {
    const text =
      '{"fields": [{"name": "__proto__", "type": "string", "__proto__": 1, "constraints": {"__proto__": 1}}, {"name": "constructor"}], "primaryKey": ["__proto__"]}';
    const outcome = importDefinition(text, { entry });
    expect(outcome).toMatchObject({
      problems: [{ path: '/schema/fields/0/name', rule: 'unusable-name' }],
      definition: { schema: { primaryKey: ['__proto__'], fields: [{ name: '__proto__' }, { name: 'constructor' }] } },
    });
  });

  test('whatever stands where, the answer is a definition with its problems or a refusal', () => {
    const keys = [
      'fields',
      'name',
      'type',
      'constraints',
      'schema',
      'properties',
      'logicalType',
      'logicalTypeOptions',
      'quality',
      'resources',
      'apiVersion',
      'primaryKey',
      'enum',
      'arguments',
      'customProperties',
      'value',
      'title',
      'format',
    ];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom('string', 'date', 'v3.1.0', 'a', '', 0, -1, null, true, '%d', '[', 'tableSchema'),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 5 }),
      ),
    }));
    const document = fc.oneof(
      fc.record({ fields: fc.array(tree) }),
      fc.record({
        apiVersion: fc.constant('v3.0.2'),
        schema: fc.array(
          fc.record({
            name: tree,
            properties: fc.array(
              fc.record({
                name: fc.constant('a'),
                logicalType: tree,
                logicalTypeOptions: tree,
                quality: fc.array(tree),
                examples: tree,
              }),
            ),
          }),
        ),
      }),
      fc.record({ resources: fc.array(tree) }),
      tree,
    );
    fc.assert(
      fc.property(document, (content) => {
        const outcome = importDefinition(JSON.stringify(content) ?? '', { entry });
        expect(
          'refusal' in outcome || outcome.problems.every(({ rule }) => /duplicate-field|unusable-name/.test(rule)),
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

test('characters that the hub refuses are problems, with what to write instead', () => {
  const { problems } = imported({ fields: [{ name: 'a\u202e', title: 'x\r\ny' }, { name: 'b' }], primaryKey: 'b' });
  expect(problems.map(({ path, rule, message }) => [path, rule, message.replace(/^.*; /, '')])).toEqual([
    ['/schema/fields/0/name', 'characters', 'write "a", in the file as well'],
    ['/schema/fields/0/title', 'characters', 'write "x y"'],
  ]);
});

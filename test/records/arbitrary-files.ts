import fc from 'fast-check';
import { aSchema } from './support.ts';

/** Fields of most kinds, and keys of one and of two of them. */
export const schema = aSchema({
  missingValues: ['', 'NA'],
  fields: [
    { name: 'code', type: 'string', constraints: { unique: true, pattern: '\\d{1,3}|[a-c]+' } },
    { name: 'n', type: 'integer', constraints: { minimum: -5, exclusiveMaximum: 100 } },
    { name: 'x', type: 'number', constraints: { minimum: 0 } },
    { name: 'on', type: 'date', constraints: { minimum: '2000-01-01' } },
    {
      name: 'kind',
      type: 'string',
      sensitivity: 'personal',
      missingValues: ['-'],
      constraints: { required: true, enum: ['甲', 'b"', 'c,'], maxLength: 2 },
    },
    { name: 'ok', type: 'boolean' },
    { name: 'org', type: 'string', check: 'gb11714', constraints: { minLength: 9 } },
  ],
  primaryKey: ['n', 'on'],
  uniqueKeys: [['x', 'ok']],
});

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'NA',
    '-',
    '1',
    '01',
    '7',
    '100',
    '-5',
    '-6',
    '0.5',
    '.50',
    '5E-1',
    '2024-02-29',
    '2023-02-29',
    '1999-12-31',
    '甲',
    'true',
    '1',
    '002518057',
    '00251805-8',
    'abc',
    'x y',
    '𠮷',
  ),
  fc.constantFrom('"甲"', '"b"""', '"c,"', '"1"', '"a\nb"', '""', '"x"y', 'x"', '"', '\r', '\0', '1\r\n2', '"\r\n"'),
  fc.string({ maxLength: 4 }),
);
const good = fc.tuple(
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.integer({ min: -7, max: 20 }).map(String),
  fc.constantFrom('0', '1', '2.5', '2.50', ''),
  fc.constantFrom('2024-02-29', '2023-01-01', '1999-12-31'),
  fc.constantFrom('甲', '"b"""', '"c,"', '"甲"'),
  fc.constantFrom('true', '0', ''),
  fc.constantFrom('002518057', '', '00251809-X'),
);
const record = fc.oneof(
  { weight: 3, arbitrary: good },
  { weight: 1, arbitrary: fc.array(cell, { minLength: 6, maxLength: 8 }) },
);
const text = fc
  .array(fc.tuple(record, fc.constantFrom('\n', '\r\n', '\n\n')))
  .map((records) => `code,n,x,on,kind,ok,org\n${records.map(([cells, end]) => cells.join(',') + end).join('')}`);
/** Bytes changed after the header, at any place. */
export const mutated = fc
  .tuple(
    text,
    fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0xff, 0), fc.nat({ max: 255 }))), {
      maxLength: 3,
    }),
  )
  .map(([content, changes]) => {
    const bytes = Buffer.from(content);
    for (const [place, byte] of changes) if (bytes.length > 24) bytes[24 + (place % (bytes.length - 24))] = byte;
    return bytes;
  });

import fc from 'fast-check';
import type { Field } from '../../../schemas/contracts/definition.ts';
import { cellOf } from '../../../functions/records/index.ts';

type FieldInput = Omit<Partial<Field>, 'name'> & { readonly type: Field['type'] };

interface Kind {
  readonly field: FieldInput;
  readonly values: fc.Arbitrary<string>;
}

const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
/** What looks like something to be mended, and is right where any text is. */
const tricky = fc.constantFrom(
  '1,234',
  '２０２６',
  ' x ',
  '2026/1/2',
  '01/02/2026',
  'N/A',
  '无',
  "'1",
  '="1"',
  '1.0',
  '是',
  '100元',
  '😀',
  '"',
  'a\nb',
  ';',
  '|',
  '\t',
  '，',
  '合计表',
  '单位',
  '#',
);

/** Fields of every type, with values that are right for them. */
const KINDS: readonly Kind[] = [
  {
    field: { type: 'string' },
    values: fc.oneof(
      tricky,
      fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
    ),
  },
  { field: { type: 'string', constraints: { pattern: '[0-9]{3,6}' } }, values: fc.oneof(digits(3), digits(6)) },
  {
    field: { type: 'string', constraints: { minLength: 2, maxLength: 4 } },
    values: fc.oneof(fc.constantFrom('01', '1,2', '/-', '１２'), digits(4)),
  },
  { field: { type: 'integer' }, values: fc.oneof(fc.integer().map(String), fc.constantFrom('+7', '007')) },
  { field: { type: 'integer', groupChar: ',' }, values: fc.constantFrom('1,234', '1234', '12,34') },
  { field: { type: 'number', decimalChar: ',' }, values: fc.constantFrom('1,5', '3', '-0,25') },
  { field: { type: 'number', bareNumber: false }, values: fc.constantFrom('95%', '€ 95', '95') },
  { field: { type: 'date' }, values: day },
  { field: { type: 'date', format: '%d/%m/%Y' }, values: fc.constantFrom('01/02/2026', '25/12/1999', '1/2/2026') },
  { field: { type: 'date', format: 'any' }, values: fc.constantFrom('2026年1月2日', '01/02/2026', '20260102') },
  { field: { type: 'datetime' }, values: day.map((text) => `${text}T08:30:00`) },
  { field: { type: 'time' }, values: fc.constantFrom('08:30:00', '23:59:59') },
  { field: { type: 'year' }, values: fc.constantFrom('2026', '1999') },
  { field: { type: 'yearmonth' }, values: fc.constantFrom('2026-01', '1999-12') },
  { field: { type: 'boolean', trueValues: ['是'], falseValues: ['否'] }, values: fc.constantFrom('是', '否') },
  {
    field: { type: 'string', constraints: { enum: ['1', '01', 'a', 'A', '无'] } },
    values: fc.constantFrom('1', '01', 'a', 'A', '无'),
  },
  { field: { type: 'string', missingValues: ['-', 'NULL', ''] }, values: fc.constantFrom('-', 'NULL', '', 'x') },
  { field: { type: 'geopoint' }, values: fc.constantFrom('116.4,39.9', '0,0') },
];

const name = fc.constantFrom(
  'code',
  '名称',
  'id',
  '序号',
  'x y',
  'Name',
  '金额（元）',
  'note',
  'amount',
  'a,b',
  '合计',
);
const title = fc.option(fc.constantFrom('名称', 'code', '金额', '备注'), { nil: undefined });

export interface ValidFile {
  readonly fields: readonly (FieldInput & { readonly name: string })[];
  readonly text: string;
}

/** A file with every value right, in quotes where it needs them and sometimes where not, with either line end. */
export const validFile: fc.Arbitrary<ValidFile> = fc
  .record({
    names: fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
    rows: fc.integer({ min: 1, max: 8 }),
    end: fc.constantFrom('\n', '\r\n'),
    mark: fc.boolean(),
    last: fc.boolean(),
  })
  .chain(({ names, rows, end, mark, last }) =>
    fc.tuple(...names.map(() => fc.tuple(fc.constantFrom(...KINDS), title))).chain((kinds) => {
      const cell = (i: number) => fc.tuple(kinds[i]?.[0].values ?? fc.constant(''), fc.boolean());
      return fc.array(fc.tuple(...names.map((_, i) => cell(i))), { minLength: rows, maxLength: rows }).map((body) => ({
        fields: names.map(
          (each, i) =>
            ({
              name: each,
              ...kinds[i]?.[0].field,
              ...(kinds[i]?.[1] !== undefined && { title: kinds[i][1] }),
            }) as FieldInput & { name: string },
        ),
        text:
          (mark ? '\uFEFF' : '') +
          [
            names.map(cellOf),
            ...body.map((cells) =>
              cells.map(([text, quoted]) => (quoted ? `"${text.replaceAll('"', '""')}"` : cellOf(text))),
            ),
          ]
            .map((cells) => cells.join(','))
            .join(end) +
          (last ? end : ''),
      }));
    }),
  );

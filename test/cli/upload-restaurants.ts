import type { ResourceDefinition } from '../../schemas/contracts/definition.ts';
import { aDefinition } from '../support/builders.ts';
import { csvOf, withCreditCheck } from '../support/legal-entities.ts';

/** A register as a district keeps it in a spreadsheet: what stewards' files are tried with. */
export type Restaurant = Record<(typeof columns)[number], string>;
export const columns = ['licence_no', 'name', 'credit_code', 'category', 'licensed_on', 'seats', 'phone'] as const;

export const definition = (): ResourceDefinition =>
  aDefinition({
    title: '餐饮服务许可',
    titleEn: 'Restaurant licences',
    description: 'One row for each restaurant with a valid licence.',
    provider: 'commerce',
    schema: {
      primaryKey: ['licence_no'],
      fields: [
        { name: 'licence_no', title: '许可证编号', type: 'string', constraints: { required: true, pattern: '\\d{8}' } },
        { name: 'name', title: '单位名称', type: 'string', constraints: { required: true, maxLength: 60 } },
        { name: 'credit_code', title: '统一社会信用代码', type: 'string', check: 'gb32100' },
        {
          name: 'category',
          title: '类别',
          type: 'string',
          constraints: { required: true, enum: ['餐馆', '快餐', '小吃', '饮品', '食堂'] },
        },
        {
          name: 'licensed_on',
          title: '发证日期',
          type: 'date',
          constraints: { required: true, minimum: '1990-01-01' },
        },
        { name: 'seats', title: '座位数', type: 'integer', constraints: { minimum: 0 } },
        {
          name: 'phone',
          title: '电话',
          type: 'string',
          sensitivity: 'personal',
          constraints: { pattern: '[0-9-]{7,20}' },
        },
      ],
    },
  } as never);

const streets = ['东华门', '景山', '安定门', '北新桥', '东四', '朝阳门', '建国门', '前门'];
const trades = ['饺子馆', '面馆', '烤鸭店', '茶室', '食堂'];
const categories = ['餐馆', '快餐', '餐馆', '饮品', '食堂'];
const two = (number: number) => String(number).padStart(2, '0');

/** The same rows every time; licence numbers begin with zeros. */
export const restaurants = (count = 60): Restaurant[] =>
  Array.from({ length: count }, (_, index) => ({
    licence_no: String(110_000 + 37 * index).padStart(8, '0'),
    name: `${streets[index % 8]}${trades[index % 5]}${index % 7 === 3 ? ',分店' : ''}`,
    credit_code: withCreditCheck(`91110101${String(100_000_000 + 7_919 * index)}`),
    category: categories[index % 5] ?? '',
    licensed_on: `${2010 + (index % 15)}-${two(1 + (index % 12))}-${two(1 + ((index * 7) % 28))}`,
    seats: String(10 + ((index * 13) % 90)),
    phone: `010-${65_000_000 + index * 1_111}`,
  }));

export const csv = (rows: readonly Restaurant[]): string => csvOf(rows, columns);

/** Chinese titles in place of names, one name misspelt, a column of the office's own. */
export const withOtherNames = (rows: readonly Restaurant[]): string =>
  csv(rows)
    .split('\n')
    .map((line, index) =>
      index === 0 ? '许可证编号,单位名称,credit_code,类别,licenced_on,seats,phone,备注' : line && `${line},`,
    )
    .join('\n');

/** What a spreadsheet makes of it: days first, numbers without their zeros. */
export const throughSpreadsheet = (rows: readonly Restaurant[]): string =>
  csv(
    rows.map((row) => ({
      ...row,
      licence_no: String(Number(row.licence_no)),
      licensed_on: row.licensed_on.split('-').toReversed().join('/'),
    })),
  );

/** One licence twice, two codes with a typing error. */
export const withTypingErrors = (rows: readonly Restaurant[]): string =>
  csv(
    rows.map((row, index) => {
      if (index === 20) return { ...row, licence_no: rows[12]!.licence_no };
      if (index !== 30 && index !== 41) return row;
      return { ...row, credit_code: row.credit_code.replace(/.$/, (last) => (last === '5' ? '6' : '5')) };
    }),
  );

/** Quotes and commas as people type them: no quotes around a comma, quotes within a cell, a cell left out. */
export const typedByHand = (rows: readonly Restaurant[]): string =>
  csv(rows)
    .split('\n')
    .map((line, index) => {
      if (index === 4 || index === 11) return line.replaceAll('"', '');
      if (index === 17) return line.replace(/^(\d+),([^,]+)/, '$1,“$2”老店 "总店"');
      if (index === 23) return line.replace(/,\d+,(010)/, ',$1');
      return line;
    })
    .join('\n');

import type { Condition, Mask } from '../../../schemas/contracts/terms.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { LEGAL_ENTITY_COLUMNS as COLUMNS } from '../../support/legal-entities.ts';
import { TABLES } from '../tables/index.ts';
import { columnsOf, type TableName } from '../tables/table.ts';

type Column = (typeof COLUMNS)[number];

const extract = (
  fields: readonly Column[],
  filter: readonly Condition[] = [],
  mask: Partial<Record<Column, Mask>> = {},
): ExtractSpec => ({ fields: [...fields], filter: [...filter], mask, format: 'csv' });

const district = (code: string): Condition => ({ field: 'division', op: 'eq', value: code });

/** Fifteen grants as consumers ask for them: some fields, some rows, some values masked; no two alike. */
const GRANTS: readonly ExtractSpec[] = [
  extract(['org_code', 'name', 'division']),
  extract(['org_code', 'name', 'phone', 'representative'], [], { phone: 'last4', representative: 'first1' }),
  extract(COLUMNS, [district('110105')]),
  extract(['name', 'address', 'registration_no'], [], { registration_no: 'last4' }),
  extract(['org_code', 'capital', 'currency'], [{ field: 'currency', op: 'in', value: ['USD', 'EUR'] }]),
  extract(COLUMNS, [{ field: 'industry', op: 'prefix', value: 'C' }]),
  extract(['org_code', 'approved_on', 'org_type']),
  extract(['name', 'representative'], [district('110108')], { representative: 'hide' }),
  extract(COLUMNS, [{ field: 'org_type', op: 'in', value: ['2', '3'] }], { phone: 'hide' }),
  extract(['registration_no', 'org_code', 'name', 'industry']),
  extract(['division', 'industry', 'org_type', 'currency']),
  extract(COLUMNS, [district('110101'), { field: 'org_type', op: 'eq', value: '1' }], { address: 'first1' }),
  extract(['org_code', 'name', 'address', 'phone'], [{ field: 'division', op: 'prefix', value: '11010' }]),
  extract(['name', 'capital', 'approved_on'], [district('110113')]),
  extract(['org_code', 'registration_no', 'phone'], [], { phone: 'last4' }),
];

/** `count` extracts, 1 to 16: the first is the dataset itself, all fields of all accepted rows; the others are of legal entities. */
export const extractsOf = (count: number, table: TableName = 'legal-entities'): ExtractSpec[] =>
  [{ fields: columnsOf(TABLES[table]), filter: [], mask: {}, format: 'csv' as const }, ...GRANTS].slice(0, count);

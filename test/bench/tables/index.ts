import { BAD_KINDS } from '../data/bad-rows.ts';
import { entityMaker } from '../data/legal-entity-row.ts';
import { benchSchema } from '../check/schema.ts';
import { ENFORCEMENT } from './enforcement.ts';
import type { BenchTable, TableName } from './table.ts';
import { WIDE } from './wide.ts';

export const TABLES: Readonly<Record<TableName, BenchTable>> = {
  'legal-entities': { schema: benchSchema({}), maker: entityMaker, bad: BAD_KINDS },
  enforcement: ENFORCEMENT,
  wide: WIDE,
};

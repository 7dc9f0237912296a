import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { Examiner } from '../check/examine.ts';
import type { Shape } from '../check/shape.ts';
import { type Found, ofRecord } from '../check/violations.ts';
import type { Scanner } from '../csv/scanner.ts';
import { type Column, columnOf } from '../types/column.ts';
import type { ChangeLog } from './change-log.ts';
import { OP_COLUMN, type Op, opOf, UPSERT } from '../header/op.ts';

/** Examines the records of a file as edits, and logs those that are good by themselves. Keys are left to the settlement. */
export class Edits {
  private readonly log: ChangeLog;
  private readonly place: number;
  private readonly width: number;
  private readonly upserts: Examiner;
  private readonly deletes: Examiner;
  private op: Op = UPSERT;

  constructor(log: ChangeLog, { columns }: Shape, schema: TableSchema) {
    this.log = log;
    this.place = columns.indexOf(OP_COLUMN);
    this.width = columns.length;
    const upserted = upsertColumns(columns, schema);
    const inKey = (name: string) => schema.primaryKey?.includes(name) ?? false;
    const deleted = upserted.map((column) => (inKey(column.name) ? column : unread(column.name, schema)));
    this.upserts = new Examiner(upserted, []);
    this.deletes = new Examiner(deleted, []);
  }

  /** Of a delete only the key's fields are read. */
  examine(bytes: Buffer, start: number, scanner: Scanner): Found[] {
    const op = scanner.count === this.width ? opOf(scanner.text(bytes, this.place)) : UPSERT;
    if (op === undefined) return this.withoutOp(bytes, start, scanner);
    this.op = op;
    return (op === UPSERT ? this.upserts : this.deletes).examine(bytes, start, scanner);
  }

  /** The record that was just examined is good. */
  take(line: number, bytes: Buffer, start: number, scanner: Scanner): void {
    this.log.add(this.op, line, bytes, start, scanner);
  }

  /** What cannot be decoded has no op that is known to be wrong. */
  private withoutOp(bytes: Buffer, start: number, scanner: Scanner): Found[] {
    const ofWhole = this.upserts.examine(bytes, start, scanner).filter(({ column }) => column === 0);
    return ofWhole.length > 0 ? ofWhole : [ofRecord('_op')];
  }
}

/** The columns of the file, `_op` among them as one that may hold anything. */
export function upsertColumns(columns: readonly string[], schema: TableSchema): Column[] {
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  return columns.map((name) => {
    const field = fields.get(name);
    return field ? columnOf(field, schema) : unread(name, schema);
  });
}

const unread = (name: string, schema: TableSchema): Column =>
  columnOf({ name, type: 'string', sensitivity: 'internal', missingValues: [] }, { ...schema, primaryKey: undefined });

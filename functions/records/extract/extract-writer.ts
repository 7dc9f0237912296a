import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import type { Cells } from '../csv/cells.ts';
import type { Digester } from '../csv/digest.ts';
import type { Memory } from '../csv/memory.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { type Column, columnOf } from '../types/column.ts';
import { coverOf } from './cover.ts';
import type { ExtractField } from './extract-field.ts';
import { type Filter, filterOf } from './filter.ts';
import type { Refer } from './mask.ts';
import type { WrittenExtract } from './slot.ts';
import { WRITERS } from './writers.ts';

export type { ExtractField, LinesWriter } from './extract-field.ts';

/** Columns of a stored dataset, and the schema that they were checked by. */
export interface DatasetSource {
  readonly schema: TableSchema;
  readonly columns: readonly string[];
}

/** @throws if the extract names a field that the schema does not have, or gives attachments and `refer` is left out. */
export function extractFields(
  { fields, filter, mask }: ExtractSpec,
  { schema, columns }: DatasetSource,
  refer?: Refer,
): { readonly fields: readonly ExtractField[]; readonly filters: readonly Filter[] } {
  const column = (name: string): Column => columnOf(fieldNamed(name, schema), schema);
  const index = (name: string): number => columns.indexOf(name);
  const cover = (name: string) => coverOf(fieldNamed(name, schema), mask, refer);
  return {
    fields: fields.map((name) => ({ column: column(name), index: index(name), cover: cover(name) })),
    filters: filter.map((condition) => filterOf(condition, column(condition.field), index(condition.field))),
  };
}

export interface ExtractRequest {
  readonly spec: ExtractSpec;
  readonly sink: ByteSink;
  /** Of an extract that gives attachments. */
  readonly refer?: Refer | undefined;
}

/** One extract under way: takes records, gathers its bytes. */
export class ExtractWriter<Digest extends object> {
  rows = 0;
  readonly output: Output<Digest>;
  private readonly filters: readonly Filter[];
  private readonly writer: ReturnType<(typeof WRITERS)[ExtractSpec['format']]>;

  constructor({ spec, sink, refer }: ExtractRequest, source: DatasetSource, digester?: () => Digester<Digest>) {
    this.output = new Output(sink, digester);
    const { fields, filters } = extractFields(spec, source, refer);
    this.filters = filters;
    this.writer = WRITERS[spec.format](fields, this.output);
  }

  /** All records of a block. */
  take(memory: Memory, block: Cells): void {
    const count = this.choose(memory, block);
    this.writer.lines(memory, block, count, this.output);
    this.rows += count;
  }

  async finish(): Promise<WrittenExtract<Digest>> {
    this.writer.end?.();
    return { rows: this.rows, ...(await this.output.finish()) };
  }

  /** How many records fulfil the conditions; their places come to stand in `block.chosen`. */
  private choose(memory: Memory, block: Cells): number {
    let count = block.chooseAll();
    for (const filter of this.filters) count = filter(memory, block, count);
    return count;
  }
}

function fieldNamed(name: string, schema: TableSchema): TableSchema['fields'][number] {
  const field = schema.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error('an extract names a field that the schema does not have');
  return field;
}

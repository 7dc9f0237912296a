import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ExtractSpec } from '../../../schemas/contracts/messages.ts';
import { type ByteSink, Output, type Written } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { COMMA, LF, type Scanner } from '../csv/scanner.ts';
import { columnOf } from '../types/column.ts';
import { type CellWriter, cellWriterOf } from './cells.ts';
import { type Filter, filterOf } from './filter.ts';

/** Columns of a stored dataset, and the schema that they were checked by. */
export interface DatasetSource {
  readonly schema: TableSchema;
  readonly columns: readonly string[];
}

const CLOSING_BRACE = 0x7d;

/** One extract under way: takes records, gathers its bytes. */
export class ExtractWriter {
  rows = 0;
  readonly output: Output;
  private readonly filters: readonly Filter[];
  private readonly cells: readonly CellWriter[];
  /** What stands before each cell: a comma, or the name of a JSON member. */
  private readonly leads: readonly Buffer[];
  private readonly json: boolean;

  constructor(spec: ExtractSpec, source: DatasetSource, sink: ByteSink) {
    this.output = new Output(sink);
    this.json = spec.format === 'ndjson';
    const column = (name: string) => columnOf(fieldNamed(name, source.schema), source.schema);
    const index = (name: string): number => source.columns.indexOf(name);
    this.filters = spec.filter.map((condition) => filterOf(condition, column(condition.field), index(condition.field)));
    this.cells = spec.fields.map((name) => cellWriterOf(spec.format, column(name), index(name), maskOf(spec, name)));
    this.leads = spec.fields.map((name, i) =>
      Buffer.from(this.json ? `${i === 0 ? '{' : ','}${JSON.stringify(name)}:` : ','),
    );
    if (!this.json) this.output.text(lineOf(spec.fields));
  }

  /** The record that the scanner has just read. */
  take(bytes: Buffer, scanner: Scanner): void {
    for (const filter of this.filters) if (!filter(bytes, scanner)) return;
    this.rows += 1;
    if (this.json) this.jsonLine(bytes, scanner);
    else this.csvLine(bytes, scanner);
    this.output.byte(LF);
  }

  async finish(): Promise<Written & { rows: number }> {
    return { rows: this.rows, ...(await this.output.finish()) };
  }

  private csvLine(bytes: Buffer, scanner: Scanner): void {
    for (let i = 0; i < this.cells.length; i += 1) {
      if (i > 0) this.output.byte(COMMA);
      this.cells[i]?.(bytes, scanner, this.output);
    }
  }

  private jsonLine(bytes: Buffer, scanner: Scanner): void {
    for (let i = 0; i < this.cells.length; i += 1) {
      const lead = this.leads[i];
      if (lead) this.output.append(lead, 0, lead.length);
      this.cells[i]?.(bytes, scanner, this.output);
    }
    this.output.byte(CLOSING_BRACE);
  }
}

const maskOf = ({ mask }: ExtractSpec, name: string) => (Object.hasOwn(mask, name) ? mask[name] : undefined);

function fieldNamed(name: string, schema: TableSchema): TableSchema['fields'][number] {
  const field = schema.fields.find((candidate) => candidate.name === name);
  if (!field) throw new Error('an extract names a field that the schema does not have');
  return field;
}

import { TableSchema } from '../../schemas/contracts/definition.ts';
import type { Encoding, UploadFormat } from '../../schemas/contracts/uploads.ts';
import type { CheckResult } from '../../functions/records/check/contract.ts';
import { checkWith } from '../../functions/records/files/check-records.ts';
import type { Base, ByteSink } from '../../functions/records/index.ts';

/** A sink that copies what it gets, as sinks must. */
export class Collected implements ByteSink {
  private readonly chunks: Buffer[] = [];
  write(chunk: Uint8Array): void {
    this.chunks.push(Buffer.from(chunk));
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
  get text(): string {
    return this.bytes.toString('utf8');
  }
}

export async function* inChunks(bytes: Uint8Array, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield Uint8Array.from(bytes.subarray(i, i + size));
}

export async function* inCuts(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [0, ...cuts.filter((cut) => cut <= bytes.length).toSorted((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i += 1) yield Uint8Array.from(bytes.subarray(places[i - 1], places[i]));
}

type SchemaInput = Parameters<typeof TableSchema.parse>[0];
export const aSchema = (schema: SchemaInput): TableSchema => TableSchema.parse(schema);
/** A table of optional string columns. */
export const columns = (...names: string[]): TableSchema =>
  aSchema({ fields: names.map((name) => ({ name, type: 'string' })) });

export interface Outcome {
  readonly result: CheckResult;
  readonly accepted: string;
  readonly report: string[];
  readonly fixFile: string;
}

export interface CheckSettings {
  readonly format?: UploadFormat;
  readonly changes?: boolean;
  readonly encoding?: Encoding;
  readonly fast?: boolean;
  readonly input?: AsyncIterable<Uint8Array>;
  readonly fixes?: boolean;
  readonly base?: Base;
}

export async function check(
  schema: TableSchema,
  content: string | Uint8Array,
  settings: CheckSettings = {},
): Promise<Outcome> {
  const { encoding = 'utf-8', fast = true, input = inChunks(Buffer.from(content)), ...rest } = settings;
  const accepted = new Collected();
  const report = new Collected();
  const fixFile = new Collected();
  const result = await checkWith(
    input,
    { schema, format: 'csv', encoding, ...rest },
    { accepted, report, fixes: fixFile },
    fast,
  );
  return { result, accepted: accepted.text, report: report.text.split('\n').slice(1, -1), fixFile: fixFile.text };
}

/** The rules that one cell breaks, quoted and (where it can stand so) unquoted. */
export async function rulesBroken(field: object, cell: string, schema: object = {}): Promise<string[]> {
  const outcome = await check(
    aSchema({ ...schema, fields: [{ name: 'a', ...field }] }),
    `a\n"${cell.replaceAll('"', '""')}"\n`,
  );
  const unquoted = /[",\r\n]/.test(cell)
    ? undefined
    : await check(aSchema({ ...schema, fields: [{ name: 'a', ...field }] }), `a\n${cell}\n`);
  if (unquoted && JSON.stringify(unquoted.report) !== JSON.stringify(outcome.report))
    throw new Error('quotes changed a verdict');
  return outcome.result.verdict === 'checked' ? outcome.result.violations.map(({ rule }) => rule) : ['refused'];
}

/** The same of many cells of a field, checked in one file; those with line breaks, which count as lines, by themselves. */
export async function rulesBrokenByEach(
  field: object,
  cells: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const schema = aSchema({ fields: [{ name: 'n' }, { ...field, name: 'a' }] });
  const inOneFile = async (these: readonly string[], written: (cell: string) => string) => {
    const found = new Map(these.map((cell): [string, string[]] => [cell, []]));
    const { result, report } = await check(schema, `n,a\n${these.map((cell) => `x,${written(cell)}\n`).join('')}`);
    if (result.verdict !== 'checked') throw new Error(result.refusal.detail ?? result.refusal.code);
    for (const row of report) {
      const [line, , , rule] = row.split(',');
      found.get(these[Number(line) - 2] ?? '')?.push(rule ?? '');
    }
    return found;
  };
  const single = cells.filter((cell) => !/[\r\n]/.test(cell));
  const quoted = await inOneFile(single, (cell) => `"${cell.replaceAll('"', '""')}"`);
  const bare = await inOneFile(
    single.filter((cell) => !/[",]/.test(cell)),
    (cell) => cell,
  );
  for (const [cell, rules] of bare)
    if (JSON.stringify(rules) !== JSON.stringify(quoted.get(cell))) throw new Error('quotes changed a verdict');
  const others = cells.filter((cell) => !quoted.has(cell));
  return new Map([
    ...quoted,
    ...(await Promise.all(others.map(async (cell) => [cell, await rulesBroken(field, cell)] as const))),
  ]);
}

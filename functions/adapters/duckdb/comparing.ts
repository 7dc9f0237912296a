import { join } from 'node:path';
import type { Field } from '../../../schemas/contracts/definition.ts';
import { grantedCells } from '../../compare/domain/granted-cells.ts';
import { GRANTS, type JudgedBlock, JudgedLines, type ListKind } from '../../compare/domain/judged-lines.ts';
import { listRefusal } from '../../compare/domain/list-refusal.ts';
import { DIFFERS, freeNames, RESULT, type ResultColumn, resultSchema } from '../../compare/domain/result-columns.ts';
import { type Compared, judgements, listColumns, missingRecords, wordsOf } from '../../compare/domain/statements.ts';
import type { Comparing, ComparisonInput, ListCounts, ComparisonOutcome, ResultFile } from '../../compare/ports.ts';
import { type ReadList, readList, UnfitExtract, writeExtracts, writeLines, writeList } from '../../records/index.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { fileBytes, withFile } from './local-file.ts';

/** Compares lists with representations in DuckDB, on the local disk. */
export const comparing = (limits: Omit<DatabaseOptions, 'folder'>): Comparing => ({
  run: async (input) => {
    const files = filesOf(input.folder);
    input.progress?.('reading');
    const list = await listOf(input, files);
    if (list.verdict === 'refused')
      return { verdict: 'refused', refusal: listRefusal(list.refusal, input.terms.maxList) };
    const database = await openDatabase({ ...limits, folder: input.folder });
    const interrupt = (): void => database.interrupt();
    input.signal?.addEventListener('abort', interrupt);
    try {
      input.signal?.throwIfAborted();
      await database.run(tables(input, files));
      return await outcomeOf({ ...input, read: list, files, database });
    } catch (error) {
      input.signal?.throwIfAborted();
      if (error instanceof UnfitExtract)
        return { verdict: 'refused', refusal: { code: 'result-unfit', detail: error.message } };
      throw error;
    } finally {
      input.signal?.removeEventListener('abort', interrupt);
      database.close();
    }
  },
});

const filesOf = (folder: string) => ({
  /** The list as CSV, and the keys of its records. */
  list: join(folder, 'list.csv'),
  keys: join(folder, 'keys.csv'),
  /** The result as CSV, where it is to be of another format. */
  result: join(folder, 'result.csv'),
});
type Files = ReturnType<typeof filesOf>;

const listOf = ({ list, terms, schema, signal }: ComparisonInput, files: Files) =>
  withFile(files.list, (records) =>
    withFile(files.keys, (keys) =>
      readList(
        () => fileBytes(list.path, signal),
        { ...terms, ...list, names: list.columns ?? {}, most: terms.maxList, schema },
        { records, keys },
      ),
    ),
  );

/** The tables of the statements: `list` and `resource`. */
function tables({ terms, resource }: ComparisonInput, { keys }: Files): string {
  const columns = listColumns(terms).map((name, i) => `${name}: '${i === 0 ? 'INTEGER' : 'VARCHAR'}'`);
  return `CREATE VIEW list AS SELECT * FROM read_csv(${text(keys)}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false, max_line_size = ${LONGEST_LINE}, columns = {${columns.join(', ')}});
CREATE VIEW resource AS SELECT * FROM read_parquet(${text(resource.path)})`;
}

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
/** A record of a mebibyte whose ordered texts are twice as long, all in quotes. */
const LONGEST_LINE = 4 * 1024 * 1024;

interface Run extends ComparisonInput {
  readonly read: ReadList;
  readonly files: Files;
  readonly database: Database;
}

async function outcomeOf(run: Run): Promise<ComparisonOutcome> {
  const { terms, read } = run;
  run.progress?.('comparing');
  const { counts, hits, columns, written } = await made(run);
  const rows = { read: read.rows.records + read.rows.rejected, rejected: read.rows.rejected };
  const { rejections } = read;
  // One says nothing that withholding it would not say.
  if (hits < terms.minResult && terms.minResult > 1) return { verdict: 'withheld', rows, rejections };
  return { verdict: 'compared', rows, rejections, counts, hits, result: await inFormat(run, columns, written) };
}

function made(run: Run): Promise<Made> {
  switch (run.kind) {
    case 'missing':
      return missing(run);
    case 'link':
      throw new Error('not yet');
    default:
      return judged(run, run.kind);
  }
}

interface Made {
  readonly counts: ListCounts | undefined;
  readonly hits: number;
  readonly columns: readonly ResultColumn[];
  readonly written: Written;
}

interface Written {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

const compared = ({ terms, schema, resource }: Run): Compared => ({
  terms,
  schema,
  columns: resource.columns,
  tables: { list: 'list', resource: 'resource' },
});

/** Where the result is written as CSV. */
const csvOf = ({ result, files }: Run): string => (result.format === 'csv' ? result.path : files.result);

async function judged(run: Run, kind: ListKind): Promise<Made> {
  const { terms, read, files, signal } = run;
  const lines = new JudgedLines(kind, terms);
  const own = kind === 'verify' ? [RESULT, DIFFERS] : [];
  const granted = GRANTS[kind] ? grantedFields(run) : [];
  const more = freeNames(read.columns, [...own, ...granted.map(({ name }) => name)]);
  const written = await withFile(csvOf(run), (sink) =>
    writeList(
      {
        input: fileBytes(files.list, signal),
        columns: read.columns,
        more,
        blocks: judgedBlocks(run, granted.length),
        behind: (block: JudgedBlock | undefined, at) => lines.behind(block, at),
      },
      sink,
    ),
  );
  const columns = [...read.columns, ...more].map((name, i) => ({
    name,
    granted: granted[i - read.columns.length - own.length],
  }));
  return { counts: lines.counts, hits: lines.counts.match, columns, written };
}

async function* judgedBlocks(run: Run, granted: number): AsyncGenerator<JudgedBlock> {
  const { terms, database } = run;
  const words = wordsOf(terms.compare.length).length;
  const statement = judgements({ ...compared(run), terms: { ...terms, fields: terms.fields.slice(0, granted) } });
  for await (const columns of database.columns(statement.sql, statement.parameters)) {
    const [numbers, ...others] = columns as [number[], ...(number | string | null)[][]];
    run.progress?.('writing', numbers.at(-1));
    yield {
      numbers,
      words: others.slice(0, words) as number[][],
      granted: others.slice(words) as (string | null)[][],
    };
  }
}

async function missing(run: Run): Promise<Made> {
  const fields = grantedFields(run);
  const written = await withFile(csvOf(run), (sink) =>
    writeLines(
      fields.map(({ name }) => name),
      missingLines(run),
      sink,
    ),
  );
  return {
    counts: undefined,
    hits: written.rows,
    columns: fields.map((granted) => ({ name: granted.name, granted })),
    written,
  };
}

async function* missingLines(run: Run): AsyncGenerator<string[]> {
  const cells = grantedCells(run.terms);
  const { sql, parameters } = missingRecords(compared(run));
  for await (const columns of run.database.columns(sql, parameters)) {
    const granted = columns as (string | null)[][];
    yield (granted[0] ?? []).map((_, at) => cells(granted, at));
  }
}

const grantedFields = ({ terms, schema }: Run): Field[] =>
  terms.fields.map((name) => {
    const field = schema.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error('the terms grant a field that the definition has not');
    return field;
  });

/** The result as it is asked for: made of the CSV, unless it is that. */
async function inFormat(run: Run, columns: readonly ResultColumn[], written: Written): Promise<ResultFile> {
  const { result, terms, files, signal } = run;
  const fields = columns.map(({ name }) => name);
  if (result.format === 'csv') return { ...written, columns: fields };
  const extract = await withFile(result.path, async (sink) => {
    const spec = { fields, filter: [], mask: {}, format: result.format };
    const source = { schema: resultSchema(columns, terms.mask), columns: fields };
    const [made] = await writeExtracts(fileBytes(files.result, signal), source, [{ spec, sink }]);
    return made;
  });
  if (!extract?.ok) throw extract?.error;
  return { rows: extract.rows, bytes: extract.bytes, sha256: extract.sha256, columns: fields };
}

import { join } from 'node:path';
import { TableSchema } from '../../../../schemas/contracts/definition.ts';
import { LinkLines, type ScoredBlock } from '../../../compare/domain/link/link-lines.ts';
import {
  BLOCKS,
  candidateTable,
  CHOSEN_PAIRS,
  chosenGrams,
  gramTables,
  linkedFields,
  MOST_PAIRS,
  patternCounts,
  scored,
} from '../../../compare/domain/link/link-statements.ts';
import { orNothing } from '../../../compare/domain/link/normal-text.ts';
import { estimatedWeights, type Weights } from '../../../compare/domain/link/weights.ts';
import { CHOICE, freeNames, REASONS, RESULT, SCORE } from '../../../compare/domain/result-columns.ts';
import { resourceOf } from '../../../compare/domain/statements.ts';
import { readList, writeList } from '../../../records/index.ts';
import { fileBytes, withFile } from './local-file.ts';
import { compared, coversOf, csvOf, grantedFields, keyLines, type Made, type Run, text } from './run.ts';

type Fields = ReturnType<typeof linkedFields>;

/** Rows of the list, each with its candidates that are likely enough. */
export async function linked(run: Run): Promise<Made> {
  const { terms, schema, read, files, signal, database } = run;
  const fields = linkedFields(terms, schema);
  await findable(run, fields);
  await database.run(gramTables(fields));
  await chooseGrams(run);
  await database.run(candidateTable(fields));
  const weights = await weightsOf(run, fields);
  const lines = new LinkLines(terms, weights.prior, coversOf(run));
  const own = [RESULT, SCORE, REASONS, CHOICE];
  const granted = grantedFields(run);
  const more = freeNames(read.columns, [...own, ...granted.map(({ name }) => name)]);
  const written = await withFile(csvOf(run), (sink) =>
    writeList(
      {
        input: fileBytes(files.list, signal),
        columns: read.columns,
        more,
        blocks: scoredBlocks(run, fields, weights),
        behind: (block: ScoredBlock | undefined, at) => lines.behind(block, at),
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

/** Makes the tables `found`, what is compared of the resource, and `granted`; their `n` is the place of a record. */
async function findable(run: Run, fields: Fields): Promise<void> {
  const { terms, database, folder, signal } = run;
  const { sql, parameters } = resourceOf(compared(run));
  const names = fields.map(({ column }) => column);
  const granted = terms.fields.map((_, i) => `, g${i}`).join('');
  await database.run(
    `CREATE TEMP TABLE within AS SELECT CAST(row_number() OVER (ORDER BY n) AS INTEGER) AS place, * EXCLUDE (n) FROM (${sql})`,
    parameters,
  );
  await database.run(`CREATE VIEW granted AS SELECT place AS n${granted} FROM within`);
  const texts = join(folder, 'texts.csv');
  const normal = join(folder, 'found.csv');
  await database.run(
    `COPY (SELECT place, ${names.join(', ')} FROM within ORDER BY place) TO ${text(texts)} (FORMAT csv, HEADER)`,
  );
  await withFile(normal, (keys) =>
    readList(
      () => fileBytes(texts, signal),
      {
        schema: TableSchema.parse({
          fields: fields.map(({ column, isText }) => ({ name: column, type: isText ? 'string' : 'any' })),
        }),
        key: names.slice(0, terms.key.length),
        compare: names.slice(terms.key.length),
        names: {},
        format: 'csv',
        encoding: 'utf-8',
        most: Number.MAX_SAFE_INTEGER,
        textOf: ({ type }) => (type === 'string' ? orNothing : (value) => value),
      },
      { records: { write: () => {} }, keys },
    ),
  );
  await database.run(`CREATE VIEW found AS SELECT * FROM ${keyLines(normal, terms)}`);
}

/** So that candidates are no more than can be looked at. */
async function chooseGrams({ database }: Run): Promise<void> {
  for (const block of BLOCKS) {
    await database.run(chosenGrams(block));
    const [first] = await database.rows(CHOSEN_PAIRS);
    if (Number(first?.['pairs']) <= MOST_PAIRS) return;
  }
}

async function weightsOf({ database }: Run, fields: Fields): Promise<Weights> {
  const counted = await database.rows(patternCounts(fields));
  const patterns = counted.map((row) => ({
    levels: fields.map((_, f) => (row[`l${f}`] ?? null) as number | null),
    pairs: Number(row['pairs']),
    others: Number(row['others']),
  }));
  const rows = patterns.reduce((total, { pairs, others }) => total + pairs - others, 0);
  return estimatedWeights(patterns, fields.length, rows);
}

/** A row of the list has all of its candidates in one block. */
async function* scoredBlocks(run: Run, fields: Fields, weights: Weights): AsyncGenerator<ScoredBlock> {
  const statement = scored(fields, weights, run.terms.fields.length);
  let kept: unknown[][] | undefined;
  for await (const columns of run.database.columns(statement)) {
    const all: unknown[][] = kept ? columns.map((column, i) => [...(kept?.[i] ?? []), ...column]) : columns;
    const numbers = all[0] as number[];
    const last = numbers.indexOf(numbers.at(-1) ?? 0);
    kept = all.map((column) => column.slice(last));
    if (last > 0)
      yield blockOf(
        all.map((column) => column.slice(0, last)),
        fields.length,
      );
    run.progress?.('writing', numbers.at(-1));
  }
  if (kept) yield blockOf(kept, fields.length);
}

function blockOf(columns: readonly unknown[][], fields: number): ScoredBlock {
  const all = (columns[0] ?? []) as number[];
  const starts = all.flatMap((number, i) => (number === all[i - 1] ? [] : [i]));
  return {
    numbers: starts.map((start) => all[start] ?? 0),
    starts: [...starts, all.length],
    weights: columns[1] as (number | null)[],
    chosen: columns[2] as (number | null)[],
    levels: columns.slice(3, 3 + fields) as (number | null)[][],
    granted: columns.slice(3 + fields) as (string | null)[][],
  };
}

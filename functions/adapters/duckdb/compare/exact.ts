import { grantedCells } from '../../../compare/domain/granted-cells.ts';
import { GRANTS, type JudgedBlock, JudgedLines, type ListKind } from '../../../compare/domain/judged-lines.ts';
import { DIFFERS, freeNames, RESULT } from '../../../compare/domain/result-columns.ts';
import { judgements, missingRecords, wordsOf } from '../../../compare/domain/statements.ts';
import { writeLines, writeList } from '../../../records/index.ts';
import { fileBytes, withFile } from './local-file.ts';
import { answersTo, coversOf, csvOf, grantedFields, type Made, type Run } from './run.ts';

/** Rows of the list, with what they came to. */
export async function judged(run: Run, kind: ListKind): Promise<Made> {
  const { terms, read, files, signal } = run;
  const lines = new JudgedLines(kind, terms, coversOf(run));
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
  const { terms } = run;
  const words = wordsOf(terms.compare.length).length;
  const fields = terms.fields.slice(0, granted);
  for await (const columns of answersTo(run, (of) => judgements({ ...of, terms: { ...terms, fields } }))) {
    const [numbers, ...others] = columns as [number[], ...(number | string | null)[][]];
    run.progress?.('writing', numbers.at(-1));
    yield {
      numbers,
      words: others.slice(0, words) as number[][],
      granted: others.slice(words) as (string | null)[][],
    };
  }
}

/** Records of the resource that are not on the list. */
export async function missing(run: Run): Promise<Made> {
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
  const cells = grantedCells(coversOf(run));
  for await (const [, ...columns] of answersTo(run, missingRecords)) {
    const granted = columns as (string | null)[][];
    yield (granted[0] ?? []).map((_, at) => cells(granted, at));
  }
}

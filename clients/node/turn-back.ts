import { createReadStream } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { type ByteSink, writeExtracts, writeList } from '../../functions/records/index.ts';
import { BLIND_COLUMN } from '../../schemas/contracts/comparisons.ts';
import type { DeliveryFormat } from '../../schemas/contracts/terms.ts';
import { lineBlocks, NOWHERE, numberedDigests, type OwnList, readOwn } from './blind-list.ts';

export interface TurnedBack {
  readonly rows: number;
  readonly bytes: number;
  /** Base64. */
  readonly sha256: string;
}

/**
 * Makes of the result of a blind comparison the rows of one's own list that it is about, in their order and as they stand.
 * @param digests what `keyList` wrote of the list
 * @param result of the comparison, CSV
 * @param folder for what does not stay in memory
 * @throws where the result is of another list
 */
export async function turnBack(
  list: OwnList,
  { digests, result, folder }: { readonly digests: string; readonly result: string; readonly folder: string },
  output: { readonly file: string; readonly format: DeliveryFormat },
): Promise<TurnedBack> {
  const [records, rows] = ['records.csv', 'rows.csv'].map((name) => `${folder}/${name}`) as [string, string];
  try {
    const { columns } = await intoFile(records, (sink) => readOwn(list, { records: sink, keys: NOWHERE }));
    const target = output.format === 'csv' ? output.file : rows;
    const written = await intoFile(target, (sink) =>
      writeList(
        {
          input: createReadStream(records),
          columns,
          more: [],
          blocks: hits(digests, result),
          behind: (block: Hits | undefined, at) => (block?.isHit[at] === true ? '' : undefined),
        },
        sink,
      ),
    );
    return output.format === 'csv' ? written : await inFormat(rows, columns, output);
  } finally {
    for (const path of [records, rows]) await rm(path, { force: true });
  }
}

interface Hits {
  readonly numbers: readonly number[];
  readonly isHit: readonly boolean[];
}

/** Results have the list's order, and each digest once: where the next one stands on the list, that is its row. */
async function* hits(digests: string, result: string): AsyncGenerator<Hits> {
  const wanted = resultDigests(result);
  let next = await wanted.next();
  for await (const block of numberedDigests(digests)) {
    const isHit: boolean[] = [];
    for (const { digest } of block) {
      const found = next.done !== true && digest === next.value;
      isHit.push(found);
      if (found) next = await wanted.next();
    }
    yield { numbers: block.map(({ number }) => number), isHit };
  }
  if (next.done !== true) throw new Error('the result is of another list: it has a digest that this one has not');
}

async function* resultDigests(result: string): AsyncGenerator<string, void> {
  let isHeader = true;
  for await (const lines of lineBlocks(result)) {
    if (isHeader && lines.shift() !== BLIND_COLUMN) throw new Error('the result is of no blind list');
    isHeader = false;
    yield* lines;
  }
}

/** As the hub writes it: its columns are texts. */
async function inFormat(
  rows: string,
  columns: readonly string[],
  { file, format }: { readonly file: string; readonly format: DeliveryFormat },
): Promise<TurnedBack> {
  const spec = { fields: [...columns], filter: [], mask: {}, format };
  const schema = {
    fields: columns.map((name) => ({ name, type: 'string' as const, sensitivity: 'internal' as const })),
    missingValues: [''],
  };
  return intoFile(file, async (sink) => {
    const [made] = await writeExtracts(createReadStream(rows), { schema, columns: [...columns] }, [{ spec, sink }]);
    if (!made?.ok) throw made?.error ?? new Error('nothing was written');
    return made;
  });
}

async function intoFile<T>(path: string, write: (sink: ByteSink) => Promise<T>): Promise<T> {
  const file: FileHandle = await open(path, 'w', 0o600);
  try {
    return await write({ write: (chunk) => file.writeFile(chunk) });
  } finally {
    await file.close();
  }
}

import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ByteSink, listFault, readList, type ReadList } from '../../functions/records/index.ts';
import { BLIND_COLUMN } from '../../schemas/contracts/comparisons.ts';
import type { TableSchema } from '../../schemas/contracts/definition.ts';
import type { Encoding, UploadFormat } from '../../schemas/contracts/uploads.ts';

/** A list that is not sent: digests of its keys are. */
export interface OwnList {
  readonly file: string;
  readonly format: UploadFormat;
  readonly encoding: Encoding;
  readonly sheet?: string | undefined;
  /** What the list calls a field of the key, by field. */
  readonly columns: Readonly<Record<string, string>>;
  /** Of the resource version that the agreement names, and its terms' key and `maxList`. */
  readonly schema: TableSchema;
  readonly key: readonly string[];
  readonly maxList: number;
  /** Ends the reading of it. */
  readonly signal?: AbortSignal | undefined;
}

/** A list that cannot be compared; its message says why, with no value of it. */
export class UnfitList extends Error {
  override readonly name = 'UnfitList';
}

/** A key for one run: 32 random bytes, base64. */
export const newRunKey = (): string => randomBytes(32).toString('base64');

/**
 * Writes a line for each record of a list that has a key: its number, from 1, a comma, and the digest of the key. Without
 * `runKey` the digests can be turned back by nobody.
 * @throws UnfitList
 */
export async function keyList(list: OwnList, runKey: string, digests: string): Promise<ReadList['rows']> {
  const keys = await open(digests, 'w', 0o600);
  try {
    const sink: ByteSink = { write: (chunk) => keys.writeFile(chunk) };
    const { rows } = await readOwn(list, { records: NOWHERE, keys: sink }, Buffer.from(runKey, 'base64'));
    return rows;
  } finally {
    await keys.close();
  }
}

/** Reads a list as the hub reads one that is not blind. @throws UnfitList */
export async function readOwn(
  { file, columns, maxList, signal, ...list }: OwnList,
  sinks: { readonly records: ByteSink; readonly keys: ByteSink },
  secret?: Uint8Array,
): Promise<ReadList> {
  const options = { ...list, compare: [], names: columns, most: maxList, secret };
  const outcome = await readList(() => createReadStream(file, signal && { signal }), options, sinks);
  if (outcome.verdict === 'read') return outcome;
  const { refusal } = outcome;
  throw new UnfitList('code' in refusal ? refusal.detail : listFault(refusal, maxList).detail);
}

export const NOWHERE: ByteSink = { write: () => {} };

/** The list that is sent for what `keyList` wrote: digests alone, in its order. */
export const blindList = (digests: string, file: string): Promise<void> =>
  pipeline(Readable.from(digestLines(digests)), createWriteStream(file, { mode: 0o600 }));

async function* digestLines(digests: string): AsyncGenerator<string> {
  yield `${BLIND_COLUMN}\n`;
  for await (const block of numberedDigests(digests)) yield block.map(({ digest }) => `${digest}\n`).join('');
}

export interface NumberedDigest {
  readonly number: number;
  readonly digest: string;
}

/** What `keyList` wrote, in blocks. */
export async function* numberedDigests(digests: string): AsyncGenerator<NumberedDigest[]> {
  for await (const lines of lineBlocks(digests))
    yield lines.map((line) => {
      const comma = line.indexOf(',');
      return { number: Number(line.slice(0, comma)), digest: line.slice(comma + 1) };
    });
}

/** Lines of ASCII, each with its end. */
export async function* lineBlocks(file: string): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'latin1' })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
}

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeliveryFormat } from '../../schemas/contracts/terms.ts';
import { blindList, keyList, newRunKey, type OwnList } from '../../clients/node/blind-list.ts';
import { turnBack } from '../../clients/node/turn-back.ts';

export interface Keyed {
  readonly runKey: string;
  /** What is sent: digests alone. */
  readonly list: string;
  /** Records of one's own list. */
  readonly rows: { readonly records: number; readonly rejected: number; readonly invalid: number };
  /** The rows of one's own list that a result is about. */
  readonly back: (result: Buffer | string, format?: DeliveryFormat) => Promise<Buffer>;
}

/** A list as its department keys it, and turns results back, for as long as `work` takes. */
export async function keyed<T>(
  own: string | Uint8Array,
  {
    schema,
    key,
    runKey = newRunKey(),
    ...more
  }: Pick<OwnList, 'schema' | 'key'> & Partial<OwnList> & { runKey?: string },
  work: (keyed: Keyed) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'blind-'));
  const [file, digests, sent, result, output] = ['own', 'digests', 'sent', 'result', 'output'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string, string];
  const list: OwnList = { file, format: 'csv', encoding: 'utf-8', columns: {}, maxList: 1000, schema, key, ...more };
  try {
    await writeFile(file, own);
    const rows = await keyList(list, runKey, digests);
    await blindList(digests, sent);
    return await work({
      runKey,
      rows,
      list: await readFile(sent, 'utf8'),
      async back(told, format = 'csv') {
        await writeFile(result, told);
        await turnBack(list, { digests, result, folder }, { file: output, format });
        return readFile(output);
      },
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const secretOf = (runKey: string): Uint8Array => Buffer.from(runKey, 'base64');

import { readXlsx } from 'hucre/xlsx';
import yauzl from 'yauzl';

/** What another program reads in the first sheet, row by row. */
export async function readSheet(content: Uint8Array): Promise<unknown[][]> {
  const { sheets } = await readXlsx(content);
  return (sheets[0]?.rows ?? []).map((row) => [...row]);
}

/** The text of a part of a workbook. */
export async function partOf(content: Buffer, name: string): Promise<string> {
  const archive = await yauzl.fromBufferPromise(content);
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName !== name) continue;
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
  throw new Error(`there is no ${name}`);
}

import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { COMPARED } from './verify-job.ts';

/** What the register says of a person: `COMPARED`, in their order. */
export type Found = readonly string[] | undefined;

/** Lines of CSV without quotes, cut at their commas; the header is passed over. */
export async function* csvRows(file: string): AsyncGenerator<string[]> {
  let first = true;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (!first) yield line.split(',');
    first = false;
  }
}

/** Writes the list once more, each row with what it came to, as one would in JavaScript. */
export async function writePlainly(list: string, output: string, find: (id: string) => Found): Promise<void> {
  const out = createWriteStream(output, { highWaterMark: 1024 * 1024 });
  out.write('id,name,birth,division,application,remark,_result,_differs\n');
  for await (const row of csvRows(list)) {
    const found = find(row[0] ?? '');
    const differs = found ? COMPARED.filter((_, i) => found[i] !== row[i + 1]).join('+') : '';
    const result = found ? (differs === '' ? 'match' : 'mismatch') : 'absent';
    if (!out.write(`${row.join(',')},${result},${differs}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

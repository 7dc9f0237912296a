import { openTable } from '../../../functions/records/index.ts';
import { filePieces } from '../systems/file-pieces.ts';
import { WriteBehind } from '../systems/write-behind.ts';
import type { FormatJob } from './format-job.ts';

/** A system's output as CSV, so that outputs can be compared whatever program wrote them: after the run, unmeasured. */
export async function csvOfOutput({ task, output }: FormatJob): Promise<string> {
  if (task.endsWith('-in')) return output;
  const table = await openTable(filePieces(output), { format: 'auto', encoding: 'utf-8' });
  if ('code' in table) throw new Error(`the output cannot be read: ${table.detail}`);
  const sink = await WriteBehind.to(`${output}.csv`);
  for await (const chunk of table.csv) await sink.write(chunk);
  await sink.close();
  return `${output}.csv`;
}

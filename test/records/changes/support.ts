import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { checkWith } from '../../../functions/records/files/check-records.ts';
import type { Base } from '../../../functions/records/index.ts';
import { Collected, inChunks, type Outcome } from '../support.ts';

/** A dataset that can be read any number of times. */
export const aDataset = (text: string, size?: number): Base => ({
  input: { [Symbol.asyncIterator]: () => inChunks(Buffer.from(text), size) },
  columns: text.slice(0, text.indexOf('\n')).split(','),
});

export async function checkChanges(
  schema: TableSchema,
  content: string,
  base?: string,
  size?: number,
): Promise<Outcome & { edited: string[] }> {
  const accepted = new Collected();
  const report = new Collected();
  const fixFile = new Collected();
  const result = await checkWith(
    inChunks(Buffer.from(content), size),
    {
      schema,
      format: 'csv',
      encoding: 'utf-8',
      changes: true,
      base: base === undefined ? undefined : aDataset(base, size),
    },
    { accepted, report, fixes: fixFile },
    true,
  );
  return {
    result,
    accepted: accepted.text,
    edited: accepted.text.split('\n').slice(1, -1),
    report: report.text.split('\n').slice(1, -1),
    fixFile: fixFile.text,
  };
}

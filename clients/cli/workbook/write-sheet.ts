import { writeExtracts } from '../../../functions/records/index.ts';
import { visible } from '../../../schemas/contracts/characters.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { FileSink } from '../upload/checking/sinks.ts';

/**
 * A workbook of one sheet with texts, and escapes for what hides or acts on whoever looks at it; no text is a formula. The
 * file appears under its name when it is whole.
 */
export async function writeSheet(
  file: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> {
  const schema = TableSchema.parse({ fields: head.map((name) => ({ name, type: 'string' })) });
  const csv = [head, ...rows].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
  const sink = new FileSink(file);
  try {
    const spec = { fields: [...head], filter: [], mask: {}, format: 'xlsx' as const };
    const [written] = await writeExtracts(once(csv), { schema, columns: head }, [{ spec, sink }]);
    if (written?.ok !== true) throw written?.error;
    await sink.finish(true);
  } catch (fault) {
    await sink.discard();
    throw fault;
  }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text, 'utf8');
}

/** An empty cell stays empty: a missing value. */
const quoted = (cell: string): string => (cell === '' ? '' : `"${visible(cell).replaceAll('"', '""')}"`);

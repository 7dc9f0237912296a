import { eachCsvRow } from '../clean/read/csv-rows.ts';
import type { ByteSink } from '../csv/output.ts';
import { lineOf } from '../csv/quoting.ts';
import { COMMA } from '../csv/scanner.ts';
import { FORMULA } from '../extract/out/sheet-cell.ts';
import { Gather } from '../formats/gather.ts';

const BYTE_ORDER_MARK = '\uFEFF';
/** A number is no formula, whatever its sign. */
const NUMBER = /^[-+]?[\d.,]+%?$/;

/**
 * A report as spreadsheet programs open it: with a byte order mark, without which they take it for the local encoding, and with
 * an apostrophe before values that they would compute. What is exchanged never goes through here.
 */
export async function writeForSpreadsheets(csv: AsyncIterable<Uint8Array>, sink: ByteSink): Promise<void> {
  const output = new Gather();
  output.text(BYTE_ORDER_MARK);
  const flush = async (): Promise<void> => {
    await sink.write(output.take());
  };
  await eachCsvRow(csv, { byte: COMMA, pause: () => (output.full ? flush() : undefined) }, ({ cells }) =>
    output.text(lineOf(cells.map(harmless))),
  );
  await flush();
}

const harmless = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

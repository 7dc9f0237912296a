import type { ViolationCount } from '../../../../schemas/contracts/uploads.ts';
import { count } from '../../../words/quantity.ts';
import { either, word } from '../../../words/speech.ts';
import type { Look } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';
import { lineageScreen, type Made } from '../derive-screens.ts';

export interface PreviewedInput {
  readonly name: string;
  readonly resourceId: string;
  readonly from: string;
  readonly rows: number;
  readonly rejected: number;
}

export interface Preview extends Made {
  readonly read: readonly PreviewedInput[];
  readonly columns: readonly string[];
  readonly rows: number;
  readonly rejected: readonly ViolationCount[];
  readonly head: readonly Readonly<Record<string, string | null>>[];
}

/** What was read, what came of it, and where that comes from. */
export const previewScreen = (preview: Preview, look: Look): string =>
  [readTable(preview, look), resultLines(preview, look), lineageScreen(preview, look)].join('\n\n');

const readTable = ({ read }: Preview, look: Look): string =>
  table(
    read,
    [
      { head: either(look, 'input', '输入'), value: ({ name }) => name },
      { head: word('resource', look), value: ({ resourceId }) => resourceId },
      { head: either(look, 'from', '来自'), value: ({ from }) => from, flexible: true },
      { head: word('rows', look), value: ({ rows }) => count(rows), right: true },
      { head: word('rejected', look), value: ({ rejected }) => count(rejected), right: true },
    ],
    look,
  );

function resultLines({ columns, rows, rejected, head }: Preview, look: Look): string {
  const said = either(look, `${count(rows)} records`, `共 ${count(rows)} 条记录`);
  const refused = rejected.map(({ field, rule, count: times }) => `${field}  ${rule}: ${count(times)}`);
  const shown = table(
    head,
    columns.map((name) => ({ head: name, value: (record) => record[name] ?? '' })),
    look,
  );
  return [said, ...refused, '', shown].join('\n');
}

import type { Preview } from '../../../../schemas/contracts/views.ts';
import { count } from '../../../words/quantity.ts';
import { either, word } from '../../../words/speech.ts';
import { dim, type Look } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';

/** How many records, which fields, and what they look like; the sample shows less than what is given. */
export function previewScreen(preview: Preview, look: Look): string {
  const { rows, exact, datasetVersion, termsVersion, fields, sample } = preview;
  const amount = exact ? count(rows) : either(look, `at least ${count(rows)}`, `至少 ${count(rows)}`);
  const said = either(
    look,
    `Terms v${termsVersion} cover ${amount} ${rows === 1 ? 'record' : 'records'} of dataset ${datasetVersion}:`,
    `条款 v${termsVersion} 涵盖数据版本 ${datasetVersion} 的 ${amount} 条记录：`,
  );
  return [said, fieldTable(fields, look), ...sampleTable(fields, sample, look)].join('\n\n');
}

const fieldTable = (fields: Preview['fields'], look: Look): string =>
  table(
    fields,
    [
      { head: word('field', look), value: ({ name }) => name },
      { head: word('title', look), value: ({ title }) => title ?? '', flexible: true },
      { head: word('sensitivity', look), value: ({ sensitivity }) => sensitivity },
      { head: word('mask', look), value: ({ mask }) => mask ?? '' },
    ],
    look,
  );

function sampleTable(fields: Preview['fields'], sample: Preview['sample'], look: Look): string[] {
  if (sample.length === 0) return [];
  const rows = table(
    sample,
    fields.map(({ name }) => ({
      head: name,
      value: (row: Preview['sample'][number]) => row[name] ?? '',
      flexible: true,
    })),
    look,
  );
  const hides = either(
    look,
    'A sample hides what is not public; what is given follows the terms.',
    '样例隐去非公开内容；实际提供以条款为准。',
  );
  return [rows, dim(hides, look)];
}

import { type Inference, UPLOADS } from '../../../functions/records/index.ts';
import { count } from '../../words/quantity.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, green, type Look, yellow } from '../terminal/look.ts';
import { rulesOf, typeOf } from '../catalog/resource-screen.ts';
import { facts, table } from '../terminal/table.ts';
import type { Typed } from '../upload/command-line.ts';
import { beside } from '../upload/verdict/next-commands.ts';
import { lackingOptions, notesSection, problemsSection } from './remarks.ts';

export interface Proposal {
  readonly found: Inference;
  /** What of the file is no part of its table. */
  readonly cleaning: readonly Words[];
  readonly isMessy: boolean;
  readonly file: string;
  readonly output: string | undefined;
  /** The command with its options, as it was typed, but for the output. */
  readonly again: readonly string[];
  readonly typed: Typed;
}

/** What was read, the fields with what they rest on, remarks, and what to type next. */
export function proposalScreen(proposal: Proposal, look: Look): string {
  const { found } = proposal;
  const sections = [
    summary(proposal, look),
    cleaningSection(proposal, look),
    fieldsTable(found, look),
    notesSection(found, look),
    broken(found, look),
    problemsSection(found, look),
    nextAct(proposal, look),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function summary({ found, file }: Proposal, look: Look): string {
  const { format, encoding, looked, rows, definition } = found;
  const { isText } = UPLOADS[format];
  const passes =
    rows.rejected === 0
      ? green(either(look, `all ${count(rows.read)} records pass`, `全部 ${count(rows.read)} 条记录通过`), look)
      : yellow(
          either(
            look,
            `${count(rows.accepted)} of ${count(rows.read)} records pass`,
            `${count(rows.read)} 条记录中 ${count(rows.accepted)} 条通过`,
          ),
          look,
        );
  const key = definition.schema.primaryKey?.join(' + ');
  return facts(
    [
      [word('file', look), `${file}  ${format.toUpperCase()}${isText ? `, ${encoding}` : ''}`],
      [either(look, 'looked at', '分析'), either(look, `${count(looked)} records`, `${count(looked)} 条记录`)],
      [either(look, 'checked', '核对'), passes],
      [word('key', look), key ?? either(look, 'none found', '未找到')],
    ],
    look,
  );
}

/** Totals are no records: they are never taken in silence. */
function cleaningSection({ cleaning, isMessy }: Proposal, look: Look): string {
  if (cleaning.length === 0) return '';
  const lines = cleaning.map((words) => `  - ${say(words, look)}`);
  if (!isMessy) return lines.join('\n');
  const head = either(
    look,
    'The table alone was looked at; the file has to be cleaned',
    '只分析了表格本身；文件需要整理',
  );
  return [yellow(head, look), ...lines].join('\n');
}

function fieldsTable({ definition, evidence }: Inference, look: Look): string {
  const rows = definition.schema.fields.flatMap((field, i) => {
    const seen = evidence[i];
    return seen ? [{ field, seen }] : [];
  });
  return table(
    rows,
    [
      { head: word('field', look), value: ({ field }) => field.name },
      { head: word('type', look), value: ({ field }) => typeOf(field) },
      { head: word('rules', look), value: ({ field }) => rulesOf(field).join(', '), flexible: true },
      { head: word('sensitivity', look), value: ({ field }) => field.sensitivity },
      { head: either(look, 'missing', '缺失'), value: ({ seen }) => share(seen.missing, seen.seen), right: true },
      {
        head: either(look, 'distinct', '不同值'),
        value: ({ seen }) => `${seen.exact ? '' : '~'}${count(seen.distinct)}`,
        right: true,
      },
      { head: either(look, 'example', '示例'), value: ({ seen }) => seen.example ?? '', flexible: true },
    ],
    look,
  );
}

/** Little is not nothing. */
function share(part: number, whole: number): string {
  if (part === 0) return '';
  const percent = (100 * part) / whole;
  return percent < 0.1 ? '<0.1 %' : `${percent.toFixed(1)} %`;
}

function broken({ residue }: Inference, look: Look): string {
  if (residue.length === 0) return '';
  const head = either(look, 'No definition can accept these', '任何定义都无法接受');
  const lines = residue.map(
    ({ rule, count: times, firstLine, lines: at = [firstLine] }) =>
      `  ${rule}  ${count(times)}  ${either(look, 'lines', '行')} ${at.map(count).join(', ')}`,
  );
  return [yellow(head, look), ...lines].join('\n');
}

function nextAct({ found, isMessy, file, output, again, typed }: Proposal, look: Look): string {
  const label = bold(word('next', look), look);
  const lacking = lackingOptions(found);
  if (output === undefined || found.problems.length > 0)
    return `${label}  ${[typed(...again, '-o', output ?? 'definition.json'), lacking].filter(Boolean).join(' ')}`;
  const publish = `${label}  ${typed('publish', output)}`;
  if (!isMessy) return publish;
  return `${publish}\n      ${typed('clean', file, '--definition', output, '-o', beside(file, 'clean'))}`;
}

import {
  type CellChange,
  columnsSay,
  explainKind,
  explainRule,
  headline,
  layoutSays,
  matchedByWords,
  type Mending,
  rowsSay,
} from '../../../functions/records/index.ts';
import { cellName, columnLetters } from '../../../functions/records/formats/cell-name.ts';
import type { Language, Words } from '../../../schemas/words/language.ts';
import { count } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { texts } from '../../words/verdict.ts';
import { bold, green, type Look, red, yellow } from '../terminal/look.ts';
import { shown } from '../terminal/printable.ts';
import { facts, table } from '../terminal/table.ts';
import type { Against } from '../upload/checking/check-against.ts';
import type { Typed } from '../upload/command-line.ts';
import { beside } from '../upload/verdict/next-commands.ts';
import type { CleanResult } from './clean-document.ts';

export interface CleanView extends CleanResult {
  readonly typed: Typed;
  /** The command as it was typed, but for its output. */
  readonly again: readonly string[];
  readonly against: Pick<Against, 'resourceId' | 'options'>;
}

/** What the file is, what is changed in sum and cell by cell, what stays wrong, the verdict on the result, what to type next. */
export function cleanScreen(view: CleanView, look: Look): string {
  const sections = [
    summary(view, look),
    sentences(view, look),
    columnsTable(view, look),
    changesTable(view, look),
    cellsTable(view, look),
    wrongTable(view, look),
    verdictLine(view, look),
    nextAct(view, look),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function summary({ cleaned, file, isRight }: CleanView, look: Look): string {
  const { applied } = cleaned;
  const changed = applied.changes.reduce((sum, { places }) => sum + places.count, 0);
  const what = isRight
    ? green(
        either(
          look,
          'nothing: every cell is right as it is, or cannot be mended',
          '无需修改：单元格均正确，或无法自动修正',
        ),
        look,
      )
    : either(look, `${count(changed)} cells`, `${count(changed)} 个单元格`);
  return facts(
    [
      [word('file', look), shown(file)],
      [either(look, 'records', '记录'), count(applied.records)],
      [either(look, 'to change', '修改'), what],
    ],
    look,
  );
}

function sentences({ cleaned: { diagnosis, applied } }: CleanView, look: Look): string {
  const all = [...layoutSays(diagnosis.layout), ...columnsSay(diagnosis), ...rowsSay(applied, diagnosis)];
  return all.map((words) => `- ${shown(say(words, look))}`).join('\n');
}

/** Only where a column is called otherwise than its field. */
function columnsTable({ cleaned: { diagnosis } }: CleanView, look: Look): string {
  const renamed = diagnosis.plan.matches.filter(({ field, name }) => field !== undefined && field !== name);
  if (renamed.length === 0) return '';
  return table(
    shown(renamed),
    [
      { head: word('column', look), value: ({ column }) => columnLetters(column) },
      { head: either(look, 'header', '表头'), value: ({ name }) => name, flexible: true },
      { head: word('field', look), value: ({ field }) => field ?? '' },
      { head: either(look, 'how', '依据'), value: ({ by }) => say(matchedByWords(by), look) },
    ],
    look,
  );
}

const MERGED: Words = { en: 'a merged cell, written into each row', zh: '合并单元格的值填入每一行' };
const ORDERED: Words = {
  en: 'dates, in the order that the others show or was answered',
  zh: '日期，按同列其他值或答复的先后',
};
function mendingSays(mending: Mending, lang: Language): string {
  if (mending === 'merged-cell') return MERGED[lang];
  return mending.includes(' or ') ? ORDERED[lang] : explainKind(mending, lang).says;
}

function changesTable({ cleaned: { applied } }: CleanView, look: Look): string {
  if (applied.changes.length === 0) return '';
  return table(
    shown(applied.changes.map(({ field, by, places }) => ({ field, by, count: places.count, cells: places.first }))),
    [
      { head: word('field', look), value: ({ field }) => field },
      { head: either(look, 'mended', '修正'), value: ({ by }) => mendingSays(by, look.lang), flexible: true },
      { head: either(look, 'cells', '单元格数'), value: (row) => count(row.count), right: true },
      { head: either(look, 'first', '最先'), value: ({ cells }) => cells.join(', '), flexible: true },
    ],
    look,
  );
}

function cellsTable({ cleaned: { applied } }: CleanView, look: Look): string {
  if (applied.first.length === 0) return '';
  const masked = either(look, '(personal data)', '（个人信息）');
  const value = (text: string | undefined): string =>
    text === undefined ? masked : text === text.trim() && text !== '' ? text : JSON.stringify(text);
  return table<CellChange>(
    shown(applied.first),
    [
      { head: word('cell', look), value: ({ column, row }) => cellName(column, row) },
      { head: word('field', look), value: ({ field }) => field },
      { head: either(look, 'from', '原值'), value: ({ from }) => value(from), flexible: true },
      { head: either(look, 'to', '改为'), value: ({ to }) => value(to), flexible: true },
    ],
    look,
  );
}

function wrongTable({ cleaned: { applied }, schema }: CleanView, look: Look): string {
  if (applied.wrong.length === 0) return '';
  const fieldOf = (name: string) => schema.fields.find((field) => field.name === name);
  const says = (field: string, rule: string, kind: string | undefined): string =>
    kind === undefined ? explainRule(rule, fieldOf(field), look.lang).fault : explainKind(kind, look.lang).says;
  const todo = (field: string, rule: string, kind: string | undefined): string =>
    kind === undefined ? explainRule(rule, fieldOf(field), look.lang).todo : explainKind(kind, look.lang).todo;
  const rows = applied.wrong.map(({ field, by: { rule, kind }, places }) => ({
    field,
    says: says(field, rule, kind),
    todo: todo(field, rule, kind),
    places,
  }));
  const head = yellow(either(look, 'Cannot be mended by itself', '无法自动修正'), look);
  return `${head}\n${table(
    shown(rows.map(({ places, ...row }) => ({ ...row, count: places.count, cells: places.first }))),
    [
      { head: word('field', look), value: ({ field }) => field },
      { head: either(look, 'fault', '问题'), value: (row) => row.says, flexible: true },
      { head: either(look, 'cells', '单元格数'), value: (row) => count(row.count), right: true },
      { head: either(look, 'first', '最先'), value: ({ cells }) => cells.join(', '), flexible: true },
      { head: either(look, 'do', '处理'), value: (row) => row.todo, flexible: true },
    ],
    look,
  )}`;
}

function verdictLine({ judged, isRight }: CleanView, look: Look): string {
  const color = judged.state === 'refused' ? red : (judged.rows?.rejected ?? 0) > 0 ? yellow : green;
  const head = isRight ? '' : either(look, 'When cleaned: ', '整理后：');
  return bold(color(`${head}${headline(judged, look.lang)}`, look), look);
}

function nextAct(view: CleanView, look: Look): string {
  const { says, command } = nextOf(view, look);
  return `${bold(texts(look.lang).next, look)}\n  ${says}\n    ${bold(command, look)}`;
}

function nextOf(view: CleanView, look: Look): { readonly says: string; readonly command: string } {
  const { written, file, isRight, cleaned, typed, again, against, judged } = view;
  const t = texts(look.lang).acts;
  const isText = cleaned.diagnosis.layout.form.is === 'text';
  if (written === undefined && !(isRight && isText))
    return { says: t.writeClean, command: typed(...again, '-o', beside(file, 'clean')) };
  const ready = written ?? file;
  if (judged.state === 'refused')
    return { says: t.mendFile(ready), command: typed('check', ready, ...against.options) };
  return { says: t.send, command: typed('upload', ready, '--resource', against.resourceId) };
}

import { explainRule } from '../../../../functions/records/index.ts';
import type { Field, TableSchema } from '../../../../schemas/contracts/definition.ts';
import { count } from '../../../words/quantity.ts';
import { texts } from '../../../words/verdict.ts';
import { bold, type Look } from '../../terminal/look.ts';
import { pad, widthOf } from '../../terminal/text-width.ts';
import { indent } from './indent.ts';
import type { Fault, RejectedRecord } from './report-head.ts';
import type { VerdictView } from './verdict-view.ts';

/** The first rejected records: where, what was found, what is expected, what to do. */
export function recordsScreen(view: VerdictView, look: Look): string {
  const { judged, records } = view;
  if (records.length === 0) return '';
  const t = texts(look.lang);
  const all = judged.rows?.rejected ?? records.length;
  const title = records.length < all ? t.firstRecords(records.length, count(all)) : t.allRecords(all);
  const told = new Set<string>();
  return [bold(title, look), ...records.map((record) => indent(recordLines(record, view, told, look)))].join('\n');
}

type Viewed = Pick<VerdictView, 'schema' | 'hasColumns'>;

/** @param told rules of fields that have been explained: the next record that breaks one is told in a line */
const recordLines = ({ line, faults }: RejectedRecord, view: Viewed, told: Set<string>, look: Look): string =>
  faults
    .map((fault) => {
      const again = told.has(`${fault.rule} ${fault.field}`);
      told.add(`${fault.rule} ${fault.field}`);
      return again ? shortly(line, fault, view, look) : fully(line, fault, view, look);
    })
    .join('\n');

const explained = ({ rule, field }: Fault, schema: TableSchema, look: Look) =>
  explainRule(rule, fieldOf(field, schema), look.lang);

const fieldOf = (name: string, { fields }: TableSchema): Field | undefined =>
  fields.find((field) => field.name === name);

function titleOf(line: number, fault: Fault, { schema, hasColumns }: Viewed, look: Look): string {
  const t = texts(look.lang);
  const { fault: what } = explained(fault, schema, look);
  if (fault.column === undefined) return t.recordAt(count(line), what);
  const said = `${fault.field} ${what}`;
  return hasColumns ? t.faultAt(count(line), letters(fault.column), said) : t.faultIn(count(line), said);
}

function shortly(line: number, fault: Fault, view: Viewed, look: Look): string {
  const { schema } = view;
  const title = titleOf(line, fault, view, look);
  if (fault.column === undefined || fault.rule === 'required') return title;
  const t = texts(look.lang);
  return t.alsoFound(title, shown(fault.value, fieldOf(fault.field, schema), t));
}

function fully(line: number, fault: Fault, view: Viewed, look: Look): string {
  const { schema } = view;
  const t = texts(look.lang);
  const { expected, todo } = explained(fault, schema, look);
  const entries: (readonly [string, string])[] = [
    ...(fault.column === undefined ? [] : [[t.found, shown(fault.value, fieldOf(fault.field, schema), t)] as const]),
    [t.expected, expected],
    [t.todo, todo],
  ];
  const width = Math.max(...entries.map(([name]) => widthOf(name)));
  const rows = entries.filter(([, text]) => text !== '').map(([name, text]) => `  ${pad(name, width)}  ${text}`);
  return [titleOf(line, fault, view, look), ...rows].join('\n');
}

const MASK = '***';

function shown(value: string, field: Field | undefined, t: ReturnType<typeof texts>): string {
  if (value === '') return t.nothing;
  const masked = value === MASK && (field?.sensitivity === 'personal' || field?.sensitivity === 'sensitive' || !field);
  return masked ? `${MASK} ${t.masked}` : printable(value);
}

/** Control characters of a damaged file must not reach the terminal. */
const printable = (value: string): string => value.replaceAll(/\p{Cc}/gu, '␦');

/** 1 is A, 27 is AA: what a spreadsheet calls the column. */
function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCodePoint(65 + ((column - 1) % 26));
}

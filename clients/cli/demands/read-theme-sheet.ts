import * as z from 'zod';
import { DemandBody } from '../../../schemas/contracts/demands.ts';
import { ThemeId } from '../../../schemas/contracts/ids.ts';
import { ThemeBody } from '../../../schemas/contracts/themes.ts';
import { cellName } from '../../../functions/records/formats/cell-name.ts';
import type { Sheet } from '../workbook/read-sheet.ts';
import { columnsOf, Row } from '../workbook/row.ts';
import type { SheetProblem } from '../workbook/sheet-problem.ts';
import { fieldsOf } from './field-text.ts';
import { headings, type ColumnKey } from './sheet-layout.ts';

export interface ThemeSheet {
  readonly themeId: string;
  readonly theme: ThemeBody;
  /** Demands that are not in the hub yet. */
  readonly demands: readonly { readonly row: number; readonly body: DemandBody }[];
  /** Rows that have a demand's id: the hub has them. */
  readonly known: number;
}

export type ReadThemeSheet =
  | { readonly ok: true; readonly value: ThemeSheet }
  | { readonly ok: false; readonly problems: readonly SheetProblem[] };

/** A theme and its demands out of a workbook: all that is wrong with it, or all of it. @param department who imports it */
export function readThemeSheet(sheet: Sheet, department: string): ReadThemeSheet {
  const columns = columnsOf(sheet.head, headings);
  const missing = required.filter((key) => !columns.has(key));
  if (missing.length > 0)
    return {
      ok: false,
      problems: missing.map((key) => ({
        cell: cellName(1, 1),
        column: headings[key],
        message: 'the column is missing',
      })),
    };
  const rows = sheet.rows.map((row) => new Row(row, columns, headings));
  const problems: SheetProblem[] = [];
  const themeId = checked(rows[0], { themeId: rows[0]?.text('themeId') }, ThemeIdentity, problems)?.themeId;
  const theme = checked(rows[0], themeOf(rows[0]), ThemeBody, problems);
  const fresh = rows.filter((row) => row.text('title') !== '' && row.text('demandId') === '');
  const demands = fresh.flatMap((row) => {
    problems.push(...foreign(row, department));
    const body = checked(row, demandOf(row), DemandBody, problems);
    return body ? [{ row: row.number, body }] : [];
  });
  problems.push(...strays(rows));
  if (problems.length > 0 || themeId === undefined || !theme) return { ok: false, problems };
  const known = rows.filter((row) => row.text('demandId') !== '').length;
  return { ok: true, value: { themeId, theme, demands, known } };
}

const ThemeIdentity = z.object({ themeId: ThemeId });

const required = ['themeId', 'name', 'lead', 'themePurpose', 'title', 'purpose', 'legalBasis'] as const;

type ThemeRow = Row<ColumnKey>;

const list = (text: string): string[] =>
  text
    .split(/[;；,，、\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** An empty cell says nothing. */
const said = (entries: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(entries).filter(([, text]) => text !== ''));

const themeOf = (row: ThemeRow | undefined): object =>
  row
    ? {
        ...said({ name: row.text('name'), nameEn: row.text('nameEn'), lead: row.text('lead') }),
        members: list(row.text('members')),
        ...said({ purpose: row.text('themePurpose') }),
      }
    : {};

const demandOf = (row: ThemeRow): object => ({
  ...said({
    title: row.text('title'),
    description: row.text('description'),
    resourceId: row.text('resourceId'),
    mode: row.text('mode'),
    frequency: row.text('frequency'),
    purpose: row.text('purpose'),
    legalBasis: row.text('legalBasis'),
    neededBy: row.text('neededBy'),
  }),
  fields: fieldsOf(row.text('fields')),
  from: list(row.text('from')),
});

/** What the contract says of it, told of the cells that it came from. */
function checked<S extends z.ZodType>(
  row: ThemeRow | undefined,
  content: object,
  schema: S,
  problems: SheetProblem[],
): z.output<S> | undefined {
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const columns: Readonly<Record<string, ColumnKey>> =
    schema === (ThemeBody as unknown) ? { purpose: 'themePurpose' } : {};
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0] ?? 'title');
    const key = columns[name] ?? ((name in headings ? name : 'title') as ColumnKey);
    const told = row?.text(key) === '' ? 'nothing is written here' : message;
    problems.push(row?.problem(key, told) ?? { cell: cellName(1, 2), column: headings[key], message: told });
  }
  return undefined;
}

/** Whoever posts a demand is its demander. */
function foreign(row: ThemeRow, department: string): readonly SheetProblem[] {
  const demander = row.text('demander');
  return demander === '' || demander === department
    ? []
    : [row.problem('demander', `only ${demander} states its own demands: leave the row out, or the cell empty`)];
}

/** A row of another theme, or one with something in it and no title. */
const strays = (rows: readonly ThemeRow[]): readonly SheetProblem[] =>
  rows.flatMap((row, index) => {
    const theme = row.text('themeId');
    if (index > 0 && theme !== '' && theme !== rows[0]?.text('themeId'))
      return [row.problem('themeId', 'a workbook holds one theme: put the other into one of its own')];
    return index > 0 && row.text('title') === '' ? [row.problem('title', 'nothing is written here')] : [];
  });

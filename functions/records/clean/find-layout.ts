import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import { columnOf } from '../types/column.ts';
import { NO_HEADER } from './answers.ts';
import type { Answers, FileRow, Question } from './contract.ts';
import { type Delimiter, DELIMITERS, delimiterOf } from './layout/delimiter.ts';
import { type Header, headerByShape, headerOfFields, MAX_TITLE_ROWS } from './layout/header-row.ts';
import type { Layout } from './layout/layout.ts';
import { matchColumns } from './layout/match-columns.ts';
import { looksHeaderless } from './layout/without-header.ts';
import type { FileForm, MessyFile } from './read/messy-file.ts';
import type { Refused } from './refused.ts';

export interface Asks {
  readonly questions: readonly Question[];
}

/** A header stands among the first rows, and what is below it tells whether it is one. */
const HEAD_ROWS = MAX_TITLE_ROWS + 20;
/** Sheets that are looked into. */
const MAX_SHEETS = 50;
/** Rows that are offered as the header. */
const MAX_OFFERED = 10;

/** A form in which the file may be read, and how much it looks like the resource then. */
interface Candidate {
  readonly form: FileForm;
  readonly rows: readonly FileRow[];
  readonly header: Header | undefined;
  /** How many fields its header names. */
  readonly named: number;
}

export interface LayoutOptions {
  /** Undefined where no definition is known: then the shape alone tells. */
  readonly schema: TableSchema | undefined;
  readonly answers: Answers;
}

/** Where the records of a file are. @throws RefusedFile if it cannot be read. */
export async function findLayout(file: MessyFile, options: LayoutOptions): Promise<Layout | Asks | Refused> {
  const chosen = file.is === 'text' ? await cutText(file, options) : await chosenSheet(file, options);
  if (!('form' in chosen)) return chosen;
  const header = headerAsAnswered(chosen, options) ?? chosen.header;
  if (header === 'no-such-row') return { refused: 'no-such-row', detail: options.answers.get('header') };
  if (!header) return { questions: [askHeader(chosen, options)] };
  const names = withNameless(header, chosen.rows);
  const titles = chosen.rows.map(({ row }) => row).filter((row) => row < header.first);
  const otherSheets = file.sheets.filter((sheet) => chosen.form.is === 'workbook' && sheet !== chosen.form.sheet);
  return { form: chosen.form, header: { ...header, names }, otherSheets, titles };
}

/** Columns behind the last name count where most rows have something in them. */
function withNameless({ last, names }: Header, rows: readonly FileRow[]): string[] {
  const widths = rows
    .filter(({ row }) => row > last)
    .map(({ cells }) => cells.findLastIndex((cell) => cell.trim() !== '') + 1)
    .toSorted((a, b) => a - b);
  const width = widths[Math.floor(widths.length / 2)] ?? 0;
  return Array.from({ length: Math.max(names.length, width) }, (_, i) => names[i] ?? '');
}

async function cutText(file: MessyFile, { schema }: LayoutOptions): Promise<Candidate | Refused> {
  const cuts: (Candidate & { readonly delimiter: Delimiter })[] = [];
  for (const delimiter of DELIMITERS)
    cuts.push({
      delimiter,
      ...(await candidate(file, { is: 'text', encoding: file.encoding, delimiter, lineEnds: file.lineEnds }, schema)),
    });
  const [byCommas] = cuts;
  if (!byCommas || byCommas.rows.length === 0) return { refused: 'empty' };
  if (schema && isHeaderAsIs(byCommas.rows[0], schema.fields)) return byCommas;
  const most = Math.max(...cuts.map(({ named }) => named));
  const best = cuts.filter(({ named }) => named === most);
  const delimiter = delimiterOf(
    best.map((cut) => ({ delimiter: cut.delimiter, widths: cut.rows.map(({ cells }) => cells.length) })),
  );
  return best.find((cut) => cut.delimiter === delimiter) ?? best[0] ?? byCommas;
}

/** Names of fields and nothing else. */
const isHeaderAsIs = (row: FileRow | undefined, fields: readonly Field[]): boolean =>
  row?.row === 1 && row.cells.every((cell) => fields.some(({ name }) => name === cell));

async function chosenSheet(file: MessyFile, { schema, answers }: LayoutOptions): Promise<Candidate | Asks | Refused> {
  const asked = answers.get('sheet');
  if (asked !== undefined && !file.sheets.includes(asked))
    return { refused: 'no-such-sheet', detail: file.sheets.join(', ') };
  const candidates: Candidate[] = [];
  for (const sheet of asked === undefined ? file.sheets.slice(0, MAX_SHEETS) : [asked])
    candidates.push(await candidate(file, { is: 'workbook', sheet }, schema));
  const filled = candidates.filter(({ rows }) => rows.length > 0);
  const most = Math.max(0, ...filled.map(({ named }) => named));
  const best = schema ? filled.filter(({ named }) => named === most) : firstTable(filled);
  const [only, second] = best;
  if (!only) return { refused: 'empty' };
  return second && most > 0 ? { questions: [askSheet(best)] } : only;
}

/** The first sheet with a header and something below it; otherwise the first. */
const firstTable = (candidates: readonly Candidate[]): Candidate[] => {
  const table = candidates.find(
    ({ header, rows }) => header && header.names.length > 1 && rows.some(({ row }) => row > header.last),
  );
  return [table, ...candidates].flatMap((candidate) => (candidate ? [candidate] : [])).slice(0, 1);
};

const askSheet = (candidates: readonly Candidate[]): Question => {
  const names = candidates.flatMap(({ form }) => (form.is === 'workbook' ? [form.sheet] : []));
  return { name: 'sheet', about: 'sheet', options: names, places: names };
};

async function candidate(file: MessyFile, form: FileForm, schema: TableSchema | undefined): Promise<Candidate> {
  const rows = await file.head(form, HEAD_ROWS);
  if (!schema) return { form, rows, header: headerByShape(rows), named: 0 };
  const header = headerOfFields(rows, schema.fields);
  const named = header
    ? matchColumns(header.names, schema.fields).filter(({ field }) => field !== undefined).length
    : 0;
  return { form, rows, header, named };
}

function headerAsAnswered({ rows }: Candidate, { schema, answers }: LayoutOptions): Header | 'no-such-row' | undefined {
  const answer = answers.get('header');
  if (answer === undefined) return undefined;
  if (answer === NO_HEADER && schema) return { first: 0, last: 0, names: schema.fields.map(({ name }) => name) };
  const found = rows.find(({ row }) => String(row) === answer);
  return found ? { first: found.row, last: found.row, names: found.cells.map((cell) => cell.trim()) } : 'no-such-row';
}

/** Where the rows are records from the first on, that is the first thing offered. */
function askHeader({ rows }: Candidate, { schema }: LayoutOptions): Question {
  const numbers = rows.slice(0, MAX_OFFERED).map(({ row }) => String(row));
  const isHeaderless =
    schema !== undefined &&
    looksHeaderless(
      rows,
      schema.fields.map((field) => columnOf(field, schema)),
    );
  const options = isHeaderless ? [NO_HEADER, ...numbers] : [...numbers, ...(schema ? [NO_HEADER] : [])];
  return { name: 'header', about: 'header', options, places: [] };
}

import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { columnLetters } from '../formats/cell-name.ts';
import { formsOf, OWN_FORMS } from '../formats/forms.ts';
import { isRequired } from '../types/column.ts';
import { ASKED_KINDS, DAY_FIRST, KEEP, LEAVE_OUT, MONTH_FIRST, NO, YES } from './answers.ts';
import { type Answers, type ColumnMatch, MAX_COLUMNS, type Question } from './contract.ts';
import { Evidence } from './evidence.ts';
import { type Asks, findLayout } from './find-layout.ts';
import type { Layout } from './layout/layout.ts';
import { matchColumns } from './layout/match-columns.ts';
import { type Plan, plannedColumns } from './plan.ts';
import type { MessyFile, RowOptions } from './read/messy-file.ts';
import type { Refused } from './refused.ts';

/** What is to be done to a file so that it is one that the hub takes; nothing is done yet. */
export interface Diagnosis {
  readonly layout: Layout;
  readonly plan: Plan;
  readonly evidence: Evidence;
}

export type Diagnosed = Diagnosis | Asks | Refused;

/**
 * Reads the whole file and says what would be changed: where its records are, which columns are which fields, what kinds of
 * fault can be mended. What the file does not decide is asked; `answers` are given by the names of questions.
 */
export async function diagnose(file: MessyFile, schema: TableSchema, answers: Answers): Promise<Diagnosed> {
  const layout = await findLayout(file, { schema, answers });
  if (!('form' in layout)) return layout;
  if (layout.form.is === 'workbook' && (await file.isMergedAllOver(layout.form.sheet)))
    return { refused: 'too-many-merged' };
  const names = layout.header.names;
  if (names.length > MAX_COLUMNS) return { refused: 'too-many-columns', detail: String(names.length) };
  const matches = matched(layout, schema, answers);
  const open = planned(schema, matches, layout, answers, undefined);
  const evidence = await evidenceOf(file, layout, schema, open);
  if (evidence.records === 0) return { refused: 'no-records' };
  const questions = [...columnQuestions(matches, evidence, schema, answers), ...cellQuestions(evidence, answers)];
  if (questions.length > 0) return { questions };
  const lacking = schema.fields.filter(
    (field) => isRequired(field, schema) && !matches.some((match) => match.field === field.name),
  );
  if (lacking.length > 0) return { refused: 'no-field', detail: lacking.map(({ name }) => name).join(', ') };
  return { layout, plan: planned(schema, matches, layout, answers, evidence), evidence };
}

/** How rows below the header are read, by the fields that their columns are. */
export function rowOptions(schema: TableSchema, { header }: Layout, matches: readonly ColumnMatch[]): RowOptions {
  const forms = matches.map(({ field: name }) => {
    const field = schema.fields.find((each) => each.name === name);
    return field ? formsOf(field, schema) : OWN_FORMS;
  });
  return {
    forms: (i) => forms[i] ?? OWN_FORMS,
    width: matches.length,
    mergedFrom: header.last + 1,
    headerRow: header.last,
  };
}

async function evidenceOf(file: MessyFile, layout: Layout, schema: TableSchema, plan: Plan): Promise<Evidence> {
  const evidence = new Evidence(plan);
  const { last } = layout.header;
  await file.eachRow(
    layout.form,
    (row) => {
      if (row.row > last) evidence.add(row);
    },
    rowOptions(schema, layout, plan.matches),
  );
  return evidence;
}

/** A column of running numbers is the table's own. */
const SERIAL = /^(?:序号|序|行号|no\.?|#|index)$/i;

function matched({ header }: Layout, { fields }: TableSchema, answers: Answers): ColumnMatch[] {
  if (header.last === 0) return fields.map(({ name }, i) => ({ column: i + 1, name, field: name, by: 'order' }));
  const answered = header.names.map((_, i) => answers.get(`column.${columnLetters(i + 1)}`));
  const free = fields.filter(({ name }) => !answered.includes(name));
  const names = header.names.map((name, i) => (answered[i] === undefined ? name : ''));
  return matchColumns(names, free).map((match, i) => {
    const name = header.names[i] ?? '';
    const answer = answered[i];
    if (answer === undefined) return { ...match, name };
    return { column: match.column, name, by: 'answer', field: answer === LEAVE_OUT ? undefined : answer };
  });
}

function planned(
  schema: TableSchema,
  matches: readonly ColumnMatch[],
  { header }: Layout,
  answers: Answers,
  evidence: Evidence | undefined,
): Plan {
  const about = (field: string) => ({
    settings: { order: orderOf(answers.get(`dates.${field}`)) ?? evidence?.orders.get(field)?.shown },
    allowed: new Map(
      ASKED_KINDS.flatMap((kind) => {
        const answer = answers.get(`${kind}.${field}`);
        return answer === undefined ? [] : [[kind, answer === YES] as const];
      }),
    ),
  });
  return {
    names: header.names,
    matches,
    columns: plannedColumns(matches, schema, about),
    totals: choiceOf(answers.get('totals')),
    headings: choiceOf(answers.get('headings')),
    lastRecord: evidence?.lastRecord ?? Number.POSITIVE_INFINITY,
  };
}

const orderOf = (answer: string | undefined) => (answer === DAY_FIRST || answer === MONTH_FIRST ? answer : undefined);
const choiceOf = (answer: string | undefined) => (answer === KEEP || answer === LEAVE_OUT ? answer : undefined);

/** A column that no name tells of is asked about as long as a field is left that it might be. */
function columnQuestions(
  matches: readonly ColumnMatch[],
  evidence: Evidence,
  schema: TableSchema,
  answers: Answers,
): Question[] {
  const free = schema.fields.map(({ name }) => name).filter((name) => !matches.some(({ field }) => field === name));
  if (free.length === 0) return [];
  const open = matches.filter(
    ({ column, field, name }) =>
      field === undefined &&
      evidence.used.has(column) &&
      !SERIAL.test(name) &&
      !answers.has(`column.${columnLetters(column)}`),
  );
  return open.map(({ column, name }) => ({
    name: `column.${columnLetters(column)}`,
    about: 'column',
    options: [...free, LEAVE_OUT],
    places: [columnLetters(column)],
    subject: name,
  }));
}

function cellQuestions({ orders, asked, totals, headings }: Evidence, answers: Answers): Question[] {
  const dates = [...orders].flatMap(([field, order]): Question[] =>
    order.open.count === 0 || order.shown !== undefined || answers.has(`dates.${field}`)
      ? []
      : [
          {
            name: `dates.${field}`,
            about: 'dates',
            subject: field,
            options: [DAY_FIRST, MONTH_FIRST],
            places: order.open.first,
            count: order.open.count,
          },
        ],
  );
  const kinds = [...asked].flatMap(([name, { kind, field, places }]): Question[] =>
    answers.has(name)
      ? []
      : [{ name, about: kind, subject: field, options: [YES, NO], places: places.first, count: places.count }],
  );
  const rows = (
    [
      ['totals', totals],
      ['headings', headings],
    ] as const
  ).flatMap(([name, places]): Question[] =>
    places.count === 0 || answers.has(name)
      ? []
      : [{ name, about: name, options: [LEAVE_OUT, KEEP], places: places.first, count: places.count }],
  );
  return [...dates, ...kinds, ...rows];
}

import type { QuestionKind } from './contract.ts';

export const LEAVE_OUT = 'leave-out';
export const KEEP = 'keep';
export const YES = 'yes';
export const NO = 'no';
export const DAY_FIRST = 'day-first';
export const MONTH_FIRST = 'month-first';
/** Answer to `header`: the file has none, its columns are the fields in their order. */
export const NO_HEADER = 'none';

/** Kinds of fault that one change would mend, though the value may mean something else: nobody but the owner knows. */
export const ASKED_KINDS = [
  'unit',
  'decimal-comma',
  'letter-for-digit',
  'date-and-time',
  'date-alone',
  'whole-date',
] as const satisfies readonly QuestionKind[];
export type AskedKind = (typeof ASKED_KINDS)[number];

export const isAsked = (kind: string): kind is AskedKind => (ASKED_KINDS as readonly string[]).includes(kind);

/** What may be answered to a question of this name, if only certain words may; undefined where no question is called so. */
export function optionsOf(name: string, fields: readonly string[]): readonly string[] | 'any' | undefined {
  const [about = '', ...rest] = name.split('.');
  const subject = rest.join('.');
  if (name === 'sheet' || name === 'header') return 'any';
  if (name === 'totals' || name === 'headings') return [LEAVE_OUT, KEEP];
  if (about === 'column' && /^[A-Z]{1,3}$/.test(subject)) return [...fields, LEAVE_OUT];
  if (!fields.includes(subject)) return undefined;
  if (about === 'dates') return [DAY_FIRST, MONTH_FIRST];
  return isAsked(about) ? [YES, NO] : undefined;
}

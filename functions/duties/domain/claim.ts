import type { DutyId } from '../../../schemas/contracts/duties.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Term } from './term.ts';

/** Something owed, before it is said about what. */
export interface Claim {
  readonly by: DepartmentId;
  readonly to: readonly DepartmentId[];
  readonly term: Term;
}

/** A duty's rule: who owes it now. Each duty is in exactly one table of rules, so that leaving one out does not compile. */
export type Rules<Duty extends DutyId, Case> = Readonly<Record<Duty, (matter: Case) => readonly Claim[]>>;

/** The same claim on each of some departments, towards the others of `to`. */
export const owedBy = (debtors: readonly DepartmentId[], to: readonly DepartmentId[], term: Term): readonly Claim[] =>
  debtors.map((by) => ({ by, to: to.filter((department) => department !== by), term }));

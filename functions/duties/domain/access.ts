import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Role } from '../../../schemas/contracts/hub.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { partiesOf } from './agreement-case.ts';

/** Whoever asks: a department, with the roles that the registry gives it. */
export interface Reader {
  readonly department: DepartmentId;
  readonly roles: readonly Role[];
}

/** Authority and auditor see what anybody owes. */
export const seesAll = ({ roles }: Reader): boolean => roles.includes('authority') || roles.includes('auditor');

/** Parties, authority and auditor know of an agreement; for everyone else it does not exist. */
export const knowsOf = (agreement: Agreement, reader: Reader): boolean =>
  seesAll(reader) || partiesOf(agreement).includes(reader.department);

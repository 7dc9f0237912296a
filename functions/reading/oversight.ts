import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Role } from '../../schemas/contracts/hub.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import { isParty } from './agreement.ts';

/** Whoever acts or asks: a department, with the roles that the registry gives it. */
export interface Officer {
  readonly department: DepartmentId;
  readonly roles: readonly Role[];
}

/** Authority and auditor see every agreement, demand, duty and figure, also where they are a party to some. */
export const seesAll = ({ roles }: Pick<Officer, 'roles'>): boolean =>
  roles.includes('authority') || roles.includes('auditor');

/** Parties, authority and auditor know of an agreement; for everyone else it does not exist. */
export const mayRead = (agreement: Pick<Agreement, 'provider' | 'consumer'>, by: Officer): boolean =>
  isParty(agreement, by.department) || seesAll(by);

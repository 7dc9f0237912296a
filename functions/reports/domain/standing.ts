import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Role } from '../../../schemas/contracts/hub.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';

/** Whoever asks: a department, with the roles that the registry gives it. */
export interface Officer {
  readonly department: DepartmentId;
  readonly roles: readonly Role[];
}

/** Authority and auditor see every agreement and every figure, also where they are a party to some. */
export const seesAll = ({ roles }: Officer): boolean => roles.includes('authority') || roles.includes('auditor');

export const mayRead = ({ provider, consumer }: Pick<Agreement, 'provider' | 'consumer'>, by: Officer): boolean =>
  by.department === provider || by.department === consumer || seesAll(by);

import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Role } from '../../../schemas/contracts/hub.ts';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';

/** Whoever acts: a department, with the roles that the registry gives it. */
export interface Officer {
  readonly department: DepartmentId;
  readonly roles: readonly Role[];
}

/** What a department is to an agreement; the authority can be a party as well. */
export type Standing = 'provider' | 'consumer' | 'authority' | 'auditor' | 'drafter';

export function standingsOf(
  { provider, consumer, terms }: Agreement,
  { department, roles }: Officer,
): readonly Standing[] {
  const standings: Record<Standing, boolean> = {
    provider: department === provider,
    consumer: department === consumer,
    authority: roles.includes('authority'),
    auditor: roles.includes('auditor'),
    // Of any terms version, also one that is no longer on the table.
    drafter: terms.some(({ proposedBy }) => proposedBy === department),
  };
  return (Object.keys(standings) as Standing[]).filter((standing) => standings[standing]);
}

/** Parties, authority and auditor read an agreement; for everyone else it does not exist. */
export const mayRead = (agreement: Agreement, by: Officer): boolean => standingsOf(agreement, by).length > 0;

/** Authority and auditor see every agreement, also where they are a party to some. */
export const seesAll = ({ roles }: Officer): boolean => roles.includes('authority') || roles.includes('auditor');

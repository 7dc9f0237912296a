import type { Agreement, Holder } from '../../../schemas/contracts/agreements.ts';
import type { Role } from '../../../schemas/contracts/hub.ts';
import type { Officer } from '../../reading/oversight.ts';

/** The hub, where no person acts but a date, a newer resource version or the registry. */
export interface Hub {
  readonly department: 'hub';
  readonly roles: readonly Role[];
}
export const hubItself: Hub = { department: 'hub', roles: [] };

export type Acting = Officer | Hub;

/** What an actor is to an agreement; the authority can be a party as well. */
export type Standing = 'provider' | 'consumer' | 'authority' | 'auditor' | 'drafter' | 'source' | 'hub';

export function standingsOf(
  { provider, consumer, terms, consents, amendment }: Agreement,
  { department, roles }: Acting,
): readonly Standing[] {
  const standings: Record<Standing, boolean> = {
    provider: department === provider,
    consumer: department === consumer,
    authority: roles.includes('authority'),
    auditor: roles.includes('auditor'),
    // Of any terms version, also one that is no longer on the table.
    drafter: terms.some(({ proposedBy }) => proposedBy === department),
    // Whose fields the terms in force grant, or those on the table, once it is asked.
    source: [...consents, ...(amendment?.consents ?? [])].some((consent) => consent.department === department),
    hub: department === 'hub',
  };
  return (Object.keys(standings) as Standing[]).filter((standing) => standings[standing]);
}

/** As what an actor suspends: an authority that is a party acts as the party that it is. */
export function holderOf(agreement: Agreement, by: Acting): Holder {
  const standings = standingsOf(agreement, by);
  return (['provider', 'consumer', 'authority'] as const).find((holder) => standings.includes(holder)) ?? 'clock';
}

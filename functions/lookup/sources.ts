import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { Terms } from '../../schemas/contracts/terms.ts';
import { withheldBySources } from '../datasets/sources.ts';
import { refuse } from '../kernel/outcome.ts';
import type { Hub } from '../kernel/ports.ts';
import { dayIn } from '../kernel/time.ts';
import type { Facts, Searchable } from './ports.ts';

interface Ports extends Pick<Hub, 'clock' | 'timeZone'> {
  readonly facts: Pick<Facts, 'agreement' | 'inherited'>;
}

/** Why a dataset cannot be looked up in under these terms, as far as what it was derived of goes. */
export async function notAnswerable(
  { facts, clock, timeZone }: Ports,
  dataset: Searchable,
  terms: Terms,
): Promise<typeof withdrawn | typeof exceeded | undefined> {
  const known = { agreementOf: (id: AgreementId) => facts.agreement(id), inheritedOn: facts.inherited };
  const withheld = await withheldBySources(dataset, terms, known, dayIn(timeZone, clock.now()));
  if (withheld === undefined) return undefined;
  return withheld === 'beyond' ? exceeded : withdrawn;
}

const withdrawn = refuse('agreement-not-active', {
  detail:
    'What this data was derived of is not granted any more, or not now: while that is so, nobody can look it up. What can be made without it is answered from as soon as it is there.',
});

const exceeded = refuse('not-answerable', {
  detail:
    'By now the terms go further than what this data is derived of allows. A party proposes others: the refusal of a proposal that goes too far says which.',
});

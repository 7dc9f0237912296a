import type { Terms } from '../../schemas/contracts/terms.ts';
import { restsOnOf } from '../datasets/rests-on.ts';
import { exceedsSources, sourcesState } from '../datasets/sources.ts';
import { refuse } from '../kernel/outcome.ts';
import type { Hub } from '../kernel/ports.ts';
import { dayIn } from '../kernel/time.ts';
import type { Facts, Searchable } from './ports.ts';

interface Ports extends Pick<Hub, 'clock' | 'timeZone'> {
  readonly facts: Pick<Facts, 'agreement' | 'inherited'>;
}

/** Why a dataset cannot be looked up in under these terms, as far as what it was derived of goes. */
export async function withheldBySources(
  { facts, clock, timeZone }: Ports,
  dataset: Searchable,
  terms: Terms,
): Promise<typeof withdrawn | typeof exceeded | undefined> {
  const today = dayIn(timeZone, clock.now());
  const state = await sourcesState(restsOnOf(dataset), (id) => facts.agreement(id), today);
  if (state !== 'standing') return withdrawn;
  return (await exceedsSources(dataset, terms, facts.inherited, today)) ? exceeded : undefined;
}

const withdrawn = refuse('agreement-not-active', {
  detail:
    'What this data was derived of is not granted any more, or not now: while that is so, nobody can look it up. What can be made without it is answered from as soon as it is there.',
});

const exceeded = refuse('not-answerable', {
  detail:
    'By now the terms go further than what this data is derived of allows. A party proposes others: the refusal of a proposal that goes too far says which.',
});

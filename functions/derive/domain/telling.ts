import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { StoredDerivation } from '../../../schemas/stored/derivations.ts';
import { isFiled } from '../../reading/agreement.ts';
import { askedBy } from '../../reading/derivation/inheritance/problems.ts';
import { termsOf } from '../../reading/terms.ts';

type Told = NonNullable<StoredDerivation['told']>;

const nothing: Told = { lost: [] };

/**
 * What is to be known once a run has ended; what it says nothing of is as it was told.
 *
 * @param fields all of the resource
 */
export function toBeTold(run: StoredDerivation, fields: readonly string[]): Told {
  const { told = nothing, state, reason, lost = [] } = run;
  switch (state) {
    case 'committed':
    case 'unchanged':
      return { lost: [...lost] };
    case 'stopped':
      return { lost: [...lost], ended: `${state} ${reason}` };
    case 'failed':
      return { ...told, ended: `${state} ${reason}` };
    case 'waiting':
      // What it was made of last rests on what was withdrawn: nothing of it is given out.
      return reason === 'source-lost' ? { ...told, lost: [...fields] } : told;
    case 'running':
      return told;
    default:
      return state satisfies never;
  }
}

export const isSame = (one: Told, other: Told = nothing): boolean =>
  one.ended === other.ended && one.lost.join('\n') === other.lost.join('\n');

/** Fields that an agreement grants and that are missing from now on, or there again. */
export interface Moved {
  readonly agreement: Agreement;
  readonly event: 'fields-lost' | 'fields-back';
  /** Those of the agreement alone: of what they are made is not its consumer's. */
  readonly fields: readonly string[];
}

/** What that is to consumers, by the difference to what they were told last. */
export function movedFor(
  { told = nothing }: StoredDerivation,
  next: Told,
  agreements: readonly Agreement[],
  fields: readonly string[],
): Moved[] {
  const lost = next.lost.filter((field) => !told.lost.includes(field));
  const back = told.lost.filter((field) => !next.lost.includes(field) && fields.includes(field));
  return agreements.filter(isFiled).flatMap((agreement) => {
    const given = askedBy(termsOf(agreement));
    const among = (moved: readonly string[]) => given.filter((field) => moved.includes(field));
    return [
      { agreement, event: 'fields-lost' as const, fields: among(lost) },
      { agreement, event: 'fields-back' as const, fields: among(back) },
    ].filter((moved) => moved.fields.length > 0);
  });
}

/** What of what an agreement grants is missing while it comes into force. */
export const missingFor = (
  run: StoredDerivation,
  agreement: Agreement,
  fields: readonly string[],
): readonly string[] => {
  const { lost } = toBeTold(run, fields);
  return askedBy(termsOf(agreement)).filter((field) => lost.includes(field));
};

/** What the owner does not know yet of how the run ended: that it made nothing, or that after such ones it did. */
export function newsForOwner({ told = nothing }: StoredDerivation, next: Told): 'ended' | 'back' | undefined {
  if (next.ended === told.ended) return undefined;
  return next.ended === undefined ? 'back' : 'ended';
}

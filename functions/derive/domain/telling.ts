import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { MOST_FIELDS_TOLD, type OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../../schemas/contracts/routes/places.ts';
import type { StoredDerivation } from '../../../schemas/stored/derivations.ts';
import { noticeTo } from '../../kernel/notice.ts';
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

/** To whom it matters: consumers which of their fields are missing or back, the owner that a run made nothing, and why. */
export function newsOf(
  run: StoredDerivation,
  next: Told,
  agreements: readonly Agreement[],
  fields: readonly string[],
): OutgoingNotice[] {
  const { told = nothing } = run;
  const lost = next.lost.filter((field) => !told.lost.includes(field));
  const back = told.lost.filter((field) => !next.lost.includes(field) && fields.includes(field));
  return [
    ...agreements
      .filter(isFiled)
      .flatMap((agreement) => [
        ...movedFor(run, agreement, 'fields-lost', lost),
        ...movedFor(run, agreement, 'fields-back', back),
      ]),
    ...(next.ended !== undefined && next.ended !== told.ended ? toOwner(run) : []),
  ];
}

/** Their own fields, and nothing of what these are made of. */
function movedFor(
  { resourceId, epoch, startedAt, endedAt = startedAt }: StoredDerivation,
  agreement: Agreement,
  event: 'fields-lost' | 'fields-back',
  moved: readonly string[],
): OutgoingNotice[] {
  const { agreementId, consumer } = agreement;
  const own = askedBy(termsOf(agreement)).filter((field) => moved.includes(field));
  if (own.length === 0) return [];
  const more = own.length - MOST_FIELDS_TOLD;
  return [
    noticeTo(consumer, [resourceId, agreementId, epoch], {
      type: 'resource',
      event,
      at: endedAt,
      agreementId,
      resourceId,
      fields: own.slice(0, MOST_FIELDS_TOLD),
      ...(more > 0 && { more }),
      path: pathOf(places.readAgreement, { agreementId }),
    }),
  ];
}

function toOwner({ resourceId, provider, epoch, state, reason, startedAt, endedAt = startedAt }: StoredDerivation) {
  if (reason === undefined) return [];
  const event = state === 'stopped' ? 'derivation-stopped' : 'derivation-failed';
  const path = pathOf(places.readDerivation, { resourceId });
  return [
    noticeTo(provider, [resourceId, epoch], { type: 'resource', event, at: endedAt, state: reason, resourceId, path }),
  ];
}

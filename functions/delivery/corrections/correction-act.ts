import type { Correction } from '../../../schemas/contracts/corrections.ts';
import type { Actor } from '../../../schemas/contracts/evidence.ts';
import type { CorrectionId, DepartmentId } from '../../../schemas/contracts/ids.ts';
import { pathOf, places } from '../../../schemas/contracts/routes/places.ts';
import type { Reference, StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { StoredCorrection } from '../../../schemas/stored/delivery.ts';
import { evidenceOf } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { noticeTo } from '../../kernel/notice.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { CorrectionAct, Corrections } from '../ports.ts';

const events = { open: 'reported', answered: 'answered', closed: 'closed' } as const;

/**
 * The act that brought a correction to its state, to be committed as one. Evidence and notices say that it happened, and
 * between whom: key, values and words are behind the correction's own path, for its two parties.
 */
export function correctionAct(
  ports: Pick<Hub, 'clock' | 'ids'>,
  correction: StoredCorrection,
  actor: Actor,
  answer?: StoredAnswer,
): CorrectionAct {
  const { resourceId, agreementId, termsVersion, datasetVersion, deliveryId, correctionId, provider, consumer } =
    correction;
  const about = { resourceId, agreementId, termsVersion, deliveryId, correctionId };
  const event = events[correction.state];
  const at = ports.clock.now();
  const by = actor.department === 'hub' ? undefined : actor.department;
  const notice = {
    type: 'correction',
    event,
    at,
    ...(by !== undefined && { by }),
    ...about,
    state: correction.state,
  } as const;
  const tell = (department: DepartmentId) =>
    noticeTo(department, [correctionId], { ...notice, path: pathOf(places.readCorrection, { correctionId }) });
  return {
    correction,
    evidence: evidenceOf(ports, `correction-${event}`, actor, { ...about, datasetVersion, provider, consumer }),
    notices: [provider, consumer].filter((party) => party !== by).map(tell),
    answer,
  };
}

/** What a repetition is answered: the correction as it is by then, whose values stand in it alone. */
export const correctionAgain =
  ({ corrections }: { readonly corrections: Pick<Corrections, 'find'> }) =>
  async (_call: unknown, { correctionId }: Reference): Promise<Outcome<Correction, never>> => {
    const found = await corrections.find(correctionId as CorrectionId);
    if (!found) throw new Fault(`correction ${correctionId} is not there`);
    return done(shownCorrection(found.value));
  };

/** A correction as its parties see it: without how the hub waits for it. */
export const shownCorrection = ({ awaitedAfter: _awaited, ...correction }: StoredCorrection): Correction => correction;

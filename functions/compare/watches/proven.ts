import type { Actor, EvidenceAct } from '../../../schemas/contracts/evidence.ts';
import type { EventOf, OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../../schemas/contracts/routes/places.ts';
import type { StoredKeyWatch, WatchIn } from '../../../schemas/stored/watches.ts';
import { evidenceOf } from '../../kernel/evidence.ts';
import { noticeTo } from '../../kernel/notice.ts';
import type { Hub } from '../../kernel/ports.ts';
import { watchFigures, watchSubject } from '../domain/watches/proof.ts';
import { shownWatchState } from '../domain/watches/shown.ts';

type Ports = Pick<Hub, 'clock' | 'ids'>;

export const watchProven = (ports: Ports, act: EvidenceAct, actor: Actor, watch: StoredKeyWatch, changed?: number) =>
  evidenceOf(ports, act, actor, watchSubject(watch), {}, watchFigures(watch, changed));

const aboutWatch = ({ watchId, agreementId, termsVersion, resourceId }: StoredKeyWatch) => ({
  watchId,
  agreementId,
  termsVersion,
  resourceId,
  path: pathOf(places.readWatch, { watchId }),
});

/** What became of a watch, for its consumer; told once of each event, of a renewal once for each terms version. */
export const toldOfWatch = (
  { clock }: Pick<Ports, 'clock'>,
  event: EventOf<'watch'>,
  watch: StoredKeyWatch,
): OutgoingNotice =>
  noticeTo(watch.consumer, [watch.watchId, watch.termsVersion], {
    type: 'watch',
    event,
    at: clock.now(),
    state: shownWatchState(watch),
    ...(watch.state === 'ended' && { end: watch.end }),
    ...aboutWatch(watch),
  });

/** Some of the keys whose records changed: whoever looks again at the same dataset tells the same under the same ids. */
export const toldOfChanges = (
  { clock }: Pick<Ports, 'clock'>,
  watch: WatchIn<'looking'>,
  datasetVersion: number,
  { refs, part }: { readonly refs: readonly number[]; readonly part: number },
): OutgoingNotice =>
  noticeTo(watch.consumer, [watch.watchId, watch.termsVersion, datasetVersion, part], {
    type: 'changed',
    event: 'records',
    at: clock.now(),
    datasetVersion,
    refs: [...refs],
    ...aboutWatch(watch),
  });

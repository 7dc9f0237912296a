import { MOST_REFS } from '../../../schemas/contracts/watches.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { WatchIn } from '../../../schemas/stored/watches.ts';
import { theHub } from '../../kernel/evidence.ts';
import type { Lease } from '../../kernel/hold-lease.ts';
import { watchedListKey } from '../domain/places.ts';
import { watchedADay } from '../domain/watches/lodge.ts';
import { lookEnded, ownLook, watchBegun, type Found } from '../domain/watches/look.ts';
import { endByHub, refuseKeys } from './end-by-hub.ts';
import type { Looking } from './look-basis.ts';
import type { LookPorts, UnderTerms } from './ports.ts';
import { toldOfChanges, toldOfWatch, watchProven } from './proven.ts';

export type Concluded = UnderTerms | 'refused';

/** A transaction has at most 100 writes: of those that end a look as many are left to notices, and to the agreements behind its dataset. */
const ROOM = 90;

/** Notices that are committed together. */
const noticesAtOnce = ({ restsOn }: Looking): number => Math.min(20, ROOM - restsOn.length);

/** From here on the keys are watched. */
export async function concludeFirst(
  ports: LookPorts,
  watch: WatchIn<'lodging'>,
  looking: Looking,
  found: Found,
  lease: Lease,
): Promise<Concluded> {
  const at = ports.clock.now();
  const next = watchBegun(watch, looking, found, at);
  const atOnce = looking.terms.watchKeys ?? 0;
  lease.mustHold();
  await lease.end();
  const became = await ports.watches.begin(
    next,
    ownLook(watch),
    { atOnce, perDay: watchedADay(watch, atOnce, ports.timeZone, at), restsOn: looking.restsOn },
    {
      evidence: watchProven(ports, 'watch-begun', theHub('compare'), next),
      notices: [toldOfWatch(ports, 'begun', next)],
    },
  );
  if (became === 'too-many-keys' || became === 'quota-exceeded') {
    await refuseKeys(ports, watch, { code: became, detail: details[became] }, ownLook(watch));
    return 'refused';
  }
  if (became === 'done')
    await ports.lists
      .remove(watchedListKey(watch.consumer, watch.watchId), watch.object.versionId)
      .catch((error: unknown) => ports.log.warn('list not removed', { error }));
  return became;
}

const details = {
  'too-many-keys':
    'With these keys more would be watched at once than the terms allow (watchKeys): end another watch, or lodge fewer.',
  'quota-exceeded':
    'With these keys more would be lodged today than the terms allow (watchKeys): lodge them tomorrow, or fewer.',
};

interface Telling {
  readonly file: string;
  readonly folder: string;
  readonly lease: Lease;
}

/** What changed is told, all but the last of it before the look is over: whoever takes it up tells the same once more. */
export async function concludeNext(
  ports: LookPorts,
  watch: WatchIn<'looking'>,
  looking: Looking,
  found: Found,
  { file, folder, lease }: Telling,
): Promise<Concluded> {
  const most = noticesAtOnce(looking);
  const pending: OutgoingNotice[] = [];
  for await (const notice of changesOf(ports, watch, looking, { changed: found.changed, file, folder })) {
    if (pending.length === most) {
      lease.mustHold();
      const became = await ports.watches.tell(watch, looking.restsOn, pending.splice(0));
      if (became !== 'done') return became;
    }
    pending.push(notice);
  }
  const next = lookEnded(watch, looking, found, ports.clock.now());
  if (looking.isFirst) pending.push(toldOfWatch(ports, 'renewed', next));
  lease.mustHold();
  await lease.end();
  const evidence = proofOf(ports, next, looking, found);
  const became = await ports.watches.close(
    next,
    ownLook(watch),
    { atOnce: looking.isFirst ? looking.terms.watchKeys : undefined, restsOn: looking.restsOn },
    { ...(evidence && { evidence }), notices: pending },
  );
  if (became === 'too-many-keys') {
    await endByHub(ports, watch, 'terms-replaced', ownLook(watch));
    return 'refused';
  }
  if (became === 'done' && !looking.isFirst) ports.metrics.count('KeysTold', found.changed);
  return became;
}

function proofOf(ports: LookPorts, next: WatchIn<'active'>, { isFirst }: Looking, { changed }: Found) {
  if (isFirst) return watchProven(ports, 'watch-renewed', theHub('compare'), next);
  return changed > 0 ? watchProven(ports, 'watch-told', theHub('compare'), next, changed) : undefined;
}

async function* changesOf(
  ports: LookPorts,
  watch: WatchIn<'looking'>,
  { isFirst, datasetVersion }: Looking,
  { changed, file, folder }: { readonly changed: number; readonly file: string; readonly folder: string },
): AsyncGenerator<OutgoingNotice> {
  if (isFirst || changed === 0 || datasetVersion === undefined) return;
  let part = 0;
  let refs: number[] = [];
  for await (const places of ports.watching.changed(file, folder)) {
    for (const place of places) {
      if (refs.push(place) < MOST_REFS) continue;
      yield toldOfChanges(ports, watch, datasetVersion, { refs, part: ++part });
      refs = [];
    }
  }
  if (refs.length > 0) yield toldOfChanges(ports, watch, datasetVersion, { refs, part: part + 1 });
}

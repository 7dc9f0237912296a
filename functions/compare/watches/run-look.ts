import type { DatasetObject } from '../../../schemas/stored/datasets.ts';
import { traceOf } from '../../kernel/about.ts';
import { holdLeaseOn, LeaseLost, type Lease } from '../../kernel/hold-lease.ts';
import { secondsSince } from '../../kernel/time.ts';
import { watchedKey } from '../domain/places.ts';
import { diedBefore, isStuckLook, leaseFrom, ownLook, type Found } from '../domain/watches/look.ts';
import type { LookUnderWay } from '../domain/watches/transitions.ts';
import { concludeFirst, concludeNext, type Concluded } from './conclude-look.ts';
import { refuseKeys } from './end-by-hub.ts';
import type { Looking } from './look-basis.ts';
import type { LookPorts } from './ports.ts';
import { stagedLook, type Looked } from './staged-look.ts';

/** `ended`: the terms are not in force (any more), so nothing is told; what is to be done is to be found out anew. */
export async function runLook(ports: LookPorts, watch: LookUnderWay, looking: Looking): Promise<'ended' | undefined> {
  const began = ports.clock.now();
  if (isStuckLook(watch)) ports.log.error('watch stuck', { code: 'watch-stuck', epoch: watch.epoch });
  const folder = await ports.staging.folder();
  const abort = new AbortController();
  const lease = holdLeaseOn(ports, watch, traceOf(watch), {
    renewed: (current, now) => ({ ...current, leaseUntil: leaseFrom(now) }),
    replace: (next) => ports.watches.replace(next, ownLook(watch)),
    lost: () => abort.abort(new LeaseLost()),
  });
  try {
    // Whoever died before can commit no more: what it left is nobody's.
    await ports.kept.discard(diedBefore(watch).map((epoch) => watchedKey(watch.watchId, epoch)));
    const looked = await stagedLook(ports, watch, looking, { folder: folder.path, signal: abort.signal });
    const became = await concluded(ports, watch, looking, { looked, folder: folder.path, lease });
    const seconds = secondsSince(began, ports.clock.now());
    ports.log.info('keys looked at', { ...traceOf(watch), outcome: became, seconds });
    if (became === 'ended') await letGo(ports, watch);
    return became === 'ended' ? 'ended' : undefined;
  } catch (fault) {
    await lease.end();
    if (!(fault instanceof LeaseLost)) {
      await letGo(ports, watch);
      throw fault;
    }
    ports.log.info('keys looked at', { outcome: 'stale' });
    return undefined;
  } finally {
    await folder.remove();
  }
}

interface Outcome {
  readonly looked: Looked;
  readonly folder: string;
  readonly lease: Lease;
}

async function concluded(ports: LookPorts, watch: LookUnderWay, looking: Looking, { looked, folder, lease }: Outcome) {
  lease.mustHold();
  if ('refusal' in looked) {
    await lease.end();
    if (watch.state === 'lodging') await refuseKeys(ports, watch, looked.refusal, ownLook(watch));
    return 'refused';
  }
  const { keys, changed } = looked;
  // Where nothing changed, what is kept of the keys is what was kept before.
  const isNew = watch.state === 'lodging' || looking.isFirst || changed > 0;
  const object = isNew ? await ports.kept.put(watchedKey(watch.watchId, watch.epoch), looked.file) : watch.object;
  const found: Found = { keys, changed, object };
  const became: Concluded =
    watch.state === 'lodging'
      ? await concludeFirst(ports, watch, looking, found, lease)
      : await concludeNext(ports, watch, looking, found, { file: looked.file, folder, lease });
  if (became === 'stale') throw new LeaseLost();
  if (isNew) await removeOther(ports, became === 'done' ? before(watch) : object);
  return became;
}

const before = (watch: LookUnderWay): DatasetObject | undefined =>
  watch.state === 'looking' ? watch.object : undefined;

/** What is not removed here goes with the watch. */
async function removeOther({ kept, log }: LookPorts, object: DatasetObject | undefined): Promise<void> {
  if (object) await kept.remove(object).catch((error: unknown) => log.warn('keys not removed', { error }));
}

/** Where this fails too, the lease runs out by itself. */
async function letGo({ watches, clock, log }: LookPorts, watch: LookUnderWay): Promise<void> {
  await watches
    .replace({ ...watch, leaseUntil: clock.now() }, ownLook(watch))
    .catch((error: unknown) => log.warn('lease not released', { error }));
}

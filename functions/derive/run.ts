import type { ResourceId } from '../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import { Fault } from '../kernel/fault.ts';
import { holdLeaseOn, LeaseLost, type Lease } from '../kernel/hold-lease.ts';
import { dayIn, isPast } from '../kernel/time.ts';
import type { FoundInputs } from '../reading/derivation/judge.ts';
import { rightTo } from '../reading/derivation/rights.ts';
import {
  begun,
  ended,
  isUnderWay,
  renewed,
  runsAt,
  type NoVersion,
  type Running,
  type Work,
} from './domain/run-state.ts';
import { isLost, restsOn, type Source } from './domain/sources.ts';
import { commitRun, tidy } from './conclude.ts';
import { makeResult } from './make-result.ts';
import type { Fence, RunPorts } from './ports.ts';
import { tellOfRun } from './tell.ts';

/**
 * Sees to it that a derived resource is made of what is in force: one run by one attempt at a time, none where the last one
 * was given the same. Returns once there is nothing left to do.
 *
 * @throws while another attempt is at it, where a source changed meanwhile, and on any fault: the queue tries again
 */
export async function runDerivation(hub: RunPorts, resourceId: ResourceId): Promise<void> {
  const ports = { ...hub, log: hub.log.with({ resourceId }) };
  const now = ports.clock.now();
  const found = await ports.facts.resource(resourceId);
  const derivation = found?.version.definition.derivation;
  if (!derivation) return ports.marks.clear(resourceId, now);
  const { version } = found;
  const last = await ports.derivations.find(resourceId);
  if (isUnderWay(last, now)) throw new Fault(`the derivation of ${resourceId} is held by attempt ${last?.epoch}`);
  const was = last && (await tellOfRun(ports, version, last));
  if (last && !was) throw new Fault(`the derivation of ${resourceId} was taken while it was told of`);
  if (found.head.retiredAt !== undefined) return ports.marks.clear(resourceId, now);
  const sources = await readSources(ports, version, dayIn(ports.timeZone, now));
  const run = begun(version, sources, was, now);
  if (was && was.run === run.run && was.state !== 'running') return ports.marks.clear(resourceId, now);
  const at = runsAt(derivation, run, was, now);
  if (!isPast(at, now)) return ports.marks.mark(resourceId, at);
  if (!(await ports.derivations.put(run, was))) throw new Fault(`the derivation of ${resourceId} was taken in between`);
  await attempt(ports, { run, version, sources });
  const ended = await ports.derivations.find(resourceId);
  if (ended) await tellOfRun(ports, version, ended);
  await ports.marks.clear(resourceId, now);
}

/** Own inputs are what their datasets were checked as; of granted ones terms and dataset are held against each other later. */
async function readSources(ports: RunPorts, version: ResourceVersion, today: string): Promise<readonly Source[]> {
  const found: FoundInputs = await ports.facts.inputs(version, today);
  return Promise.all(
    found.map(async ([name, input]) => {
      const right = rightTo(input, version.provider, today);
      if (!input || right.kind === 'none')
        throw new Fault(`the input ${name} of ${version.resourceId} never was there`);
      const { resourceId } = input.version;
      const dataset = right.kind === 'lost' ? undefined : await ports.facts.dataset(resourceId);
      const checkedAs =
        right.kind === 'own' && dataset && (await ports.facts.version(resourceId, dataset.resourceVersion));
      return { name, input: { ...input, right, version: checkedAs || input.version }, dataset };
    }),
  );
}

const fenceOf = ({ state, epoch }: Running): Fence => ({ state, epoch });

async function attempt(ports: RunPorts, work: Work): Promise<void> {
  const { run } = work;
  const lease = holdLeaseOn(
    ports,
    run,
    { resourceId: run.resourceId },
    {
      renewed,
      replace: (next) => ports.derivations.put(next, fenceOf(run)),
    },
  );
  try {
    const outcome = (await notYet(ports, work)) ?? (await made(ports, work, lease));
    await lease.end();
    if (outcome) await end(ports, run, outcome);
  } catch (fault) {
    await lease.end();
    if (fault instanceof LeaseLost) return ports.log.info('derivation run', { epoch: run.epoch, outcome: 'stale' });
    // So that the next try need not wait for the end of this one's lease.
    await ports.derivations
      .put({ ...run, leaseUntil: ports.clock.now() }, fenceOf(run))
      .catch((error: unknown) => ports.log.warn('lease not released', { error }));
    throw fault;
  }
}

/** An input without a dataset, or whose dataset rests on what is withdrawn: its next one begins the next run. */
async function notYet({ facts, clock, timeZone }: RunPorts, { sources }: Work): Promise<NoVersion | undefined> {
  if (sources.some((source) => !isLost(source) && source.dataset === undefined))
    return { state: 'waiting', reason: 'no-dataset' };
  return (await facts.stand(restsOn(sources), dayIn(timeZone, clock.now())))
    ? undefined
    : { state: 'waiting', reason: 'source-lost' };
}

async function made(ports: RunPorts, work: Work, lease: Lease): Promise<NoVersion | undefined> {
  const result = await makeResult(ports, work, lease);
  if ('state' in result) return result;
  let isKept = false;
  try {
    lease.mustHold();
    const outcome = await commitRun(ports, work, result);
    if (outcome === 'stale') throw new LeaseLost();
    isKept = outcome === undefined;
    return outcome;
  } finally {
    if (!isKept) await tidy(ports, result);
  }
}

async function end(ports: RunPorts, run: Running, { state, reason, more }: NoVersion): Promise<void> {
  const next: StoredDerivation = ended(run, state, ports.clock.now(), { ...(reason && { reason }), ...more });
  const { derivations } = ports;
  const isKept =
    reason === 'source-ended'
      ? await derivations.retire(next, fenceOf(run))
      : await derivations.put(next, fenceOf(run));
  ports.log.info('derivation run', { epoch: run.epoch, outcome: isKept ? state : 'stale', code: reason });
}

import type { Derivation } from '../../../schemas/contracts/derivation.ts';
import type { DerivationRun, RunReason } from '../../../schemas/contracts/derivation-runs.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { StoredDerivation } from '../../../schemas/stored/derivations.ts';
import { LEASE_SECONDS, isLeased } from '../../kernel/lease.ts';
import { after } from '../../kernel/time.ts';
import { runInputs, runOf, type Source } from './sources.ts';

export type Running = StoredDerivation & { readonly state: 'running'; readonly leaseUntil: string };

/** One run: what it was begun as, of which version, on which inputs. */
export interface Work {
  readonly run: Running;
  readonly version: ResourceVersion;
  readonly sources: readonly Source[];
}

/** Takes the derivation for a run, whatever became of the last one. */
export function begun(
  version: ResourceVersion,
  sources: readonly Source[],
  was: StoredDerivation | undefined,
  now: string,
): Running {
  const { resourceId, provider } = version;
  return {
    ...carriedOn(was),
    resourceId,
    resourceVersion: version.version,
    provider,
    state: 'running',
    startedAt: now,
    run: runOf(version, sources),
    inputs: runInputs(sources),
    epoch: (was?.epoch ?? 0) + 1,
    leaseUntil: after(now, { seconds: LEASE_SECONDS }),
  };
}

/** What is not of one run alone, also what a newer version of the hub put there. */
function carriedOn(was: StoredDerivation | undefined): Partial<StoredDerivation> {
  if (!was) return {};
  const ofRun = new Set(['endedAt', 'reason', 'violations', 'rejected', 'rows', 'datasetVersion', 'lost']);
  return Object.fromEntries(Object.entries(was).filter(([name]) => !ofRun.has(name)));
}

export const renewed = (run: Running, now: string): Running => ({
  ...run,
  leaseUntil: after(now, { seconds: LEASE_SECONDS }),
});

export const isUnderWay = (was: StoredDerivation | undefined, now: string): boolean =>
  was?.state === 'running' && isLeased(was, now);

type Ended = Pick<DerivationRun, 'reason' | 'violations' | 'rejected' | 'rows' | 'datasetVersion' | 'lost'> &
  Pick<StoredDerivation, 'entered'>;

export function ended(
  { leaseUntil: _lease, ...run }: Running,
  state: Exclude<StoredDerivation['state'], 'running'>,
  now: string,
  more: Ended = {},
): StoredDerivation {
  return { ...run, state, endedAt: now, ...more };
}

/** A run made no version: why, and what of it is to be known. */
export interface NoVersion {
  readonly state: 'failed' | 'stopped' | 'waiting' | 'unchanged';
  readonly reason?: RunReason;
  readonly more?: Ended;
}

const PERIODS = { hourly: { hours: 1 }, daily: { days: 1 }, weekly: { days: 7 }, monthly: { days: 30 } } as const;

/**
 * When inputs that changed are looked at: at once, or a period after the last run that had something to do. A new version,
 * and an input that is lost or back, do not wait.
 */
export function runsAt(
  { runs }: Pick<Derivation, 'runs'>,
  next: Pick<Running, 'resourceVersion' | 'inputs'>,
  was: StoredDerivation | undefined,
  now: string,
): string {
  if (runs === 'on-change' || !was || was.state === 'running' || was.state === 'waiting') return now;
  if (was.resourceVersion !== next.resourceVersion || rights(was) !== rights(next)) return now;
  return after(was.startedAt, PERIODS[runs]);
}

const rights = ({ inputs }: Pick<StoredDerivation, 'inputs'>): string =>
  JSON.stringify(
    Object.entries(inputs).map(([name, { agreementId, termsVersion, lost }]) => [
      name,
      agreementId,
      termsVersion,
      lost,
    ]),
  );

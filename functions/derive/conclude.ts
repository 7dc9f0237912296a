import { nextVersion } from '../datasets/next-version.ts';
import { restsOnOf } from '../datasets/rests-on.ts';
import { evidenceOf, theHub } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { dayIn } from '../kernel/time.ts';
import { ended, type NoVersion, type Work } from './domain/run-state.ts';
import { inputVersions, restsOn } from './domain/sources.ts';
import type { MadeResult } from './make-result.ts';
import type { RunPorts } from './ports.ts';

/** Datasets of a derived resource come from its runs alone, one at a time. */
const TRIES = 3;

/**
 * Makes the result the next dataset version, in one transaction with its evidence. What is in force already is not put in force
 * again, unless it rests on other agreements by now.
 */
export async function commitRun(
  ports: RunPorts,
  { run, version, sources }: Work,
  { written, entered, lost }: MadeResult,
): Promise<NoVersion | undefined | 'stale'> {
  const { facts, derivations, clock, timeZone, log, metrics } = ports;
  const { resourceId, resourceVersion, provider } = run;
  const more = { rows: written.rows, ...(lost.length > 0 && { lost: [...lost] }) };
  const rests = restsOn(sources);
  for (let tries = 0; tries < TRIES; tries++) {
    const [found, inForce] = await Promise.all([facts.resource(resourceId), facts.dataset(resourceId)]);
    if (!found) throw new Fault(`resource ${resourceId} is gone`);
    const { head } = found;
    if (head.retiredAt !== undefined || found.version.version !== version.version)
      throw new Fault(`the derivation of ${resourceId} is another by now`);
    const isSame =
      inForce?.sha256 === written.sha256 &&
      inForce.resourceVersion === resourceVersion &&
      JSON.stringify(restsOnOf(inForce)) === JSON.stringify(rests);
    if (isSame && !entered) return { state: 'unchanged', more };
    if (!(await facts.stand(rests, dayIn(timeZone, clock.now())))) throw changedMeanwhile(resourceId);
    const origin = {
      kind: 'derivation' as const,
      run: run.run,
      inputs: inputVersions(sources),
      restsOn: rests,
      ...(entered && { entering: true as const }),
    };
    const datasetVersion = head.datasetVersion + 1;
    const subject = { resourceId, resourceVersion, datasetVersion, provider };
    const digests = { dataset: written.sha256, run: run.run };
    const figures = { rows: written.rows, bytes: written.bytes };
    const evidence = evidenceOf(ports, 'dataset-derived', theHub('derive'), subject, digests, figures);
    const { at } = evidence;
    const outcome = await derivations.commit({
      derivation: ended(run, 'committed', at, { ...more, datasetVersion, ...(entered && { entered }) }),
      was: { state: 'running', epoch: run.epoch },
      next: nextVersion(head, { origin, sequence: head.committedSequence + 1, resourceVersion, written }, at),
      evidence,
    });
    if (outcome === 'stale') return outcome;
    if (outcome === 'source-changed') throw changedMeanwhile(resourceId);
    if (outcome === 'committed') {
      log.info('derivation run', {
        epoch: run.epoch,
        outcome,
        datasetVersion,
        rows: written.rows,
        bytes: written.bytes,
      });
      metrics.count('DatasetsDerived');
      return undefined;
    }
  }
  throw new Fault(`resource ${resourceId} changed ${TRIES} times in a row`);
}

const changedMeanwhile = (resourceId: string): Fault => new Fault(`a source of ${resourceId} changed meanwhile`);

/** Removes what nothing refers to; what cannot be removed is nobody's, and the bucket keeps it. */
export async function tidy({ objects, log }: RunPorts, { written, entered }: MadeResult): Promise<void> {
  for (const { key, versionId } of [...written.objects, ...(entered ? [entered.object] : [])])
    await objects.remove(key, versionId).catch((error: unknown) => log.warn('not removed', { key, error }));
}

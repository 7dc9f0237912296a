import type { ComparisonRefusal } from '../../../schemas/contracts/comparisons.ts';
import type { ComparisonIn } from '../../../schemas/stored/comparisons.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import { theHub } from '../../kernel/evidence.ts';
import { mustBeWhole } from '../../kernel/stored-whole.ts';
import { after, dayIn } from '../../kernel/time.ts';
import { ownAttempt, type OwnAttempt, type Running } from '../domain/begin.ts';
import { refused } from '../domain/end.ts';
import { finished, resultIds, resultOf, type StoredResult } from '../domain/finish.ts';
import { toldKey } from '../domain/places.ts';
import { toldBy, type ActiveOrder } from '../domain/reconciliations/run.ts';
import { termsInForce } from '../domain/standing.ts';
import type { Before } from '../domain/transitions.ts';
import type { ResultFile } from '../ports.ts';
import { proven, told } from '../proven.ts';
import { rightsStand, withheldWords } from '../sources.ts';
import type { Compare } from '../stores.ts';
import { notInForce, type Basis } from './basis.ts';
import { resultPath, rowsPath, type StagedOutcome } from './compare-staged.ts';
import { tellOfResult } from './tell-of-result.ts';
import { tidy } from './tidy.ts';

type Ports = Omit<Compare, 'queue' | 'engine' | 'attachmentMacs'>;

/** Four times as long as the function may run: by then nobody can be sending a result. */
const SENDING = { hours: 1 };

/** Commits what a run has come to, tells the consumer, and removes the list. Answers what became of it. */
export async function conclude(
  ports: Ports,
  running: Running,
  basis: Basis,
  { outcome, folder }: { readonly outcome: StagedOutcome; readonly folder: string },
): Promise<'done' | 'withheld' | 'refused' | 'stale'> {
  const own = ownAttempt(running);
  if (outcome.verdict === 'refused') return concludeRefusal(ports, running, outcome.refusal, own);
  const comparison = finished(running, basis.dataset.resourceVersion, outcome, ports.clock.now());
  const result = outcome.verdict === 'compared' ? await sent(ports, comparison, outcome.result, folder) : undefined;
  const order = result && basis.standing && (await kept(ports, comparison, basis.standing.order, folder));
  const finish = await ports.comparisons.finish({
    comparison,
    was: own,
    restsOn: restsOnOf(basis.dataset),
    result,
    order,
    evidence: proven(
      ports,
      'comparison-run',
      theHub('compare'),
      comparison,
      result && { result: result.delivery.sha256 },
    ),
    notices: result ? [] : [told(ports, comparison.consumer, 'withheld', comparison)],
  });
  if (finish === 'stale') return 'stale';
  if (finish === 'agreement-not-active')
    return concludeRefusal(ports, running, await whyNot(ports, running, basis), own);
  ports.metrics.count('ComparisonsRun');
  if (result) await tellOfResult(ports, result.delivery);
  await tidyOrLeave(ports, comparison);
  return result ? 'done' : 'withheld';
}

/** The result is in the store before the comparison is done: first the mark, then the object, of which nobody knows yet. */
async function sent(
  ports: Ports,
  comparison: ComparisonIn<'done'>,
  file: ResultFile,
  folder: string,
): Promise<StoredResult> {
  const { extractId } = resultIds(comparison);
  const key = `extracts/${extractId}/${ports.ids.next()}`;
  await ports.results.begin([{ extractId, key }], after(ports.clock.now(), SENDING));
  const { bytes, ...object } = await ports.staging.send(resultPath(folder), key);
  mustBeWhole(file.bytes, { bytes });
  return resultOf(comparison, file, object);
}

/** So are the rows that the next run of its order is told against. */
async function kept(ports: Ports, comparison: ComparisonIn<'done'>, was: ActiveOrder, folder: string) {
  const { reconciliationId } = was;
  const { comparisonId, epoch } = comparison;
  const object = await ports.kept.put(toldKey(reconciliationId, comparisonId, epoch), rowsPath(folder));
  return { next: toldBy(was, comparison, object), was };
}

/** The transaction found the agreement, or a source of the dataset, in another state than the run had met it in. */
async function whyNot(ports: Ports, running: Running, { dataset }: Basis): Promise<ComparisonRefusal> {
  const { facts, clock, timeZone } = ports;
  const agreement = (await facts.agreement(running.agreementId))?.value;
  const terms = termsInForce(agreement, running, dayIn(timeZone, clock.now()));
  if (!terms.ok) return notInForce(terms.refusal.code);
  return (await rightsStand(ports, dataset)) ? notInForce('agreement-not-active') : withheldWords.withdrawn;
}

export async function concludeRefusal(
  ports: Pick<Compare, 'comparisons' | 'lists' | 'clock' | 'ids' | 'log' | 'metrics'>,
  comparison: Before<'refuse'>,
  refusal: ComparisonRefusal,
  was: Before<'refuse'> | OwnAttempt = comparison,
): Promise<'refused' | 'stale'> {
  const next = refused(comparison, refusal, ports.clock.now());
  const committed = await ports.comparisons.replace(next, was, {
    evidence: proven(ports, 'comparison-refused', theHub('compare'), next),
    notices: [told(ports, next.consumer, 'refused', next)],
  });
  if (!committed) return 'stale';
  ports.log.info('comparison refused', { code: refusal.code });
  await tidyOrLeave(ports, next);
  return 'refused';
}

/** What is left undone here the sweeper does. */
async function tidyOrLeave(ports: Parameters<typeof tidy>[0], comparison: Parameters<typeof tidy>[1]): Promise<void> {
  await tidy(ports, comparison).catch((error: unknown) => ports.log.warn('list not removed', { error }));
}

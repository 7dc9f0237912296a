import { MAX_LIST_BYTES, type ComparisonRefusal } from '../../../schemas/contracts/comparisons.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { ComparisonTerms } from '../../../schemas/contracts/terms.ts';
import type { RepresentationIn, StoredDataset } from '../../../schemas/stored/datasets.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import { dayIn } from '../../kernel/time.ts';
import { fitsTerms } from '../../records/index.ts';
import type { ActiveOrder } from '../domain/reconciliations/run.ts';
import { termsInForce } from '../domain/standing.ts';
import type { Before } from '../domain/transitions.ts';
import { rightsStand, withheldOf, withheldWords } from '../sources.ts';
import type { Compare } from '../stores.ts';

type Ports = Pick<Compare, 'facts' | 'reconciliations' | 'clock' | 'timeZone' | 'mostBytesHere'>;

/** What a list is compared with, and under which terms. */
export interface Basis {
  readonly terms: ComparisonTerms;
  readonly dataset: StoredDataset;
  readonly representation: RepresentationIn<'made'>;
  /** Of the resource version that the dataset is of. */
  readonly schema: TableSchema;
  /** Of a run of a standing order: the order as it is with this run, and the dataset that its list is. */
  readonly standing?: { readonly order: ActiveOrder; readonly list: StoredDataset } | undefined;
}

export type NoBasis = { readonly ok: false; readonly refusal: ComparisonRefusal };

const refuse = (code: ComparisonRefusal['code'], detail: string): NoBasis => ({ ok: false, refusal: { code, detail } });

/**
 * The basis of a run; `waiting` as long as the representation of the dataset in force is being made, or its order has ended.
 */
export async function basisOf(
  ports: Ports,
  comparison: Before<'begin'>,
): Promise<Outcome<Basis> | NoBasis | 'waiting'> {
  const agreement = (await ports.facts.agreement(comparison.agreementId))?.value;
  const terms = termsInForce(agreement, comparison, dayIn(ports.timeZone, ports.clock.now()));
  if (!terms.ok) return { ok: false, refusal: notInForce(terms.refusal.code) };
  if (comparison.object.bytes !== comparison.list.bytes)
    return refuse('length-mismatch', 'The list has another length than was announced.');
  const dataset = await datasetOf(ports, comparison);
  if (!dataset) return refuse('no-dataset', 'The resource has no dataset yet; compare once it has one.');
  const withheld = await withheldOf(ports, dataset, terms.value);
  if (withheld !== undefined) return { ok: false, refusal: withheldWords[withheld] };
  const { modes, schema } = await ports.facts.definition(dataset.resourceId, dataset.resourceVersion);
  const pinned = await ports.facts.definition(
    dataset.resourceId,
    agreement?.resourceVersion ?? dataset.resourceVersion,
  );
  if (!modes.includes('comparison') || !fitsTerms(terms.value, { pinned: pinned.schema, actual: schema }))
    return refuse(
      'incompatible-version',
      'The dataset in force is of a resource version that the terms do not fit; amend the agreement.',
    );
  const representation = await ports.facts.representation(dataset.resourceId, dataset.datasetVersion);
  if (representation?.state === 'unfit')
    return refuse('not-comparable', 'The dataset in force cannot be compared with; its provider has been told why.');
  if (representation?.state !== 'made') return 'waiting';
  // Likeness is measured by what is on the function's own disk; all else a query can say.
  if (comparison.comparisonKind === 'link' && representation.object.bytes > ports.mostBytesHere)
    return refuse(
      'too-large',
      `The resource takes ${representation.object.bytes} bytes to compare with; ${ports.mostBytesHere} are the most for link.`,
    );
  const standing = await standingOf(ports, comparison);
  if (standing === 'waiting' || (standing && !standing.ok)) return standing;
  return done({ terms: terms.value, dataset, representation, schema, standing: standing?.value });
}

/**
 * What a run of a standing order has beside any other's; `waiting` where the order has ended, which cancels the run before
 * long.
 */
async function standingOf(
  ports: Ports,
  { comparisonId, reconciliationId, listOf }: Before<'begin'>,
): Promise<Outcome<NonNullable<Basis['standing']>> | NoBasis | 'waiting' | undefined> {
  if (reconciliationId === undefined || !listOf) return undefined;
  const order = await ports.reconciliations.find(reconciliationId);
  if (order?.state !== 'active' || order.run?.comparisonId !== comparisonId) return 'waiting';
  const list = await ports.facts.dataset(listOf.resourceId, listOf.datasetVersion);
  if (!list) throw new Fault(`dataset ${listOf.datasetVersion} of ${listOf.resourceId} is not there`);
  if (list.bytes > MAX_LIST_BYTES)
    return refuse('too-large', `The dataset has ${list.bytes} bytes; a list has at most ${MAX_LIST_BYTES}.`);
  if (!(await rightsStand(ports, list)))
    return refuse(
      'agreement-not-active',
      'What the list was derived of is not granted any more, or not now: while that is so, it is compared with nothing.',
    );
  return done({ order, list });
}

/** A run that is taken up again goes on with what its first attempt held. */
const datasetOf = ({ facts }: Ports, comparison: Before<'begin'>): Promise<StoredDataset | undefined> =>
  comparison.state === 'running'
    ? facts.dataset(comparison.resourceId, comparison.datasetVersion)
    : facts.currentDataset(comparison.resourceId);

/** Why terms are not in force any more, in the words of a comparison. */
export const notInForce = (code: 'agreement-not-active' | 'terms-replaced'): ComparisonRefusal => ({
  code,
  detail:
    code === 'terms-replaced'
      ? 'An amendment replaced the terms of this comparison before it had a result; announce it anew under the new ones.'
      : 'The agreement is not in force (any more), so there is no result.',
});

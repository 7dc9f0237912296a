import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { WatchEnd, WatchRefusal } from '../../../schemas/contracts/watches.ts';
import type { RepresentationIn, RestsOn, StoredDataset } from '../../../schemas/stored/datasets.ts';
import type { StoredKeyWatch } from '../../../schemas/stored/watches.ts';
import { restsOnOf } from '../../datasets/rests-on.ts';
import type { WithheldBySources } from '../../datasets/sources.ts';
import { after, dayIn, startOfDay } from '../../kernel/time.ts';
import { fitsTerms } from '../../records/index.ts';
import { isRenewal, type LookBasis } from '../domain/watches/look.ts';
import type { WatchBefore } from '../domain/watches/transitions.ts';
import { sameKey, watchStanding, type WatchStanding, type WatchableTerms } from '../domain/watches/watched-terms.ts';
import { MAX_RESOURCE_BYTES } from '../domain/weight.ts';
import { withheldOf, withheldWords } from '../sources.ts';
import type { WatchPorts } from './ports.ts';

type Ports = Pick<WatchPorts, 'facts' | 'clock' | 'timeZone'>;
type Watched = WatchBefore<'open'>;

/** What a look is made by and looks at. */
export interface Looking extends LookBasis {
  readonly terms: WatchableTerms;
  readonly schema: TableSchema;
  readonly representation: RepresentationIn<'made'> | undefined;
  /** The agreements that what is looked at was derived under. */
  readonly restsOn: readonly RestsOn[];
  /** By other terms than before, or for the first time: nothing is compared. */
  readonly isFirst: boolean;
}

interface Look {
  readonly kind: 'look';
  readonly looking: Looking;
}
/** What it would look at is being made. */
interface Wait {
  readonly kind: 'wait';
}
interface Refuse {
  readonly kind: 'refuse';
  readonly refusal: WatchRefusal;
}
/** Nothing is new, or nothing may be told now. */
interface Rest {
  readonly kind: 'rest';
  /** The instant at which that is otherwise without anything new. */
  readonly until?: string | undefined;
}
interface End {
  readonly kind: 'end';
  readonly end: WatchEnd;
}

const rest: Rest = { kind: 'rest' };
const refuse = (code: WatchRefusal['code'], detail: string): Refuse => ({ kind: 'refuse', refusal: { code, detail } });

/** What is to be done about keys that have come, and wait for their first look. */
export async function firstStep(ports: Ports, watch: WatchBefore<'take'>): Promise<Look | Wait | Refuse> {
  const standing = await standingOf(ports, watch);
  if (standing.kind !== 'in-force') return refuse('agreement-not-active', 'The agreement is not in force (any more).');
  if (standing.termsVersion !== watch.termsVersion)
    return refuse('terms-replaced', 'An amendment replaced the terms; lodge the keys anew under those in force.');
  if (watch.object.bytes !== watch.list.bytes)
    return refuse('length-mismatch', 'The list has another length than was announced.');
  const lookedAt = watch.state === 'lodging' ? watch.looksAt : undefined;
  const { dataset, withheld } = await lookAt(ports, watch, standing.terms, lookedAt);
  if (withheld !== undefined) return { kind: 'refuse', refusal: withheldWords[withheld] };
  const step = await stepBy(ports, watch, standing, { dataset, keyFields: standing.terms.key, isFirst: true });
  return step.kind === 'unfit' ? refuse(step.code, step.detail) : step;
}

/** What is to be done about keys that are watched. */
export async function nextStep(ports: Ports, watch: Watched): Promise<Look | Rest | End> {
  const standing = await standingOf(ports, watch);
  if (standing.kind === 'over') return { kind: 'end', end: 'agreement-over' };
  if (standing.kind === 'not-agreed') return { kind: 'end', end: 'terms-replaced' };
  if (standing.kind === 'at-rest')
    return { kind: 'rest', until: standing.until && startOfDay(standing.until, ports.timeZone) };
  const isFirst = isRenewal(watch, standing);
  if (isFirst && !(await goesOn(ports, watch, standing))) return { kind: 'end', end: 'terms-replaced' };
  const lookedAt = watch.state === 'looking' && !isFirst ? watch.looksAt : undefined;
  const { dataset, withheld } = await lookAt(ports, watch, standing.terms, lookedAt);
  if (!isFirst && dataset?.datasetVersion === watch.datasetVersion) return rest;
  if (withheld !== undefined)
    return withheld === 'paused' ? { kind: 'rest', until: after(ports.clock.now(), PAUSE) } : rest;
  const step = await stepBy(ports, watch, standing, { dataset, keyFields: watch.keyFields, isFirst });
  return step.kind === 'unfit' || step.kind === 'wait' ? rest : step;
}

async function standingOf({ facts, clock, timeZone }: Ports, watch: StoredKeyWatch): Promise<WatchStanding> {
  const agreement = (await facts.agreement(watch.agreementId))?.value;
  return watchStanding(agreement, dayIn(timeZone, clock.now()));
}

type InForce = Extract<WatchStanding, { readonly kind: 'in-force' }>;

/** Under other terms the keys have to be the same keys, and no more than may be watched. */
async function goesOn({ facts }: Ports, watch: Watched, { terms, resourceVersion }: InForce): Promise<boolean> {
  const { resourceId, keyFields, keys } = watch;
  const [read, now] = await Promise.all([
    facts.definition(resourceId, watch.resourceVersion),
    facts.definition(resourceId, resourceVersion),
  ]);
  return keys <= (terms.watchKeys ?? 0) && sameKey(keyFields, terms, { pinned: read.schema, actual: now.schema });
}

/** What ends a pause leaves a mark; the day is for what left none. */
const PAUSE = { days: 1 };

/**
 * The dataset to look at, and why its sources let nothing be told of it. Where a look has looked at one already, whoever takes
 * it up goes on with that one: unless its sources are withdrawn for good, when what has come in its place is looked at.
 */
async function lookAt(
  ports: Ports,
  { resourceId }: StoredKeyWatch,
  terms: WatchableTerms,
  lookedAt: number | undefined,
): Promise<{ readonly dataset: StoredDataset | undefined; readonly withheld: WithheldBySources | undefined }> {
  const before = lookedAt === undefined ? undefined : await ports.facts.dataset(resourceId, lookedAt);
  const withheldBefore = before && (await withheldOf(ports, before, terms));
  if (before && withheldBefore !== 'withdrawn') return { dataset: before, withheld: withheldBefore };
  const dataset = await ports.facts.currentDataset(resourceId);
  return { dataset, withheld: dataset && (await withheldOf(ports, dataset, terms)) };
}

type Unfit = { readonly kind: 'unfit'; readonly code: WatchRefusal['code']; readonly detail: string };
const unfit = (code: WatchRefusal['code'], detail: string): Unfit => ({ kind: 'unfit', code, detail });

async function stepBy(
  { facts }: Ports,
  { resourceId }: StoredKeyWatch,
  { terms, termsVersion, resourceVersion }: InForce,
  of: { readonly dataset: StoredDataset | undefined; readonly keyFields: readonly string[]; readonly isFirst: boolean },
): Promise<Look | Wait | Unfit> {
  const { dataset, keyFields, isFirst } = of;
  const restsOn = restsOnOf(dataset);
  const basis = { terms, termsVersion, resourceVersion, purpose: terms.purpose, keyFields, isFirst, restsOn };
  const pinned = await facts.definition(resourceId, resourceVersion);
  if (!dataset)
    return {
      kind: 'look',
      looking: { ...basis, schema: pinned.schema, datasetVersion: undefined, representation: undefined },
    };
  const { datasetVersion } = dataset;
  const { modes, schema } = await facts.definition(resourceId, dataset.resourceVersion);
  if (!modes.includes(terms.mode) || !fitsTerms(terms, { pinned: pinned.schema, actual: schema }))
    return unfit('incompatible-version', 'The dataset in force is of a resource version that the terms do not fit.');
  const representation = await facts.representation(resourceId, datasetVersion);
  if (representation?.state === 'unfit')
    return unfit('not-comparable', 'The dataset in force cannot be looked at; its provider has been told why.');
  if (representation?.state !== 'made') return { kind: 'wait' };
  if (representation.object.bytes > MAX_RESOURCE_BYTES)
    return unfit('too-large', `The resource takes more than the ${MAX_RESOURCE_BYTES} bytes that can be looked at.`);
  return { kind: 'look', looking: { ...basis, schema, datasetVersion, representation } };
}

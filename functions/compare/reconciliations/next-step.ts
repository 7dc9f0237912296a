import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { ReconciliationEnd } from '../../../schemas/contracts/reconciliations.ts';
import type { ComparisonTerms } from '../../../schemas/contracts/terms.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { after, dayIn, isPast, startOfDay } from '../../kernel/time.ts';
import { listResourceProblems, repetitionProblems } from '../domain/reconciliations/order.ts';
import { againAt, hasNews, nextDue, type ActiveOrder } from '../domain/reconciliations/run.ts';
import { standingOn, type Standing } from '../domain/standing.ts';
import { isEnded } from '../domain/transitions.ts';
import { rightsStand } from '../sources.ts';
import type { ReconciliationPorts } from './ports.ts';

type Ports = Pick<ReconciliationPorts, 'facts' | 'comparisons' | 'clock' | 'timeZone'>;

/** A run is to begin. */
export interface Run {
  readonly kind: 'run';
  readonly agreement: Agreement;
  readonly terms: ComparisonTerms;
  readonly dataset: StoredDataset;
  readonly list: StoredDataset;
  /** The newest run once more, which failed. */
  readonly isAgain: boolean;
}
interface Rest {
  readonly kind: 'rest';
  /** When to look again. */
  readonly until: string;
}
/** This period brought nothing new. */
interface Skip {
  readonly kind: 'skip';
  readonly dueAt: string;
}
interface End {
  readonly kind: 'end';
  readonly end: ReconciliationEnd;
}
export type Step = Run | Rest | Skip | End;

/** How often an order is looked at whose run is under way. */
const PAUSE = { minutes: 5 };
/** What ends a rest leaves a mark: a dataset of either side, an agreement; the day is for what left none. */
const LONG_PAUSE = { days: 1 };

/** What is to be done about an order now. */
export async function nextStep(ports: Ports, order: ActiveOrder): Promise<Step> {
  const { facts, clock, timeZone } = ports;
  const now = clock.now();
  const agreement = (await facts.agreement(order.agreementId))?.value;
  const standing = standingOn(agreement, dayIn(timeZone, now));
  if (!agreement || standing.kind === 'over') return { kind: 'end', end: 'agreement-over' };
  if (standing.kind === 'at-rest')
    return {
      kind: 'rest',
      until: standing.until === undefined ? after(now, LONG_PAUSE) : startOfDay(standing.until, timeZone),
    };
  const { terms } = standing;
  if (terms.mode !== 'comparison') return { kind: 'end', end: 'terms-replaced' };
  const end = await endOf(ports, order, { ...standing, terms });
  if (end) return { kind: 'end', end };
  const last = order.run && (await ports.comparisons.find(order.run.comparisonId));
  if (last && !isEnded(last)) return { kind: 'rest', until: after(now, PAUSE) };
  const again = againAt(order, last);
  const isAgain = again !== undefined && isPast(again, now);
  if (!isAgain && !isPast(order.dueAt, now)) return { kind: 'rest', until: earlier(order.dueAt, again) };
  const [dataset, list] = await Promise.all([
    facts.currentDataset(order.resourceId),
    facts.currentDataset(order.list.resourceId),
  ]);
  if (!dataset || !list) return nothingNew(order, ports);
  const isNew = hasNews(order, standing.termsVersion, { dataset, list });
  if (!isNew && !isAgain) return again === undefined ? nothingNew(order, ports) : { kind: 'rest', until: again };
  // What they were made of may be granted again: this period is not over with it.
  if (!(await rightsStand(ports, dataset)) || !(await rightsStand(ports, list)))
    return { kind: 'rest', until: after(now, LONG_PAUSE) };
  return { kind: 'run', agreement, terms, dataset, list, isAgain: !isNew };
}

const earlier = (one: string, other: string | undefined): string => (other !== undefined && other < one ? other : one);

function nothingNew(order: ActiveOrder, { clock, timeZone }: Pick<Ports, 'clock' | 'timeZone'>): Rest | Skip {
  const now = clock.now();
  return order.every === 'on-arrival'
    ? { kind: 'rest', until: after(now, LONG_PAUSE) }
    : { kind: 'skip', dueAt: nextDue(order, timeZone, now) };
}

type InForce = Extract<Standing, { readonly kind: 'in-force' }> & { readonly terms: ComparisonTerms };

async function endOf(
  { facts }: Ports,
  { resourceId, comparisonKind: kind, list, consumer }: ActiveOrder,
  { terms, resourceVersion }: InForce,
): Promise<ReconciliationEnd | undefined> {
  const { schema } = await facts.definition(resourceId, resourceVersion);
  if (repetitionProblems({ kind, list }, terms, schema).length > 0) return 'terms-replaced';
  const problems = listResourceProblems({ kind, list }, terms, await facts.resource(list.resourceId), consumer);
  // A field that its newest version lacks may come again, and a dataset of an older one has it.
  return problems.some(({ rule }) => rule !== 'no-column') ? 'list-retired' : undefined;
}

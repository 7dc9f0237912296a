import type { Evidence, EvidenceAct } from '../../../schemas/contracts/evidence.ts';
import { LATE_SECONDS, type ExchangeFigures } from '../../../schemas/contracts/reports.ts';

export type Amounts = Partial<ExchangeFigures>;
type Figures = NonNullable<Evidence['figures']>;

/** What one act adds to the figures of its month. An act that is not here is evidence and no figure. */
const amountsBy: Partial<Record<EvidenceAct, (evidence: Evidence, figures: Figures) => Amounts>> = {
  'delivery-released': (_, { rows = 0, bytes = 0, lateSeconds }) => ({
    deliveries: 1,
    records: rows,
    bytes,
    ...(lateSeconds !== undefined && (lateSeconds > LATE_SECONDS ? { late: 1 } : { onTime: 1 })),
  }),
  'content-requested': () => ({ contentRequests: 1 }),
  'receipt-given': () => ({ receipts: 1 }),
  'upload-accepted': (_, { read = 0, accepted = 0 }) => ({
    uploadsAccepted: 1,
    recordsRead: read,
    recordsAccepted: accepted,
  }),
  'upload-refused': (_, { read = 0 }) => ({
    uploadsRefused: 1,
    recordsRead: read,
  }),
  'upload-declined': () => ({ uploadsRefused: 1 }),
  'definition-published': ({ subject }) => (subject.resourceVersion === 1 ? { resourcesPublished: 1 } : {}),
  'resource-retired': () => ({ resourcesRetired: 1 }),
  'agreement-proposed': () => ({ agreementsProposed: 1 }),
  'agreement-filed': () => ({ agreementsFiled: 1 }),
  'agreement-terminated': () => ({ agreementsTerminated: 1 }),
  'agreement-expired': () => ({ agreementsExpired: 1 }),
  'correction-reported': () => ({ corrections: 1 }),
  'looked-up': (_, { keys = 0, found = 0 }) => ({ lookups: 1, keysLookedUp: keys, recordsShown: found }),
  'comparison-run': (_, { rows = 0, hits = 0 }) => ({ comparisons: 1, comparedRows: rows, comparisonHits: hits }),
};

/** Zeros are left out: what is not there is not written. */
export function amountsOf(evidence: Evidence): Amounts {
  const amounts = amountsBy[evidence.act]?.(evidence, evidence.figures ?? {}) ?? {};
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0));
}

export interface RuleAmounts {
  readonly rule: string;
  readonly violations: number;
  readonly uploadsRefused: number;
}

const RULE = 'rule:';

/** By rule: how many records it rejected; by the code of a refusal: that it refused the upload. */
export function ruleAmountsOf({ act, subject, figures = {} }: Evidence): readonly RuleAmounts[] {
  if (act !== 'upload-accepted' && act !== 'upload-refused' && act !== 'upload-declined') return [];
  const code = act === 'upload-declined' ? 'declined' : act === 'upload-refused' ? subject.refusal : undefined;
  const byRule = new Map(
    Object.entries(figures).flatMap(([name, count]) =>
      name.startsWith(RULE) && count > 0 ? [[name.slice(RULE.length), count] as const] : [],
    ),
  );
  const rules = new Set([...byRule.keys(), ...(code === undefined ? [] : [code])]);
  return [...rules].map((rule) => ({
    rule,
    violations: byRule.get(rule) ?? 0,
    uploadsRefused: rule === code ? 1 : 0,
  }));
}

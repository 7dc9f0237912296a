import { dynamoAnswers } from '../../../../functions/adapters/dynamodb/answers.ts';
import { dynamoOutbox } from '../../../../functions/adapters/dynamodb/messages.ts';
import { dynamoBenefits } from '../../../../functions/adapters/dynamodb/reports/benefits.ts';
import { dynamoCounters } from '../../../../functions/adapters/dynamodb/reports/counters.ts';
import { dynamoUses } from '../../../../functions/adapters/dynamodb/reports/usage.ts';
import { spend } from '../../../../functions/adapters/dynamodb/quotas.ts';
import { dynamoShares } from '../../../../functions/adapters/dynamodb/shares.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import { later } from '../../../intake/an-upload.ts';
import { instant, sha256 } from '../../../support/builders.ts';
import { all, consumer, due, id, proof, provider, until, resourceId } from './played.ts';
import { mark } from '../../../../functions/adapters/dynamodb/table/due.ts';
import { commit } from '../../../../functions/adapters/dynamodb/table/write.ts';

export function rest(table: Table) {
  const counters = dynamoCounters(table);
  const counted = proof();
  const use = { agreementId: id(20), termsVersion: 1, datasetVersion: 1, deliveryId: id(20), requests: 1 };
  const asked = {
    agreementId: id(23),
    month: '2026-12',
    termsVersion: 1,
    lookups: 1,
    keysLookedUp: 2,
    recordsShown: 1,
    comparisons: 0,
    comparedRows: 0,
    comparisonHits: 0,
    results: 0,
    requests: 0,
    askedAt: instant,
    usedAt: instant,
  };
  const counter = {
    scope: 'hub',
    month: '2026-12',
    by: 'resource',
    place: { resourceId },
    figures: { deliveries: 1 },
  } as const;
  const benefit = {
    agreementId: id(21),
    resourceId,
    provider,
    consumer,
    period: '2026-12',
    words: 'much',
    statedAt: instant,
    themes: [],
  };
  const noticeId = id(22);
  const message = {
    to: consumer,
    notice: {
      type: 'agreement',
      noticeId,
      at: instant,
      event: 'file',
      agreementId: id(1),
      state: 'active',
      resourceId,
      path: '/v1',
    },
  };
  const answer = {
    department: consumer,
    routeId: 'signAgreement',
    key: 'k',
    requestDigest: sha256,
    status: 200,
    refersTo: { a: 1 },
    expires: 4_000_000_000,
  };
  const count = (evidence: readonly Evidence[]) =>
    counters.add({
      evidence: evidence.map(({ evidenceId }) => evidenceId),
      counters: new Map([['1', counter]]),
      uses: new Map([['1', use]]),
      asked: new Map([['1', asked]]),
    });
  const quota = () => commit(table, [spend(table, { of: 'lookups', day: '2026-12-01', limit: 9 })]);
  const share = () => dynamoShares(table, { callsPerSecond: 50, atOnce: 200 }).take(consumer, later(1000));
  return {
    evidence: [
      {
        item: toItem('evidence', keyOf.evidence(counted.evidenceId), counted),
        read: async () => {
          await commit(table, [mark(table, 'count', keyOf.evidence(counted.evidenceId), counted, instant)]);
          return all(counters.uncounted(until));
        },
        change: () => count([counted]),
      },
    ],
    counter: [
      {
        item: toItem('counter', keyOf.counter('hub', '2026-12', 'resource', resourceId), { resourceId, deliveries: 1 }),
        read: () => counters.of('hub', '2026-12', 'resource'),
        change: () => count([]),
      },
    ],
    usage: [
      {
        item: toItem('usage', keyOf.usage(use.agreementId, 1, 1), use),
        read: () => all(dynamoUses(table).of(use.agreementId)),
        change: () => count([]),
      },
    ],
    asked: [
      {
        item: toItem('asked', keyOf.asked(asked.agreementId, asked.month, 1), asked),
        read: () => dynamoUses(table).asked(asked.agreementId, asked.month),
        change: () => count([]),
      },
    ],
    benefit: [
      {
        item: toItem('benefit', keyOf.benefit(benefit.agreementId, '2026-12'), benefit),
        read: () => dynamoBenefits(table).find(benefit.agreementId, '2026-12'),
      },
    ],
    message: [
      {
        item: toItem('message', keyOf.message(noticeId), message, due('MESSAGE')),
        read: () => dynamoOutbox(table).find(noticeId),
        change: () => dynamoOutbox(table).postpone(noticeId, later(60)),
      },
    ],
    answer: [
      {
        item: toItem('answer', keyOf.answer(consumer, answer.routeId, answer.key), answer),
        read: () => dynamoAnswers(table).find(consumer, answer.routeId, answer.key),
      },
    ],
    quota: [{ item: toItem('quota', keyOf.quota('lookups', '2026-12-01'), { used: 1 }), read: quota, change: quota }],
    share: [{ item: toItem('share', keyOf.share(consumer), { usedUpTo: 1 }), read: share, change: share }],
  };
}

import { dynamoDutyFacts } from '../../../../functions/adapters/dynamodb/duties/facts.ts';
import { dynamoComparisons } from '../../../../functions/adapters/dynamodb/compare/comparisons.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import type { ComparisonIn } from '../../../../schemas/stored/comparisons.ts';
import { inState } from '../../../compare/a-comparison.ts';
import { later } from '../../../intake/an-upload.ts';
import { anAgreement, comparisonTerms, instant, resource } from '../../../support/builders.ts';
import { id, page, there } from './played.ts';

export function comparisons(table: Table) {
  const store = dynamoComparisons(table);
  const resourceId = resource('compared');
  const running: ComparisonIn<'running'> = { ...inState.running(), comparisonId: id(71), resourceId };
  const { comparisonId, consumer } = running;
  const waiting = {
    comparisonId: id(72),
    agreementId: id(73),
    termsVersion: 1,
    receivedAt: instant,
    expiresAt: later(60),
  };
  return {
    comparison: [
      {
        item: toItem('comparison', keyOf.comparison(comparisonId), running),
        read: () => store.find(comparisonId),
        change: async () => {
          const found = there(await store.find(comparisonId));
          return store.replace({ ...found, session: 'other' }, found);
        },
      },
    ],
    pointer: [
      {
        item: toItem('pointer', keyOf.waitingList(waiting.agreementId, waiting.comparisonId), waiting),
        read: () =>
          dynamoDutyFacts(table).listWaiting(
            anAgreement({ agreementId: waiting.agreementId, state: 'active', terms: comparisonTerms() }),
          ),
      },
      {
        item: toItem('pointer', keyOf.partyComparison(consumer, comparisonId), { comparisonId }),
        read: async () => (await store.listOf(consumer, page)).items,
      },
    ],
  };
}

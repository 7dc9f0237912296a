import { dynamoComparisons } from '../../../../functions/adapters/dynamodb/compare/comparisons.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import type { ComparisonIn } from '../../../../schemas/stored/comparisons.ts';
import { inState } from '../../../compare/a-comparison.ts';
import { resource } from '../../../support/builders.ts';
import { id, page, there } from './played.ts';

export function comparisons(table: Table) {
  const store = dynamoComparisons(table);
  const resourceId = resource('compared');
  const running: ComparisonIn<'running'> = { ...inState.running(), comparisonId: id(71), resourceId };
  const { comparisonId, consumer } = running;
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
        item: toItem('pointer', keyOf.partyComparison(consumer, comparisonId), { comparisonId }),
        read: async () => (await store.listOf(consumer, page)).items,
      },
    ],
  };
}

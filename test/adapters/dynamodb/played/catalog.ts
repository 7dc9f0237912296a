import { dynamoBreakingMarks } from '../../../../functions/adapters/dynamodb/agreements/clock.ts';
import { dynamoMarks } from '../../../../functions/adapters/dynamodb/catalog/marks.ts';
import { dynamoResources } from '../../../../functions/adapters/dynamodb/catalog/resources.ts';
import { catalogReader } from '../../../../functions/adapters/dynamodb/catalog/states.ts';
import { readLineage } from '../../../../functions/adapters/dynamodb/derive/lineage.ts';
import { dynamoDerivations, readDerivation } from '../../../../functions/adapters/dynamodb/derive/store.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { commit } from '../../../../functions/adapters/dynamodb/table/write.ts';
import { begun } from '../../../../functions/derive/domain/run-state.ts';
import { entryOf } from '../../../../functions/catalog/domain/entry.ts';
import { aDerivation } from '../../../derive/a-derivation.ts';
import { aResource, aResourceVersion, day, instant } from '../../../support/builders.ts';
import { all, due, id, proof, provider, there, until, resourceId } from './played.ts';

export function catalog(table: Table) {
  const version = aResourceVersion();
  const resources = dynamoResources(table);
  const mark = { resourceId, event: 'retired', at: instant } as const;
  const deprecation = { retireOn: '2030-01-01', reason: 'old', at: instant, by: provider };
  const breaking = {
    resourceId,
    resourceVersion: 2,
    graceUntil: day,
    affected: [{ agreementId: id(1), termsVersion: 1, fields: [] }],
  };
  /** Touches what the catalog knows of the resource, each time as the next version, also where it was set back meanwhile. */
  const publish = async () => {
    const next = { ...version, version: 1 + ((await resources.head(resourceId))?.latestVersion ?? 0) };
    const coding = { category: '102001', codeOf: (number: number) => `102001/000${number}`, isCode: () => false };
    const Key = keyOf.resourceVersion(resourceId, next.version);
    await commit(table, [{ Delete: { TableName: table.name, Key } }]);
    return resources.publish({ version: next, entry: entryOf(next), evidence: proof(), coding });
  };
  return {
    catalog: [
      { item: toItem('catalog', keyOf.catalog(), { catalogRevision: 1 }), read: catalogReader(table), change: publish },
    ],
    'catalog-change': [
      {
        item: toItem('catalog-change', keyOf.catalogChange(99), { resourceId }),
        read: async () => {
          const read = catalogReader(table);
          await read();
          await publish();
          return (await read()).entries;
        },
      },
    ],
    'catalog-entry': [
      {
        item: toItem('catalog-entry', keyOf.catalogEntry(resourceId), { about: entryOf(version), changedIn: 1 }),
        read: async () => (await catalogReader(table)()).entries,
        change: () => resources.end({ resourceId, change: { deprecation }, marks: [], evidence: proof() }),
      },
    ],
    category: [
      { item: toItem('category', keyOf.category('102001'), { lastNumber: 1 }), read: publish, change: publish },
    ],
    resource: [
      {
        item: toItem('resource', keyOf.resource(resourceId), aResource()),
        read: () => resources.head(resourceId),
        change: publish,
      },
    ],
    'resource-version': [
      {
        item: toItem('resource-version', keyOf.resourceVersion(resourceId, 1), {
          ...version,
          definition: JSON.stringify(version.definition),
        }),
        read: () => resources.version(resourceId, 1),
      },
    ],
    lineage: [
      {
        item: toItem('lineage', keyOf.lineage(resourceId, 1), {
          resourceId,
          resourceVersion: 1,
          lineage: JSON.stringify({ fields: [], records: [] }),
        }),
        read: () => readLineage(table, resourceId, 1),
      },
    ],
    derivation: [
      {
        item: toItem('derivation', keyOf.derivation(resourceId), aDerivation()),
        read: () => readDerivation(table, resourceId),
        change: async () => {
          const was = there(await readDerivation(table, resourceId));
          return dynamoDerivations(table).put(begun(version, [], was, instant), was);
        },
      },
    ],
    'resource-mark': [
      {
        item: toItem('resource-mark', keyOf.resourceMark(resourceId, 'retired'), mark, due('RESOURCE')),
        read: () => all(dynamoMarks(table).due(until)),
      },
    ],
    breaking: [
      {
        item: toItem('breaking', keyOf.breaking(resourceId, 2), breaking, due('BREAKING')),
        read: () => all(dynamoBreakingMarks(table).due(until)),
      },
    ],
  };
}

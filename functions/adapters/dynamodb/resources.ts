import { z } from 'zod';
import { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import { ResourceHead, ResourceSummary, ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { CatalogEntry, Publication, Resources } from '../../catalog/ports.ts';
import { agreementsOnResource } from './agreements.ts';
import { newestDatasets } from './datasets.ts';
import { writeEvidence } from './evidence.ts';
import { jsonText } from './json-text.ts';
import { keyOf } from './keys.ts';
import { commit, fromItem, pageOf, putNew, readItem, toItem, type Table, type Write } from './table.ts';

/** Every writer of the head item changes its own attributes only; a reader takes those it knows. */
const HeadItem = z.object(ResourceHead.shape);
const EntryItem = z.object({ summary: ResourceSummary, texts: z.array(z.string()) });
const VersionItem = ResourceVersion.extend({ definition: jsonText(ResourceDefinition) });

const CATALOG = 'RESOURCES';

/** What is newest of a resource; strongly consistent. */
export async function readResourceHead(table: Table, id: ResourceId): Promise<ResourceHead | undefined> {
  const item = await readItem(table, keyOf.resource(id));
  return item && fromItem(HeadItem, item);
}

/** A published version; once there it never changes. */
export async function readResourceVersion(
  table: Table,
  id: ResourceId,
  version: number,
): Promise<ResourceVersion | undefined> {
  const item = await readItem(table, keyOf.resourceVersion(id, version));
  return item && fromItem(VersionItem, item);
}

export async function readLatestVersion(table: Table, id: ResourceId): Promise<ResourceVersion | undefined> {
  const head = await readResourceHead(table, id);
  return head && readResourceVersion(table, id, head.latestVersion);
}

const writePublication = (table: Table, { version, entry, evidence }: Publication): readonly Write[] => [
  version.version === 1 ? putFirst(table, version, entry) : moveHead(table, version, entry),
  putNew(
    table,
    toItem('resource-version', keyOf.resourceVersion(version.resourceId, version.version), {
      ...version,
      definition: JSON.stringify(version.definition),
    }),
  ),
  writeEvidence(table, evidence),
];

function putFirst(table: Table, { resourceId, provider }: ResourceVersion, entry: CatalogEntry): Write {
  const head: ResourceHead = {
    resourceId,
    provider,
    latestVersion: 1,
    lastSequence: 0,
    committedSequence: 0,
    datasetVersion: 0,
  };
  return putNew(
    table,
    toItem(
      'resource',
      keyOf.resource(resourceId),
      { ...head, ...entry },
      { list: { partition: CATALOG, position: resourceId } },
    ),
  );
}

const moveHead = (table: Table, { resourceId, version }: ResourceVersion, { summary, texts }: CatalogEntry): Write => ({
  Update: {
    TableName: table.name,
    Key: keyOf.resource(resourceId),
    UpdateExpression: 'SET latestVersion = :next, #summary = :summary, #texts = :texts',
    ConditionExpression: 'latestVersion = :read',
    ExpressionAttributeNames: { '#summary': 'summary', '#texts': 'texts' },
    ExpressionAttributeValues: { ':next': version, ':read': version - 1, ':summary': summary, ':texts': texts },
  },
});

export const dynamoResources = (table: Table): Resources => ({
  latest: (id) => readLatestVersion(table, id),
  version: (id, version) => readResourceVersion(table, id, version),
  publish: async (publication) => (await commit(table, writePublication(table, publication))).committed,
  search: (page, wanted) =>
    pageOf(
      table,
      { from: { list: CATALOG, keyOf: (position) => keyOf.resource(position as ResourceId) } },
      page,
      (item) => {
        const entry = fromItem(EntryItem, item);
        return wanted(entry) ? entry.summary : undefined;
      },
    ),
  async datasets(id, page) {
    const { items, ...more } = await newestDatasets(table, id, page);
    return {
      items: items.map(({ provider: _provider, columns: _columns, objects: _objects, ...dataset }) => dataset),
      ...more,
    };
  },
  async isConsumer(id, department, day) {
    for await (const { state, terms } of agreementsOnResource(table, id, department)) {
      const inForce = terms.at(-1)?.terms;
      if (state === 'active' && inForce && inForce.validFrom <= day && day <= inForce.validTo) return true;
    }
    return false;
  },
});

import * as z from 'zod';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import { AgreementId, ResourceId, VersionNumber } from '../../../../schemas/contracts/ids.ts';
import type { Facts, Mark, Marks } from '../../../delivery/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { isPast } from '../../../kernel/time.ts';
import { agreementsOnResource, readAgreement } from '../agreements/read.ts';
import { readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import { newestDataset, readDataset } from '../datasets/store.ts';
import { inheritedBy } from '../derive/lineage.ts';
import { marked, postpone, unmark } from '../table/due.ts';
import { fromItem } from '../table/items.ts';
import { keyOf, type Key } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { commit } from '../table/write.ts';

export const dynamoFacts = (table: Table): Facts => ({
  agreement: (id) => readAgreement(table, id),
  inherited: inheritedBy(table),
  async agreementsOn(resourceId) {
    const agreements: Agreement[] = [];
    for await (const agreement of agreementsOnResource(table, resourceId)) agreements.push(agreement);
    return agreements;
  },
  dataset: (resourceId, version) => readDataset(table, resourceId, version),
  currentDataset: (resourceId) => newestDataset(table, resourceId),
  async newestDataset(resourceId, upTo) {
    for (let version = (await readResourceHead(table, resourceId))?.datasetVersion ?? 0; version > 0; version--) {
      const dataset = await readDataset(table, resourceId, version);
      if (dataset && isPast(dataset.committedAt, upTo)) return dataset;
    }
    return undefined;
  },
  async schema(resourceId, version) {
    const resource = await readResourceVersion(table, resourceId, version);
    if (!resource) throw new Fault(`resource ${resourceId} has no version ${version}`);
    return resource.definition.schema;
  },
});

const DatasetMark = z.object({ resourceId: ResourceId, datasetVersion: VersionNumber });
const AgreementMark = z.object({ agreementId: AgreementId });

const markOf = (kind: Mark['kind'], item: Item): Mark =>
  kind === 'dataset' ? { kind, ...fromItem(DatasetMark, item) } : { kind, ...fromItem(AgreementMark, item) };

const keyOfMark = (mark: Mark): Key =>
  mark.kind === 'dataset' ? keyOf.dataset(mark.resourceId, mark.datasetVersion) : keyOf.agreement(mark.agreementId);

export const dynamoMarks = (table: Table): Marks => ({
  async *due(kind, until) {
    for await (const item of marked(table, kind, until)) yield markOf(kind, item);
  },
  async clearDataset(resourceId, datasetVersion) {
    await commit(table, [unmark(table, 'dataset', keyOf.dataset(resourceId, datasetVersion))]);
  },
  async clearAgreement(id, revision) {
    await commit(table, [
      unmark(table, 'agreement', keyOf.agreement(id), {
        ConditionExpression: 'asOf <= :read',
        ExpressionAttributeValues: { ':read': revision },
      }),
    ]);
  },
  async postpone(mark, lookAgainAt) {
    await postpone(table, mark.kind, keyOfMark(mark), lookAgainAt);
  },
});

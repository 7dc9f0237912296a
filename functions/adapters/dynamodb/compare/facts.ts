import type { ListResources } from '../../../compare/reconciliations/ports.ts';
import type { Facts } from '../../../compare/stores.ts';
import { Fault } from '../../../kernel/fault.ts';
import { readAgreement } from '../agreements/read.ts';
import { readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import { readRepresentation } from '../datasets/representations.ts';
import { newestDataset, readDataset } from '../datasets/store.ts';
import { derivedOf, inheritedBy } from '../derive/lineage.ts';
import type { Table } from '../table/reads.ts';

export const comparedFacts = (table: Table): Facts & ListResources => ({
  agreement: (id) => readAgreement(table, id),
  inherited: inheritedBy(table),
  currentDataset: (resourceId) => newestDataset(table, resourceId),
  dataset: (resourceId, datasetVersion) => readDataset(table, resourceId, datasetVersion),
  representation: (resourceId, datasetVersion) => readRepresentation(table, resourceId, datasetVersion),
  async definition(resourceId, version) {
    const resource = await readResourceVersion(table, resourceId, version);
    if (!resource) throw new Fault(`resource ${resourceId} has no version ${version}`);
    return resource.definition;
  },
  derivedOf: (resourceId) => derivedOf(table, resourceId),
  async resource(resourceId) {
    const head = await readResourceHead(table, resourceId);
    const newest = head && (await readResourceVersion(table, resourceId, head.latestVersion));
    if (!newest) return undefined;
    const { provider, definition } = newest;
    return { provider, isRetired: head.retiredAt !== undefined, schema: definition.schema };
  },
});

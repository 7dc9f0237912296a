import type { Facts } from '../../../datasets/represent/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import type { Table } from '../table/reads.ts';
import { readDataset } from './store.ts';

export const dynamoRepresentFacts = (table: Table): Facts => ({
  async resource(id) {
    const head = await readResourceHead(table, id);
    const newest = head && (await readResourceVersion(table, id, head.latestVersion));
    return head && newest && { head, modes: newest.definition.modes };
  },
  dataset: (id, version) => readDataset(table, id, version),
  async schema(id, version) {
    const resource = await readResourceVersion(table, id, version);
    if (!resource) throw new Fault(`resource ${id} has no version ${version}`);
    return resource.definition.schema;
  },
});

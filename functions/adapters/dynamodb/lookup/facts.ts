import { Fault } from '../../../kernel/fault.ts';
import type { Facts } from '../../../lookup/ports.ts';
import { readAgreement } from '../agreements/read.ts';
import { readLatestVersion, readResourceVersion } from '../catalog/resources.ts';
import type { Table } from '../table/reads.ts';

export const dynamoLookupFacts = (table: Table): Facts => ({
  agreement: async (id) => (await readAgreement(table, id))?.value,
  resource: (id) => readLatestVersion(table, id),
  async resourceVersion(id, version) {
    const found = await readResourceVersion(table, id, version);
    if (!found) throw new Fault(`resource ${id} has no version ${version}`);
    return found;
  },
});

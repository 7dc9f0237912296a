import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import { Fault } from '../../../kernel/fault.ts';
import type { Facts } from '../../../lookup/ports.ts';
import { ByWeight } from '../../parquet/by-weight.ts';
import { readAgreement } from '../agreements/read.ts';
import { readLatestVersion, readResourceVersion } from '../catalog/resources.ts';
import { inheritedBy } from '../derive/lineage.ts';
import type { Table } from '../table/reads.ts';

/** Published versions never change: a function reads each of them once, as long as it keeps them. */
const VERSIONS_KEPT = 200;

export function dynamoLookupFacts(table: Table): Facts {
  const kept = new ByWeight<{ readonly weight: 1; readonly version: ResourceVersion }>(VERSIONS_KEPT);
  return {
    agreement: async (id) => (await readAgreement(table, id))?.value,
    inherited: inheritedBy(table),
    resource: (id) => readLatestVersion(table, id),
    resourceVersion: async (id, number) =>
      (
        await kept.get(`${id} ${number}`, async () => {
          const version = await readResourceVersion(table, id, number);
          if (!version) throw new Fault(`resource ${id} has no version ${number}`);
          return { weight: 1, version };
        })
      ).version,
  };
}

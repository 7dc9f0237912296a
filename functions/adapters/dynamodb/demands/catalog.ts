import type { ResourceSummary } from '../../../../schemas/contracts/resources.ts';
import { profileOf, type Profile } from '../../../demands/domain/profile.ts';
import type { Catalog } from '../../../demands/ports.ts';
import { inOrder } from '../../../kernel/each.ts';
import { readLatestVersion, readResourceHead, readResourceVersion } from '../catalog/resources.ts';
import { catalogReader } from '../catalog/states.ts';
import { newestDataset } from '../datasets/store.ts';
import type { Table } from '../table/reads.ts';

const READS_AT_ONCE = 50;

/**
 * The catalog as demands are compared with it. A published version never changes, so the profile of one is made once for as
 * long as the function lives: with 20 fields some 15 KB each, for 5,000 resources 75 MB and, at the
 * first call, some seconds.
 */
export function dynamoDemandCatalog(table: Table): Catalog {
  const read = catalogReader(table);
  const known = new Map<string, Profile>();
  return {
    latest: (id) => readLatestVersion(table, id),
    isRetired: async (id) => (await readResourceHead(table, id))?.retiredAt !== undefined,
    newestDataset: (id) => newestDataset(table, id),
    async profiles() {
      const { entries } = await read();
      const offered = entries.flatMap(({ summary }) => (summary.retiredAt === undefined ? [summary] : []));
      await learn(
        table,
        known,
        offered.filter(({ resourceId, version }) => known.get(resourceId)?.version !== version),
      );
      return offered.flatMap(({ resourceId }) => known.get(resourceId) ?? []);
    },
  };
}

type Newer = Pick<ResourceSummary, 'resourceId' | 'version'>;

async function learn(table: Table, known: Map<string, Profile>, newer: readonly Newer[]): Promise<void> {
  const read = ({ resourceId, version }: Newer) => readResourceVersion(table, resourceId, version);
  for await (const [{ resourceId }, version] of inOrder(newer, READS_AT_ONCE, read))
    if (version) known.set(resourceId, profileOf(version));
}

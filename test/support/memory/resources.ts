import type { Dataset, ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { CatalogEntry, Resources } from '../../../functions/catalog/ports.ts';
import { summaryOf, textsOf } from '../../../functions/catalog/domain/search.ts';
import { memoryJournal, type Journal } from './kernel.ts';
import { memoryPage } from './pages.ts';

export interface MemoryResources extends Resources {
  /** Puts a published version there as it is. */
  give(version: ResourceVersion): void;
  giveDataset(dataset: Dataset): void;
  /** From now on this department is a consumer of the resource, from the first to the last day. */
  giveConsumer(resourceId: string, department: string, from: string, to: string): void;
}

export function memoryResources(journal: Journal = memoryJournal()): MemoryResources {
  const versions = new Map<string, ResourceVersion[]>();
  const entries = new Map<string, CatalogEntry>();
  const datasets: Dataset[] = [];
  const consumers: { resourceId: string; department: string; from: string; to: string }[] = [];
  const give = (version: ResourceVersion, entry: CatalogEntry) => {
    versions.set(version.resourceId, [...(versions.get(version.resourceId) ?? []), version]);
    entries.set(version.resourceId, entry);
  };
  return {
    give: (version) => give(version, { summary: summaryOf(version), texts: textsOf(version) }),
    giveDataset: (dataset) => void datasets.push(dataset),
    giveConsumer: (resourceId, department, from, to) => void consumers.push({ resourceId, department, from, to }),
    latest: async (id) => versions.get(id)?.at(-1),
    version: async (id, version) => versions.get(id)?.find((each) => each.version === version),
    publish: async ({ version, entry, evidence }) =>
      (versions.get(version.resourceId)?.length ?? 0) === version.version - 1 &&
      journal.commit(() => give(version, entry), evidence, undefined),
    search: async (page, wanted) => {
      const ordered = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
      return memoryPage(
        ordered,
        ([id]) => id,
        page,
        ([, entry]) => (wanted(entry) ? entry.summary : undefined),
      );
    },
    datasets: async (id, page) => {
      const newestFirst = datasets
        .filter(({ resourceId }) => resourceId === id)
        .sort((a, b) => b.datasetVersion - a.datasetVersion);
      return memoryPage(
        newestFirst,
        ({ datasetVersion }) => String(datasetVersion),
        page,
        (dataset) => dataset,
      );
    },
    isConsumer: async (id, department, day) =>
      consumers.some(
        (each) => each.resourceId === id && each.department === department && each.from <= day && day <= each.to,
      ),
  };
}

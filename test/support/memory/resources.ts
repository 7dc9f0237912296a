import type { Dataset, ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { ResourceHead, ResourceMark } from '../../../schemas/stored/catalog.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import { entryOf } from '../../../functions/catalog/domain/entry.ts';
import type {
  CatalogEntry,
  Derivations,
  DueMark,
  EndOfResource,
  Marks,
  Publication,
  Resources,
  Standing,
} from '../../../functions/catalog/ports.ts';
import { lateAfter } from '../../../functions/reading/update-cycle.ts';
import { memoryJournal, type Journal } from './kernel.ts';
import { memoryPage } from './pages.ts';

/** Of catalogs in which no resource is made of others. */
export const nothingDerived: Derivations = {
  judge: async (id) => {
    throw new Error(`${id} is derived`);
  },
};

export interface MemoryResources extends Resources {
  /** Puts a published version there as it is. */
  give(version: ResourceVersion): void;
  /** From now on this is the newest dataset. */
  giveDataset(dataset: Dataset): void;
  /** From now on this department is a consumer of the resource, from the first to the last day. */
  giveConsumer(resourceId: string, department: string, from: string, to: string): void;
  /** What is to be done about resources that end, and what was told of it. */
  readonly marks: Marks & { readonly told: readonly OutgoingNotice[] };
}

/** All that is known of one resource. */
interface Stored extends Omit<Standing, 'latest'> {
  readonly versions: readonly ResourceVersion[];
  readonly datasetAt?: string;
  readonly datasetVersion: number;
}

export function memoryResources(journal: Journal = memoryJournal()): MemoryResources {
  const stored = new Map<string, Stored>();
  const entries = new Map<string, CatalogEntry>();
  const numbers = new Map<string, number>();
  const datasets: Dataset[] = [];
  const consumers: { resourceId: string; department: string; from: string; to: string }[] = [];
  const due = new Map<string, DueMark>();
  const told: OutgoingNotice[] = [];
  let revision = 0;

  const enter = (id: string, entry: Omit<CatalogEntry, 'changedIn'>) =>
    void entries.set(id, { ...entry, changedIn: ++revision });
  const give = (version: ResourceVersion) => {
    const { resourceId } = version;
    const known = stored.get(resourceId) ?? { versions: [], datasetVersion: 0 };
    stored.set(resourceId, { ...known, versions: [...known.versions, version] });
    const { deprecation } = known;
    const entry = entryOf(version);
    enter(resourceId, { ...entry, summary: { ...entry.summary, ...(deprecation && { deprecation }) } });
  };
  const coded = ({ version, coding }: Publication): ResourceVersion => {
    if (!coding) return version;
    const kept = stored.get(version.resourceId)?.versions.at(-1)?.resourceCode;
    if (kept !== undefined && coding.isCode(kept)) return { ...version, resourceCode: kept };
    const number = (numbers.get(coding.category) ?? 0) + 1;
    numbers.set(coding.category, number);
    return { ...version, resourceCode: coding.codeOf(number) };
  };
  const standing = (id: string): Standing | undefined => {
    const found = stored.get(id);
    const latest = found?.versions.at(-1);
    return (
      found &&
      latest && { latest, deprecation: found.deprecation, retiredAt: found.retiredAt, retirement: found.retirement }
    );
  };
  const headOf = (id: string): ResourceHead | undefined => {
    const found = stored.get(id);
    const [first, latest] = [found?.versions[0], found?.versions.at(-1)];
    return (
      found &&
      first &&
      latest && {
        resourceId: first.resourceId,
        provider: first.provider,
        latestVersion: latest.version,
        lastSequence: 0,
        committedSequence: 0,
        datasetVersion: found.datasetVersion,
        ...(found.datasetAt !== undefined && { datasetAt: found.datasetAt }),
        updateCycle: latest.definition.updateCycle,
        publishedAt: first.publishedAt,
        ...(latest.resourceCode !== undefined && { resourceCode: latest.resourceCode }),
        ...(found.deprecation && { deprecation: found.deprecation }),
        ...(found.retiredAt !== undefined && { retiredAt: found.retiredAt }),
        ...(found.retirement && { retirement: found.retirement }),
      }
    );
  };
  const end = ({ resourceId, change, marks }: EndOfResource) => {
    const known = stored.get(resourceId)!;
    stored.set(resourceId, { ...known, ...change });
    const { summary, ...entry } = entries.get(resourceId)!;
    const shown = 'deprecation' in change ? change : { retiredAt: change.retiredAt };
    enter(resourceId, { ...entry, summary: { ...summary, ...shown } });
    for (const mark of marks) due.set(`${resourceId} ${mark.mark.event}`, mark);
  };
  const isDue = (until: string) => [...due.values()].filter(({ at }) => at <= until);

  return {
    give,
    giveDataset: (dataset) => {
      datasets.push(dataset);
      const known = stored.get(dataset.resourceId);
      if (known)
        stored.set(dataset.resourceId, {
          ...known,
          datasetAt: dataset.committedAt,
          datasetVersion: dataset.datasetVersion,
        });
    },
    giveConsumer: (resourceId, department, from, to) => void consumers.push({ resourceId, department, from, to }),
    marks: {
      told,
      async *due(until) {
        yield* isDue(until).map(({ mark }) => mark);
      },
      forget: async ({ resourceId, event, at }: ResourceMark) => {
        const name = `${resourceId} ${event}`;
        if (due.get(name)?.mark.at === at) due.delete(name);
      },
      tell: async (notices) => void told.push(...notices),
    },
    latest: async (id) => standing(id)?.latest,
    standing: async (id) => standing(id),
    head: async (id) => headOf(id),
    version: async (id, version) => stored.get(id)?.versions.find((each) => each.version === version),
    publish: async (publication) => {
      const { version, evidence } = publication;
      const known = stored.get(version.resourceId);
      if ((known?.versions.length ?? 0) !== version.version - 1 || known?.retiredAt !== undefined) return undefined;
      const published = coded(publication);
      return journal.commit(() => give(published), evidence, undefined) ? published : undefined;
    },
    end: async (act) => {
      const known = stored.get(act.resourceId);
      if (act.latestVersion !== undefined && known?.versions.at(-1)?.version !== act.latestVersion) return false;
      if (act.deprecatedAt !== undefined && known?.deprecation?.at !== act.deprecatedAt) return false;
      return known?.retiredAt === undefined && journal.commit(() => end(act), act.evidence, act.answer);
    },
    catalog: async () => ({
      revision,
      entries: [...entries.values()].sort((a, b) => (a.summary.resourceId < b.summary.resourceId ? -1 : 1)),
    }),
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
    consumedBy: async (department, day) =>
      new Set(
        consumers
          .filter((each) => each.department === department && each.from <= day && day <= each.to)
          .map((each) => each.resourceId as never),
      ),
    async *lateBy(until) {
      for (const id of stored.keys()) {
        const head = headOf(id);
        const since = head?.updateCycle && lateAfter(head.updateCycle, head.datasetAt ?? head.publishedAt ?? '');
        if (head && since !== undefined && since <= until && head.retiredAt === undefined)
          yield { resourceId: head.resourceId, provider: head.provider, since };
      }
    },
  };
}

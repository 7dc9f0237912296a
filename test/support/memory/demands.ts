import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import type { Evidence } from '../../../schemas/contracts/evidence.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import type { Theme } from '../../../schemas/contracts/themes.ts';
import type { Newest } from '../../../functions/demands/domain/current.ts';
import { profileOf } from '../../../functions/demands/domain/profile.ts';
import type { Progress } from '../../../functions/demands/domain/progress.ts';
import type { Act, Catalog, Demands, Sharing, Themes } from '../../../functions/demands/ports.ts';
import type { Revised } from '../../../functions/kernel/ports.ts';
import { memoryJournal, type Journal } from './kernel.ts';
import { memoryPage } from './pages.ts';

const MAX_DEMANDS = 1000;

export interface MemoryDemands {
  readonly themes: Themes;
  readonly demands: Demands;
  readonly items: ReadonlyMap<string, Revised<StoredDemand>>;
  /** What departments were told, in order. */
  readonly told: readonly OutgoingNotice[];
  giveTheme(theme: Theme): void;
  give(demand: StoredDemand): void;
}

/** Themes and demands; an act is there with its evidence and answer, or not at all. */
export function memoryDemands(journal: Journal = memoryJournal()): MemoryDemands {
  const themes = new Map<string, Revised<Theme>>();
  const items = new Map<string, Revised<StoredDemand>>();
  const told: OutgoingNotice[] = [];
  const keep = (value: StoredDemand, revision: number) =>
    items.set(value.demandId, { value: structuredClone(value), revision });
  const commit = (act: Act, revision: number): boolean => {
    const done = journal.commit(() => keep(act.demand, revision), act.evidence, act.answer);
    if (done) told.push(...act.notices);
    return done;
  };
  return {
    items,
    told,
    giveTheme: (theme) => void themes.set(theme.themeId, { value: theme, revision: 1 }),
    give: (demand) => void keep(demand, 1),
    themes: themesIn(themes, journal),
    demands: {
      find: async (id) => items.get(id),
      async add(act) {
        const { demandId, themeId } = act.demand;
        const inTheme = [...items.values()].filter(({ value }) => themeId !== undefined && value.themeId === themeId);
        if (inTheme.length >= MAX_DEMANDS) return 'full';
        return !items.has(demandId) && commit(act, 1) ? 'added' : 'taken';
      },
      replace: async (act, revision) =>
        items.get(act.demand.demandId)?.revision === revision && commit(act, revision + 1),
      remember: async (answer) => answer === undefined || remembered(journal, answer),
      ofParty: (department, after) =>
        inOrder(items, after, ({ demander, from }) => demander === department || from.includes(department)),
      ofTheme: (themeId, after) => inOrder(items, after, (demand) => demand.themeId === themeId),
      all: (after) => inOrder(items, after, () => true),
    },
  };
}

/** An answer by itself: nothing happened, so there is no proof of anything. */
function remembered(journal: Journal, answer: StoredAnswer): boolean {
  const done = journal.commit(() => undefined, {} as Evidence, answer);
  if (done) journal.evidence.pop();
  return done;
}

const themesIn = (themes: Map<string, Revised<Theme>>, journal: Journal): Themes => ({
  find: async (id) => themes.get(id),
  define: async (theme, evidence, revision) =>
    (themes.get(theme.themeId)?.revision ?? 0) === revision &&
    journal.commit(
      () => themes.set(theme.themeId, { value: structuredClone(theme), revision: revision + 1 }),
      evidence,
      undefined,
    ),
  list: async (query) => {
    const ordered = [...themes.values()].map(({ value }) => value).sort((a, b) => (a.themeId < b.themeId ? -1 : 1));
    const { member } = query;
    return memoryPage(
      ordered,
      ({ themeId }) => themeId,
      query,
      (theme) => (member === undefined || [theme.lead, ...theme.members].includes(member) ? theme : undefined),
    );
  },
});

async function* inOrder(
  items: ReadonlyMap<string, Revised<StoredDemand>>,
  after: string | undefined,
  wanted: (demand: StoredDemand) => boolean,
): AsyncGenerator<StoredDemand> {
  const ordered = [...items.values()].map(({ value }) => value).sort((a, b) => (a.demandId < b.demandId ? -1 : 1));
  for (const demand of ordered) if ((after === undefined || demand.demandId > after) && wanted(demand)) yield demand;
}

/** What agreements have come to: say it for a demand. */
export function memorySharing(): Sharing & {
  readonly progress: Map<string, Progress>;
  readonly inForce: Map<string, readonly Terms[]>;
} {
  const progress = new Map<string, Progress>();
  const inForce = new Map<string, readonly Terms[]>();
  return {
    progress,
    inForce,
    progressOf: async ({ demandId }) => progress.get(demandId),
    precedents: async (id) => inForce.get(id) ?? [],
  };
}

/** Published resources, those that were retired, and the newest datasets. */
export function memoryDemandCatalog(): Catalog & {
  give(version: ResourceVersion): void;
  readonly retired: Set<string>;
  readonly datasets: Map<string, Newest>;
} {
  const versions = new Map<string, ResourceVersion>();
  const retired = new Set<string>();
  const datasets = new Map<string, Newest>();
  return {
    retired,
    datasets,
    give: (version) => void versions.set(version.resourceId, version),
    latest: async (id) => versions.get(id),
    isRetired: async (id) => retired.has(id),
    newestDataset: async (id) => datasets.get(id),
    profiles: async () =>
      [...versions.values()].filter(({ resourceId }) => !retired.has(resourceId)).map((version) => profileOf(version)),
  };
}

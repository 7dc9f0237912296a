import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { EvidenceId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { StoredAsked, StoredBenefit, StoredUse } from '../../schemas/stored/reports.ts';
import { sum, valueOf, type Counter } from '../../functions/reports/domain/counter.ts';
import { type ResourceFacts } from '../../functions/reports/domain/counters.ts';
import { joinedAsked } from '../../functions/reports/domain/asked.ts';
import type { AskedOnce } from '../../functions/reports/domain/rests-on.ts';
import { joinedUses } from '../../functions/reports/domain/uses.ts';
import type { Agreements, Answers, Benefits, Catalog, Counters, Uses } from '../../functions/reports/ports.ts';
import { department } from '../support/builders.ts';
import { memoryJournal, type Journal } from '../support/memory/kernel.ts';
import { memoryPage } from '../support/memory/pages.ts';

export interface MemoryCounters extends Counters {
  /** Evidence that was committed, with its mark. */
  give(...evidence: readonly Evidence[]): void;
  readonly marked: () => number;
  /** What is counted of each delivery. */
  readonly uses: Uses;
}

const keyOf = (counter: Counter): string => `${counter.scope} ${counter.month} ${counter.by} ${valueOf(counter)}`;

export function memoryCounters(): MemoryCounters {
  const marks = new Map<EvidenceId, Evidence>();
  const counters = new Map<string, Counter>();
  const uses = memoryUses();
  const byTime = (one: Evidence, other: Evidence) => (one.at < other.at ? -1 : 1);
  return {
    uses,
    give: (...evidence) => evidence.forEach((item) => marks.set(item.evidenceId, item)),
    marked: () => marks.size,
    async *uncounted(until) {
      yield* [...marks.values()].filter(({ at }) => at <= until).toSorted(byTime);
    },
    async add(batch) {
      const before = batch.evidence.filter((id) => !marks.has(id));
      if (before.length > 0) return before;
      for (const id of batch.evidence) marks.delete(id);
      for (const counter of batch.counters.values()) {
        const known = counters.get(keyOf(counter));
        counters.set(keyOf(counter), known ? { ...known, figures: sum(known.figures, counter.figures) } : counter);
      }
      for (const use of batch.uses.values()) uses.add(use);
      for (const asked of batch.asked.values()) uses.addAsked(asked);
      return [];
    },
    of: async (scope, month, by) =>
      [...counters.values()].filter(
        (counter) => counter.scope === scope && counter.month === month && counter.by === by,
      ),
  };
}

function memoryUses(): Uses & { add(use: StoredUse): void; addAsked(asked: StoredAsked): void } {
  const months = new Map<string, StoredAsked>();
  const monthOf = ({ month, termsVersion }: StoredAsked) => `${month} ${termsVersion}`;
  const items = new Map<string, StoredUse>();
  const position = (use: StoredUse) => use.termsVersion * 1e9 + use.datasetVersion;
  return {
    add(use) {
      const key = `${use.agreementId} ${use.termsVersion} ${use.datasetVersion}`;
      const known = items.get(key);
      items.set(key, known ? joinedUses(known, use) : use);
    },
    addAsked(asked) {
      const key = `${asked.agreementId} ${monthOf(asked)}`;
      const known = months.get(key);
      months.set(key, known ? joinedAsked(known, asked) : asked);
    },
    asked: async (id, month = '') =>
      [...months.values()]
        .filter((asked) => asked.agreementId === id && asked.month.startsWith(month))
        .toSorted((one, other) => (monthOf(one) < monthOf(other) ? 1 : -1)),
    async *of(id) {
      yield* [...items.values()]
        .filter(({ agreementId }) => agreementId === id)
        .toSorted((one, other) => position(other) - position(one));
    },
  };
}

export interface MemoryReportedAgreements extends Agreements {
  give(...agreements: readonly Agreement[]): void;
}

export function memoryReportedAgreements(): MemoryReportedAgreements {
  const items = new Map<string, Agreement>();
  const all = () => [...items.values()].toSorted((one, other) => (one.agreementId < other.agreementId ? -1 : 1));
  const isOf =
    (of: string) =>
    ({ provider, consumer }: Agreement) =>
      of === 'all' || of === provider || of === consumer;
  return {
    give: (...agreements) => agreements.forEach((agreement) => items.set(agreement.agreementId, agreement)),
    find: async (id) => items.get(id),
    async *standings(of) {
      yield* all().filter(isOf(of));
    },
    page: async (of, page) =>
      memoryPage(
        all().filter(isOf(of)),
        ({ agreementId }) => agreementId,
        page,
        (agreement) => agreement,
      ),
  };
}

export interface MemoryBenefits extends Benefits {
  readonly notices: readonly OutgoingNotice[];
}

export function memoryBenefits(journal: Journal = memoryJournal()): MemoryBenefits {
  const items = new Map<string, StoredBenefit>();
  const notices: OutgoingNotice[] = [];
  const newestFirst = (one: StoredBenefit, other: StoredBenefit) => (one.period < other.period ? 1 : -1);
  return {
    notices,
    state: async ({ benefit, evidence, notices: told, answer }) =>
      journal.commit(
        () => {
          items.set(`${benefit.agreementId} ${benefit.period}`, benefit);
          notices.push(...told);
        },
        evidence,
        answer,
      ),
    find: async (id, month) => items.get(`${id} ${month}`),
    ofAgreement: async (id, page) =>
      memoryPage(
        [...items.values()].filter(({ agreementId }) => agreementId === id).toSorted(newestFirst),
        ({ period }) => period,
        page,
        (benefit) => benefit,
      ),
    inMonth: async (month) => [...items.values()].filter(({ period }) => period === month),
  };
}

/** `legal-entities` of `quality` in the theme `economy`; `permits` of `housing` in none. */
export const memoryCatalog = (): Catalog => ({
  facts: async (id): Promise<ResourceFacts | undefined> =>
    ({
      'legal-entities': { provider: department('quality'), themes: ['economy'] },
      permits: { provider: department('housing'), themes: [] },
    })[id as string],
});

export interface MemoryAnswers extends Answers {
  give(id: string, asked: AskedOnce): void;
}

/** Lookups and comparisons, by their ids. */
export function memoryAnswers(): MemoryAnswers {
  const items = new Map<string, AskedOnce>();
  return {
    give: (id, asked) => void items.set(id, asked),
    lookup: async (id) => (items.get(id)?.figures.lookups ? items.get(id) : undefined),
    comparison: async (id) => (items.get(id)?.figures.comparisons ? items.get(id) : undefined),
  };
}

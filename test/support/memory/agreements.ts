import type { Agreement, AgreementQuery } from '../../../schemas/contracts/agreements.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { Act, Agreements, Found, InForce, Ticks } from '../../../functions/agreements/ports.ts';
import { summaryOf } from '../../../functions/reading/agreement.ts';
import { memoryJournal, type Journal } from './kernel.ts';
import { memoryPage } from './pages.ts';

/** An agreement as it is kept, and the moments at which somebody looks at it. */
interface Kept extends Found {
  readonly nextTick: string | undefined;
  readonly lookAtDuties: string | undefined;
}

export interface MemoryAgreements extends Agreements {
  readonly items: ReadonlyMap<string, Kept>;
  /** What departments were told, in order. */
  readonly told: readonly OutgoingNotice[];
  readonly ticks: Ticks;
  readonly inForce: InForce;
  /** One more dataset of a resource is committed. */
  giveDataset(resourceId: string): void;
  /** Puts an agreement there as it is, to be looked at by the clock at `nextTick`. */
  give(agreement: Agreement, nextTick?: string): void;
}

export function memoryAgreements(journal: Journal = memoryJournal()): MemoryAgreements {
  const items = new Map<string, Kept>();
  const told: OutgoingNotice[] = [];
  const datasets = new Map<string, number>();
  const datasetOf = (resourceId: string) => datasets.get(resourceId) ?? 0;
  const keep = (value: Agreement, revision: number, times: Partial<Act>) => {
    const { lookAgainAt = items.get(value.agreementId)?.lookAgainAt, nextTick, lookAtDuties } = times;
    items.set(value.agreementId, {
      value: structuredClone(value),
      revision,
      entries: value.history.length,
      lookAgainAt,
      nextTick,
      lookAtDuties,
    });
  };
  const commit = (act: Act, revision: number): boolean => {
    const [evidence, ...more] = act.evidence;
    if (!evidence || !journal.commit(() => keep(act.agreement, revision, act), evidence, act.answer)) return false;
    journal.evidence.push(...more);
    told.push(...act.messages);
    return true;
  };
  const list = (query: AgreementQuery, mine: (agreement: Agreement) => boolean) => {
    const ordered = [...items.values()]
      .map(({ value }) => value)
      .sort((a, b) => (a.agreementId < b.agreementId ? -1 : 1));
    return memoryPage(
      ordered,
      ({ agreementId }) => agreementId,
      query,
      (agreement) => (mine(agreement) && wanted(agreement, query) ? summaryOf(agreement) : undefined),
    );
  };
  return {
    items,
    told,
    ticks: {
      async *due(until) {
        for (const { value, nextTick } of items.values())
          if (nextTick !== undefined && nextTick <= until) yield value.agreementId;
      },
    },
    inForce: { datasetOf: async (id) => datasetOf(id) },
    giveDataset: (id) => void datasets.set(id, datasetOf(id) + 1),
    give: (agreement, nextTick) => keep(agreement, 1, { nextTick }),
    find: async (id) => items.get(id),
    whole: async (id) => items.get(id)?.value,
    history: async (id, query) =>
      memoryPage(
        items.get(id)?.value.history ?? [],
        ({ number = 0 }) => String(number).padStart(9, '0'),
        query,
        (entry) => entry,
      ),
    add: async (act) => !items.has(act.agreement.agreementId) && commit(act, 1),
    async replace(act, revision) {
      const { agreementId, resourceId } = act.agreement;
      if (items.get(agreementId)?.revision !== revision) return 'changed';
      if (act.whileDataset !== undefined && act.whileDataset !== datasetOf(resourceId)) return 'dataset-changed';
      return commit(act, revision + 1) ? 'replaced' : 'changed';
    },
    listOf: async (party, query) => list(query, ({ provider, consumer }) => party === provider || party === consumer),
    listAll: async (query) => list(query, () => true),
  };
}

const wanted = ({ resourceId, state, scheme }: Agreement, query: AgreementQuery): boolean =>
  (query.resourceId ?? resourceId) === resourceId &&
  (query.state ?? state) === state &&
  (query.scheme ?? scheme) === scheme;

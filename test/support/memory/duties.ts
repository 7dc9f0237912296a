import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { ShareType, UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import type { Matter } from '../../../schemas/contracts/duties.ts';
import type { StoredDuties, StoredOwing, StoredWatch } from '../../../schemas/stored/duties.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { ListWaiting } from '../../../functions/duties/domain/agreement-case.ts';
import type { Facts, Owings, OwingsQuery, View } from '../../../functions/duties/ports.ts';
import type { Revised } from '../../../functions/kernel/ports.ts';
import { memoryPage } from './pages.ts';

/** What duties are found from, as a test says it. */
export interface MemoryDutyFacts extends Facts {
  readonly agreements: Map<string, Agreement>;
  readonly demands: Map<string, StoredDemand>;
  /** Of every resource. */
  readonly told: {
    shareType: ShareType;
    updateCycle: UpdateCycle;
    datasetAt: string | undefined;
    delivered: boolean;
    unreceivedSince: string | undefined;
    listWaiting: ListWaiting | undefined;
  };
}

export function memoryDutyFacts(): MemoryDutyFacts {
  const agreements = new Map<string, Agreement>();
  const demands = new Map<string, StoredDemand>();
  const told: MemoryDutyFacts['told'] = {
    shareType: 'conditional',
    updateCycle: 'daily',
    datasetAt: undefined,
    delivered: false,
    unreceivedSince: undefined,
    listWaiting: undefined,
  };
  return {
    agreements,
    demands,
    told,
    agreement: async (id) => agreements.get(id),
    demand: async (id) => demands.get(id),
    resource: async () => told,
    datasetAt: async () => told.datasetAt,
    hasDelivered: async () => told.delivered,
    unreceived: async (_agreement, after) => ({ since: told.unreceivedSince, upTo: after }),
    listWaiting: async () => told.listWaiting,
  };
}

export interface MemoryOwings extends Owings {
  readonly owed: ReadonlyMap<string, Revised<StoredDuties>>;
  readonly watches: ReadonlyMap<string, { readonly watch: StoredWatch; readonly at: string }>;
  /** Committed with looks. */
  readonly notices: OutgoingNotice[];
  /** Somebody acted on it. */
  watch(watch: StoredWatch): void;
}

const nameOf = ({ agreementId, demandId }: Matter): string => agreementId ?? demandId ?? '';

export function memoryOwings(): MemoryOwings {
  const owed = new Map<string, Revised<StoredDuties>>();
  const watches = new Map<string, { watch: StoredWatch; at: string }>();
  const notices: OutgoingNotice[] = [];
  return {
    owed,
    watches,
    notices,
    watch: (watch) => void watches.set(nameOf(watch), { watch, at: watch.nextAt }),
    async *due(until) {
      const due = [...watches.values()].filter(({ at }) => at <= until).sort((a, b) => (a.at < b.at ? -1 : 1));
      for (const { watch } of due) yield watch;
    },
    find: async (matter) => owed.get(nameOf(matter)),
    async keep({ watch, before, after, nextAt, notices: more }) {
      const name = nameOf(watch);
      const isAsRead =
        watches.get(name)?.watch.nextAt === watch.nextAt && owed.get(name)?.revision === before?.revision;
      if (!isAsRead) return false;
      if (after) owed.set(name, { value: after, revision: (before?.revision ?? 0) + 1 });
      else owed.delete(name);
      if (nextAt === undefined) watches.delete(name);
      else watches.set(name, { watch: { ...watch, nextAt }, at: nextAt });
      notices.push(...more);
      return true;
    },
    async postpone(watch, at) {
      const name = nameOf(watch);
      if (watches.get(name)?.watch.nextAt === watch.nextAt) watches.set(name, { watch, at });
    },
    page: async (view, query) => pageOfOwed([...owed.values()], view, query),
  };
}

function pageOfOwed(owed: readonly Revised<StoredDuties>[], view: View, query: OwingsQuery) {
  const entries = owed
    .flatMap(({ value }) => value.duties)
    .filter(
      ({ by, to }) =>
        view.of === 'everybody' || (view.of === 'debtor' ? by === view.department : to.includes(view.department)),
    )
    .map(({ duty, by, due, about: { resourceId: _resourceId, ...matter } }): StoredOwing => ({
      ...matter,
      duty,
      by,
      due,
    }))
    .sort((left, right) => (positionOf(left) < positionOf(right) ? -1 : 1));
  return memoryPage(entries, positionOf, query, (entry) => (isWanted(entry, query) ? entry : undefined));
}

const positionOf = (owing: StoredOwing): string => `${owing.due}#${nameOf(owing)}#${owing.duty}#${owing.by}`;

const isWanted = (owing: StoredOwing, { agreementId, duty, dueBefore }: OwingsQuery): boolean =>
  (agreementId ?? owing.agreementId) === owing.agreementId &&
  (duty ?? owing.duty) === owing.duty &&
  (dueBefore === undefined || owing.due < dueBefore);

import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { InheritedTerms } from '../../../schemas/contracts/derivations.ts';
import type { StoredCorrection, StoredDelivery, StoredExtract } from '../../../schemas/stored/delivery.ts';
import type { DeliveryQuery } from '../../../schemas/contracts/deliveries.ts';
import type { OutgoingNotice } from '../../../schemas/contracts/notices.ts';
import type { RestsOn, StoredDataset } from '../../../schemas/stored/datasets.ts';
import type {
  Deliveries,
  ExtractAttempt,
  ExtractMark,
  Facts,
  Marks,
  ReleasePlan,
  ReleasePlans,
} from '../../../functions/delivery/ports.ts';
import type { Revised } from '../../../functions/kernel/ports.ts';
import { memoryJournal, type Journal } from './kernel.ts';

/** Everything that the delivery's ports keep, in one place: a transaction is whatever happens between two awaits. */
export interface MemoryHub {
  readonly agreements: Map<string, { readonly value: Agreement; readonly revision: number; due?: string | undefined }>;
  /** Of derived resources, by their ids. */
  readonly inherited: Map<string, readonly InheritedTerms[]>;
  readonly datasets: Map<string, { readonly value: StoredDataset; due?: string | undefined }>;
  readonly schemas: Map<string, TableSchema>;
  readonly deliveries: Map<string, StoredDelivery>;
  readonly extracts: Map<string, StoredExtract>;
  /** By object key. */
  readonly attempts: Map<string, { readonly attempt: ExtractAttempt; readonly givenUp: boolean }>;
  /** When to look at an extract, by its id, or at an attempt, by its object's key. */
  readonly extractMarks: Map<string, { readonly mark: ExtractMark; readonly at: string }>;
  /** `extract delivery` */
  readonly grants: Set<string>;
  /** Delivery ids in order of release. */
  readonly histories: Map<string, string[]>;
  readonly plans: Map<string, ReleasePlan>;
  readonly corrections: Map<string, Revised<StoredCorrection>>;
  /** To departments, of other things than deliveries. */
  readonly told: OutgoingNotice[];
  readonly journal: Journal;
}

export const memoryHub = (): MemoryHub => ({
  agreements: new Map(),
  inherited: new Map(),
  datasets: new Map(),
  schemas: new Map(),
  deliveries: new Map(),
  extracts: new Map(),
  attempts: new Map(),
  extractMarks: new Map(),
  grants: new Set(),
  histories: new Map(),
  plans: new Map(),
  corrections: new Map(),
  told: [],
  journal: memoryJournal(),
});

export const datasetKey = (resourceId: string, version: number): string => `${resourceId}#${version}`;
const grantOf = ({ extractId, deliveryId }: StoredDelivery): string => `${extractId} ${deliveryId}`;

export const memoryFacts = (hub: MemoryHub): Facts => {
  const datasetsOf = (resourceId: string) =>
    [...hub.datasets.values()]
      .map(({ value }) => value)
      .filter((dataset) => dataset.resourceId === resourceId)
      .sort((a, b) => b.datasetVersion - a.datasetVersion);
  return {
    agreement: async (id) => hub.agreements.get(id),
    agreementsOn: async (resourceId) =>
      [...hub.agreements.values()].map(({ value }) => value).filter((agreement) => agreement.resourceId === resourceId),
    dataset: async (resourceId, version) => hub.datasets.get(datasetKey(resourceId, version))?.value,
    inherited: async (resourceId) => hub.inherited.get(resourceId) ?? [],
    currentDataset: async (resourceId) => datasetsOf(resourceId)[0],
    newestDataset: async (resourceId, upTo) =>
      datasetsOf(resourceId).find(({ committedAt }) => Date.parse(committedAt) <= Date.parse(upTo)),
    async schema(resourceId, version) {
      const schema = hub.schemas.get(datasetKey(resourceId, version));
      if (!schema) throw new Error(`resource ${resourceId} has no version ${version}`);
      return schema;
    },
  };
};

export const memoryMarks = (hub: MemoryHub): Marks => ({
  async *due(kind, until) {
    if (kind === 'dataset') {
      for (const {
        value: { resourceId, datasetVersion },
        due,
      } of hub.datasets.values())
        if (due !== undefined && due <= until) yield { kind, resourceId, datasetVersion };
    } else {
      for (const {
        value: { agreementId },
        due,
      } of hub.agreements.values())
        if (due !== undefined && due <= until) yield { kind, agreementId };
    }
  },
  async clearDataset(resourceId, version) {
    hub.datasets.get(datasetKey(resourceId, version))!.due = undefined;
  },
  async clearAgreement(id, revision) {
    const agreement = hub.agreements.get(id)!;
    if (agreement.revision === revision) agreement.due = undefined;
  },
  async postpone(mark, lookAgainAt) {
    const marked =
      mark.kind === 'dataset'
        ? hub.datasets.get(datasetKey(mark.resourceId, mark.datasetVersion))
        : hub.agreements.get(mark.agreementId);
    if (marked?.due !== undefined) marked.due = lookAgainAt;
  },
});

export function memoryDeliveries(hub: MemoryHub): Deliveries {
  const put = (delivery: StoredDelivery) => void hub.deliveries.set(delivery.deliveryId, delivery);
  const isActive = ({ agreementId, termsVersion }: RestsOn): boolean => {
    const agreement = hub.agreements.get(agreementId)?.value;
    return agreement?.state === 'active' && agreement.termsVersion === termsVersion;
  };
  const inOrder = () => [...hub.deliveries.values()].sort((a, b) => (a.deliveryId < b.deliveryId ? -1 : 1));
  const dueIn = (states: readonly StoredDelivery['state'][], until: string) =>
    inOrder().filter(
      ({ state, lookAgainAt }) => states.includes(state) && lookAgainAt !== undefined && lookAgainAt <= until,
    );
  return {
    find: async (id) => hub.deliveries.get(id),
    async plan(deliveries) {
      for (const delivery of deliveries) planOne(hub, delivery);
    },
    async release(delivery, evidence, restsOn = []) {
      if (hub.deliveries.get(delivery.deliveryId)?.state !== 'planned') return 'not-planned';
      if (![delivery, ...restsOn].every(isActive)) return 'agreement-not-active';
      const extract = hub.extracts.get(delivery.extractId);
      if (extract?.state !== 'ready') return 'extract-gone';
      const history = hub.histories.get(delivery.consumer) ?? [];
      hub.extracts.set(extract.extractId, { ...extract, grants: extract.grants + 1 });
      hub.extractMarks.delete(extract.extractId);
      hub.grants.add(grantOf(delivery));
      hub.histories.set(delivery.consumer, [...history, delivery.deliveryId]);
      put({ ...delivery, position: history.length + 1 });
      hub.journal.commit(() => undefined, evidence, undefined);
      return 'released';
    },
    async annul(id, voidReason, notices = []) {
      const delivery = hub.deliveries.get(id);
      if (delivery?.state !== 'planned') return false;
      hub.told.push(...notices);
      put({ ...unmarked(delivery), state: 'void', voidReason });
      return true;
    },
    async noticed(id, retainedUntil) {
      const delivery = hub.deliveries.get(id);
      if (delivery?.state !== 'released') return;
      const isHeld = delivery.lookAgainAt !== undefined;
      put({ ...delivery, state: 'noticed', ...(isHeld && { lookAgainAt: retainedUntil }) });
    },
    async withdraw(delivery) {
      if (takeGrant(hub, delivery)) put(unmarked(hub.deliveries.get(delivery.deliveryId)!));
    },
    async *retained(until) {
      yield* dueIn(['noticed'], until);
    },
    async endRetention(delivery, retentionEndedAt, evidence) {
      const current = hub.deliveries.get(delivery.deliveryId)!;
      if (current.state !== 'noticed' || !takeGrant(hub, delivery)) return false;
      return hub.journal.commit(() => put({ ...current, retentionEndedAt }), evidence, undefined);
    },
    async unmark(id) {
      const delivery = hub.deliveries.get(id);
      if (delivery?.state === 'noticed') put(unmarked(delivery));
    },
    async receive({ deliveryId }, receivedAt, evidence, answer) {
      const delivery = hub.deliveries.get(deliveryId);
      if (!delivery || delivery.receivedAt !== undefined) return false;
      return hub.journal.commit(() => put({ ...delivery, receivedAt }), evidence, answer);
    },
    async remember(answer) {
      hub.journal.commit(() => undefined, undefined, answer);
    },
    async request(delivery, evidence, restsOn = []) {
      return (
        [delivery, ...restsOn].every(isActive) &&
        hub.grants.has(grantOf(delivery)) &&
        hub.journal.commit(() => undefined, evidence, undefined)
      );
    },
    async *ofAgreement(id) {
      yield* inOrder().filter(({ agreementId }) => agreementId === id);
    },
    async *due(until) {
      yield* dueIn(['planned', 'released'], until);
    },
    lookNoMore: async () => undefined,
    async postpone({ deliveryId, state }, lookAgainAt) {
      const delivery = hub.deliveries.get(deliveryId);
      if (delivery?.state === state && delivery.lookAgainAt !== undefined) put({ ...delivery, lookAgainAt });
    },
    history: async (consumer, query) =>
      page(
        (hub.histories.get(consumer) ?? []).map((id) => hub.deliveries.get(id)!),
        query,
      ),
    async provided(provider, query) {
      const key = ({ releasedAt, plannedAt, deliveryId }: StoredDelivery) => `${releasedAt ?? plannedAt}#${deliveryId}`;
      const listed = [...hub.deliveries.values()].filter(
        (delivery) => delivery.provider === provider && delivery.state !== 'planned',
      );
      return page(
        listed.sort((a, b) => (key(a) < key(b) ? -1 : 1)),
        query,
      );
    },
  };
}

const unmarked = ({ lookAgainAt: _mark, ...delivery }: StoredDelivery): StoredDelivery => delivery;

function takeGrant(hub: MemoryHub, delivery: StoredDelivery): boolean {
  if (!hub.grants.delete(grantOf(delivery))) return false;
  const extract = hub.extracts.get(delivery.extractId)!;
  hub.extracts.set(extract.extractId, { ...extract, grants: extract.grants - 1 });
  return true;
}

function planOne(hub: MemoryHub, delivery: StoredDelivery): void {
  if (!hub.deliveries.has(delivery.deliveryId)) hub.deliveries.set(delivery.deliveryId, delivery);
}

/** A cursor is the number of items looked at. */
function page(list: readonly StoredDelivery[], { cursor, limit, receipt, resourceId, agreementId }: DeliveryQuery) {
  const items: StoredDelivery[] = [];
  let looked = cursor === undefined ? 0 : Number(Buffer.from(cursor, 'base64url').toString());
  while (looked < list.length && items.length < limit) {
    const delivery = list[looked++]!;
    const wanted =
      (receipt === undefined || delivery.receivedAt === undefined) &&
      delivery.resourceId === (resourceId ?? delivery.resourceId);
    if (wanted && delivery.agreementId === (agreementId ?? delivery.agreementId)) items.push(delivery);
  }
  return { items, ...(items.length > 0 && { cursor: Buffer.from(String(looked)).toString('base64url') }) };
}

export const memoryReleasePlans = (hub: MemoryHub): ReleasePlans => ({
  find: async (id) => hub.plans.get(id),
  async *due(until) {
    yield* [...hub.plans.values()].filter(({ nextAt }) => nextAt <= until);
  },
  async begin(plan, delivery) {
    if (hub.plans.has(plan.agreementId)) return false;
    hub.plans.set(plan.agreementId, plan);
    if (delivery) planOne(hub, delivery);
    return true;
  },
  async advance({ agreementId, nextAt, activation }, next, delivery) {
    const current = hub.plans.get(agreementId);
    if (current?.nextAt !== nextAt || current.activation !== activation) return false;
    if (next) hub.plans.set(agreementId, next);
    else hub.plans.delete(agreementId);
    if (delivery) planOne(hub, delivery);
    return true;
  },
  async end(id) {
    hub.plans.delete(id);
  },
});

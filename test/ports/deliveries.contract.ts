import { beforeEach, describe, expect, test } from '@jest/globals';
import { planDelivery } from '../../functions/delivery/domain/plan.ts';
import { noticeTo } from '../../functions/kernel/notice.ts';
import type { Deliveries, Extracts, Facts, Marks, ReleasePlan, ReleasePlans } from '../../functions/delivery/ports.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryQuery } from '../../schemas/contracts/deliveries.ts';
import type { StoredDelivery, StoredExtract } from '../../schemas/stored/delivery.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { NoticeId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import {
  aDefinition,
  aStoredDataset,
  anAgreement,
  anId,
  department,
  instant,
  resource,
  sha256,
} from '../support/builders.ts';

export interface DeliveryStores {
  readonly facts: Facts;
  readonly marks: Marks;
  readonly deliveries: Deliveries;
  readonly extracts: Extracts;
  readonly plans: ReleasePlans;
  /** Stored and marked for one minute later; an agreement once there is replaced by `change`. */
  give(what: { readonly agreement: Agreement } | { readonly dataset: StoredDataset }): Promise<void>;
  change(agreement: Agreement): Promise<void>;
  evidence(id: string): Promise<Evidence | undefined>;
  notice(id: NoticeId): Promise<OutgoingNotice | undefined>;
}

const { schema } = aDefinition();
let drawn = 0;
const fresh = () => anId(50_000 + ++drawn);
const later = '2026-12-01T01:01:00.000Z';
const retainedUntil = '2027-12-01T01:00:00.000Z';

const evidence = (): Evidence => ({
  evidenceId: fresh(),
  at: instant,
  act: 'delivery-released',
  actor: { department: 'hub', session: 'deliver' },
  subject: {},
  digests: {},
});
const all: DeliveryQuery = { limit: 100, role: 'consumer' };

/** What every implementation of the delivery's stores does alike. */
export function deliveryStoresContract(setUp: () => Promise<DeliveryStores>): void {
  let stores: DeliveryStores;
  let agreement: Agreement;

  /** A planned delivery of a fresh agreement between parties that no other case uses, with its extract ready. */
  const plan = async (datasetVersion = 1): Promise<StoredDelivery> => {
    const delivery = planDelivery(
      agreement,
      aStoredDataset({ datasetVersion }),
      { pinned: schema, actual: schema },
      instant,
    );
    const unshared = { ...delivery, extractId: delivery.deliveryId as string as StoredDelivery['extractId'] };
    await stores.deliveries.plan([unshared]);
    const extract = extractOf(unshared);
    await stores.extracts.begin([{ extractId: extract.extractId, key: extract.object.key }], later);
    await stores.extracts.keep(extract, later);
    return unshared;
  };
  const extractOf = ({ extractId, resourceId, datasetVersion }: StoredDelivery): StoredExtract => ({
    extractId,
    resourceId,
    datasetVersion,
    format: 'csv',
    rows: 2,
    bytes: 64,
    sha256,
    object: { key: `extracts/${extractId}/1`, versionId: 'v1' },
    grants: 0,
    state: 'ready',
  });
  const released = (delivery: StoredDelivery, releasedAt = instant): StoredDelivery => ({
    ...delivery,
    state: 'released',
    releasedAt,
    rows: 2,
    bytes: 64,
    sha256,
    lookAgainAt: later,
  });
  const release = async (datasetVersion = 1): Promise<StoredDelivery> => {
    const delivery = await plan(datasetVersion);
    expect(await stores.deliveries.release(released(delivery), evidence())).toBe('released');
    return (await stores.deliveries.find(delivery.deliveryId))!;
  };
  const sourcesOf = async (count: number): Promise<readonly Agreement[]> => {
    const sources = Array.from({ length: count }, () => anAgreement({ state: 'active', agreementId: fresh() }));
    for (const source of sources) await stores.give({ agreement: source });
    return sources;
  };
  const restsOn = (sources: readonly Agreement[]) =>
    sources.map(({ agreementId, termsVersion }) => ({ agreementId, termsVersion }));
  const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
    const list: T[] = [];
    for await (const item of items) list.push(item);
    return list;
  };
  const markedExtracts = async () =>
    (await collected(stores.extracts.due(later))).map((mark) => (mark.kind === 'extract' ? mark.extractId : undefined));
  const noticed = async (datasetVersion = 1): Promise<StoredDelivery> => {
    const { deliveryId } = await release(datasetVersion);
    await stores.deliveries.noticed(deliveryId, retainedUntil);
    return (await stores.deliveries.find(deliveryId))!;
  };
  const idsIn = async (deliveries: AsyncIterable<Pick<StoredDelivery, 'deliveryId'>>) =>
    (await collected(deliveries)).map(({ deliveryId }) => deliveryId);
  const grantsOf = async ({ extractId }: StoredDelivery) => (await stores.extracts.find(extractId))?.grants;

  beforeEach(async () => {
    stores = await setUp();
    const number = ++drawn;
    agreement = anAgreement({
      state: 'active',
      agreementId: fresh(),
      consumer: department(`consumer-${number}`),
      provider: department(`provider-${number}`),
      resourceId: resource(`resource-${number}`),
    });
    await stores.give({ agreement });
  });

  describe('planning', () => {
    test('stores a delivery as it is, found under its agreement and when due', async () => {
      const delivery = await plan();
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual(delivery);
      expect(await collected(stores.deliveries.ofAgreement(agreement.agreementId))).toEqual([delivery]);
      const due = async (until: string) =>
        (await collected(stores.deliveries.due(until))).map(({ deliveryId }) => deliveryId);
      expect(await due('2026-12-01T01:00:59.000Z')).not.toContain(delivery.deliveryId);
      expect(await due('2026-12-01T01:02:00.000Z')).toContain(delivery.deliveryId);
    });
    test('leaves what is there and adds what is new, in any number', async () => {
      const first = await release();
      const many = Array.from({ length: 90 }, (_, index): StoredDelivery => ({
        ...first,
        state: 'planned',
        deliveryId: index === 50 ? first.deliveryId : fresh(),
        datasetVersion: index + 2,
      }));
      await stores.deliveries.plan(many);
      expect(await stores.deliveries.find(first.deliveryId)).toEqual(first);
      expect(await collected(stores.deliveries.ofAgreement(agreement.agreementId))).toHaveLength(90);
    });
    test('is found again under its agreement, however many there are', async () => {
      const first = await plan();
      const many = Array.from({ length: 60 }, (_, index): StoredDelivery => ({
        ...first,
        deliveryId: fresh(),
        datasetVersion: index + 2,
      }));
      await stores.deliveries.plan(many);
      const found = await collected(stores.deliveries.ofAgreement(agreement.agreementId));
      expect(new Set(found.map(({ datasetVersion }) => datasetVersion)).size).toBe(61);
    });
    test('of nothing does nothing', async () => {
      await stores.deliveries.plan([]);
      expect(await collected(stores.deliveries.ofAgreement(agreement.agreementId))).toEqual([]);
    });
  });

  describe('a release', () => {
    test('grants the extract, counts in the history and writes its evidence', async () => {
      const delivery = await plan();
      const proof = evidence();
      expect(await markedExtracts()).toContain(delivery.extractId);
      expect(await stores.deliveries.release(released(delivery), proof)).toBe('released');
      const stored = { ...released(delivery), position: 1 };
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual(stored);
      expect(await grantsOf(delivery)).toBe(1);
      expect(await markedExtracts()).not.toContain(delivery.extractId);
      expect((await stores.deliveries.history(agreement.consumer, all)).items).toEqual([stored]);
      expect((await stores.deliveries.provided(agreement.provider, { ...all, role: 'provider' })).items).toEqual([
        stored,
      ]);
      expect(await stores.evidence(proof.evidenceId)).toEqual(proof);
    });
    test.each<[string, (delivery: StoredDelivery) => Promise<unknown>]>([
      ['not-planned', (delivery) => stores.deliveries.annul(delivery.deliveryId, 'agreement-not-active')],
      ['agreement-not-active', () => stores.change({ ...agreement, state: 'terminated' })],
      ['agreement-not-active', () => stores.change({ ...agreement, termsVersion: 2 })],
      ['extract-gone', (delivery) => stores.extracts.startDropping(delivery.extractId)],
    ])('is refused whole: %s', async (answer, change) => {
      const delivery = await plan();
      await change(delivery);
      const proof = evidence();
      expect(await stores.deliveries.release(released(delivery), proof)).toBe(answer);
      expect(await grantsOf(delivery)).toBe(0);
      expect((await stores.deliveries.history(agreement.consumer, all)).items).toEqual([]);
      expect(await stores.evidence(proof.evidenceId)).toBeUndefined();
    });
    test.each<[string, Partial<Agreement>]>([
      ['is suspended', { state: 'suspended' }],
      ['is over', { state: 'terminated' }],
      ['has other terms', { termsVersion: 2 }],
    ])('is refused whole where one of many that its dataset rests on %s', async (_, change) => {
      const sources = await sourcesOf(50);
      const delivery = await plan();
      await stores.change({ ...sources[30]!, ...change });
      const answer = await stores.deliveries.release(released(delivery), evidence(), restsOn(sources));
      expect([answer, await grantsOf(delivery)]).toEqual(['agreement-not-active', 0]);
      await stores.change(sources[30]!);
      expect(await stores.deliveries.release(released(delivery), evidence(), restsOn(sources))).toBe('released');
    });
    test('at once with others that rest on as many happens, and only those are refused whose source is lost', async () => {
      const [shared, lost] = [await sourcesOf(49), await sourcesOf(1)];
      const planned = [await plan(1), await plan(2), await plan(3), await plan(4), await plan(5), await plan(6)];
      await stores.change({ ...lost[0]!, state: 'suspended' });
      const answers = await Promise.all(
        planned.map((delivery, index) =>
          stores.deliveries.release(
            released(delivery),
            evidence(),
            restsOn(index === 2 ? [...shared, ...lost] : shared),
          ),
        ),
      );
      expect(answers).toEqual(planned.map((_, index) => (index === 2 ? 'agreement-not-active' : 'released')));
    });
    test('of changes says since when they are and what they do', async () => {
      const planned = planDelivery(
        agreement,
        aStoredDataset({ datasetVersion: 3 }),
        { pinned: schema, actual: schema },
        instant,
        2,
      );
      await stores.deliveries.plan([planned]);
      const extract = {
        ...extractOf(planned),
        baseDatasetVersion: 2,
        changes: { inserted: 1, updated: 0, deleted: 1 },
      };
      await stores.extracts.begin([{ extractId: extract.extractId, key: extract.object.key }], later);
      await stores.extracts.keep(extract, later);
      expect(await stores.extracts.find(extract.extractId)).toEqual(extract);
      await stores.deliveries.release({ ...released(planned), changes: extract.changes }, evidence());
      expect(await stores.deliveries.find(planned.deliveryId)).toMatchObject({
        content: 'changes',
        baseDatasetVersion: 2,
        changes: extract.changes,
      });
    });
    test('happens once, though many try at once', async () => {
      const delivery = await plan();
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => stores.deliveries.release(released(delivery), evidence())),
      );
      expect(answers.sort()).toEqual(['not-planned', 'not-planned', 'not-planned', 'released']);
      expect(await grantsOf(delivery)).toBe(1);
    });
    test('at once with others of the same consumer takes a place of its own', async () => {
      const planned = [await plan(1), await plan(2), await plan(3), await plan(4), await plan(5)];
      const answers = await Promise.all(
        planned.map((delivery) => stores.deliveries.release(released(delivery), evidence())),
      );
      expect(new Set(answers)).toEqual(new Set(['released']));
      const { items } = await stores.deliveries.history(agreement.consumer, all);
      expect(items.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5]);
    });
    test('at once with others that are refused happens all the same', async () => {
      const planned = [await plan(1), await plan(2), await plan(3), await plan(4), await plan(5)] as const;
      await stores.deliveries.annul(planned[1].deliveryId, 'agreement-not-active');
      await stores.extracts.startDropping(planned[3].extractId);
      const answers = await Promise.all(
        planned.map((delivery) => stores.deliveries.release(released(delivery), evidence())),
      );
      expect(answers).toEqual(['released', 'not-planned', 'released', 'extract-gone', 'released']);
      expect(await Promise.all(planned.map(grantsOf))).toEqual([1, 0, 1, 0, 1]);
      const { items } = await stores.deliveries.history(agreement.consumer, all);
      expect(items.map(({ position, deliveryId }) => [position, deliveryId])).toEqual([
        [1, planned[0].deliveryId],
        [2, planned[2].deliveryId],
        [3, planned[4].deliveryId],
      ]);
    });
  });

  describe('after the release', () => {
    test('a notice is owed no more once it was sent: what is marked then is the end of retention', async () => {
      const delivery = await release();
      await stores.deliveries.noticed(delivery.deliveryId, retainedUntil);
      await stores.deliveries.noticed(delivery.deliveryId, later);
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual({
        ...delivery,
        state: 'noticed',
        lookAgainAt: retainedUntil,
      });
      expect(await idsIn(stores.deliveries.due('2099-01-01T00:00:00.000Z'))).not.toContain(delivery.deliveryId);
      expect(await idsIn(stores.deliveries.retained('2027-11-30T23:59:59.999Z'))).not.toContain(delivery.deliveryId);
      expect(await idsIn(stores.deliveries.retained(retainedUntil))).toContain(delivery.deliveryId);
    });
    test('a notice whose delivery was taken back meanwhile was sent, and marks nothing', async () => {
      const delivery = await release();
      await stores.deliveries.withdraw(delivery);
      await stores.deliveries.noticed(delivery.deliveryId, retainedUntil);
      const { lookAgainAt: _mark, ...rest } = delivery;
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual({ ...rest, state: 'noticed' });
      expect(await idsIn(stores.deliveries.retained('2099-01-01T00:00:00.000Z'))).not.toContain(delivery.deliveryId);
    });
    test('a retention ends once, with its evidence, and is marked until nothing is left to do', async () => {
      const delivery = await noticed();
      const [first, second] = [evidence(), evidence()];
      expect(await stores.deliveries.endRetention(delivery, later, first)).toBe(true);
      expect(await stores.deliveries.endRetention(delivery, '2027-12-03T00:00:00.000Z', second)).toBe(false);
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual({ ...delivery, retentionEndedAt: later });
      expect(await grantsOf(delivery)).toBe(0);
      expect(await stores.evidence(first.evidenceId)).toEqual(first);
      expect(await stores.evidence(second.evidenceId)).toBeUndefined();
      expect(await idsIn(stores.deliveries.retained(retainedUntil))).toContain(delivery.deliveryId);
      await stores.deliveries.postpone(delivery, '2027-12-05T00:00:00.000Z');
      expect(await idsIn(stores.deliveries.retained(retainedUntil))).not.toContain(delivery.deliveryId);
      await stores.deliveries.unmark(delivery.deliveryId);
      await stores.deliveries.unmark(delivery.deliveryId);
      expect(await idsIn(stores.deliveries.retained('2099-01-01T00:00:00.000Z'))).not.toContain(delivery.deliveryId);
      const { lookAgainAt: _mark, ...rest } = delivery;
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual({ ...rest, retentionEndedAt: later });
    });
    test('a retention does not end where there is no grant, or no notice yet', async () => {
      const [withdrawn, unnoticed] = [await noticed(1), await release(2)];
      await stores.deliveries.withdraw(withdrawn);
      for (const delivery of [withdrawn, unnoticed]) {
        const proof = evidence();
        expect(await stores.deliveries.endRetention(delivery, later, proof)).toBe(false);
        expect((await stores.deliveries.find(delivery.deliveryId))?.retentionEndedAt).toBeUndefined();
        expect(await stores.evidence(proof.evidenceId)).toBeUndefined();
      }
      expect(await grantsOf(unnoticed)).toBe(1);
    });
    test('what waits for its notice cannot lose its mark', async () => {
      const delivery = await release();
      await stores.deliveries.unmark(delivery.deliveryId);
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual(delivery);
    });
    test('it cannot be annulled', async () => {
      const delivery = await release();
      expect(await stores.deliveries.annul(delivery.deliveryId, 'agreement-not-active')).toBe(false);
      expect(await stores.deliveries.find(delivery.deliveryId)).toEqual(delivery);
    });
    test('a grant is taken back once, and its mark with it', async () => {
      const delivery = await release();
      await stores.deliveries.withdraw(delivery);
      await stores.deliveries.withdraw(delivery);
      expect(await grantsOf(delivery)).toBe(0);
      const { lookAgainAt: _mark, ...rest } = delivery;
      expect((await stores.deliveries.history(agreement.consumer, all)).items).toEqual([rest]);
      expect(await idsIn(stores.deliveries.due('2099-01-01T00:00:00.000Z'))).not.toContain(delivery.deliveryId);
    });
    test('content is asked for with evidence, or not at all', async () => {
      const delivery = await release();
      const [granted, ended, withdrawn] = [evidence(), evidence(), evidence()];
      expect(await stores.deliveries.request(delivery, granted)).toBe(true);
      expect(await stores.evidence(granted.evidenceId)).toEqual(granted);
      await stores.change({ ...agreement, state: 'terminated' });
      expect(await stores.deliveries.request(delivery, ended)).toBe(false);
      await stores.change(agreement);
      await stores.deliveries.withdraw(delivery);
      expect(await stores.deliveries.request(delivery, withdrawn)).toBe(false);
      for (const proof of [ended, withdrawn]) expect(await stores.evidence(proof.evidenceId)).toBeUndefined();
    });
    test('the first receipt counts, with its evidence and answer, whatever the notice does meanwhile', async () => {
      const delivery = await release();
      const [first, second] = [evidence(), evidence()];
      await stores.deliveries.noticed(delivery.deliveryId, retainedUntil);
      expect(await stores.deliveries.receive(delivery, later, first, undefined)).toBe(true);
      expect(await stores.deliveries.receive(delivery, '2026-12-02T00:00:00.000Z', second, undefined)).toBe(false);
      expect(await stores.deliveries.find(delivery.deliveryId)).toMatchObject({ state: 'noticed', receivedAt: later });
      expect(await stores.evidence(first.evidenceId)).toEqual(first);
      expect(await stores.evidence(second.evidenceId)).toBeUndefined();
    });
    test('a receipt whose answer was given to another call changes nothing', async () => {
      const delivery = await release();
      const answer = {
        department: agreement.consumer,
        routeId: 'giveReceipt',
        key: fresh(),
        requestDigest: 'd',
        status: 200,
        body: '{}',
        expires: 1_900_000_000,
      };
      await stores.deliveries.remember(answer);
      expect(await stores.deliveries.receive(delivery, later, evidence(), answer)).toBe(false);
      expect((await stores.deliveries.find(delivery.deliveryId))?.receivedAt).toBeUndefined();
    });
  });

  test('an annulled delivery says why, is due no more, and its provider sees it and is told', async () => {
    const delivery = await plan();
    const { deliveryId, agreementId, termsVersion, resourceId, resourceVersion } = delivery;
    const about = { deliveryId, agreementId, termsVersion, resourceId, resourceVersion };
    const why = { type: 'resource', event: 'delivery-void', state: 'does-not-fit', at: instant, path: '/v1' } as const;
    const told = (number: number) => noticeTo(delivery.provider, [deliveryId, number], { ...why, ...about });
    const [first, second] = [told(1), told(2)];
    expect(await stores.deliveries.annul(delivery.deliveryId, 'agreement-not-active', [first])).toBe(true);
    expect(await stores.deliveries.annul(delivery.deliveryId, 'agreement-not-active', [second])).toBe(false);
    expect(await stores.notice(first.notice.noticeId)).toEqual(first);
    expect(await stores.notice(second.notice.noticeId)).toBeUndefined();
    const { lookAgainAt: _mark, ...rest } = delivery;
    const stored = { ...rest, state: 'void', voidReason: 'agreement-not-active' };
    expect(await stores.deliveries.find(delivery.deliveryId)).toEqual(stored);
    expect((await stores.deliveries.provided(agreement.provider, all)).items).toEqual([stored]);
    expect((await stores.deliveries.history(agreement.consumer, all)).items).toEqual([]);
  });

  test('what is postponed is due later, and only while its state is the same', async () => {
    const delivery = await plan();
    await stores.deliveries.postpone(delivery, '2026-12-05T00:00:00.000Z');
    const due = async (until: string) =>
      (await collected(stores.deliveries.due(until))).some(({ deliveryId }) => deliveryId === delivery.deliveryId);
    expect([await due('2026-12-04T00:00:00.000Z'), await due('2026-12-06T00:00:00.000Z')]).toEqual([false, true]);
    await stores.deliveries.annul(delivery.deliveryId, 'agreement-not-active');
    await stores.deliveries.postpone(delivery, '2026-12-06T00:00:00.000Z');
    expect(await due('2026-12-30T00:00:00.000Z')).toBe(false);
  });

  test('the lists page through everything once, with filters, and go on from where they were', async () => {
    const releases: StoredDelivery[] = [];
    for (let version = 1; version <= 7; version++) releases.push(await release(version));
    for (const version of [2, 3, 4])
      await stores.deliveries.receive(releases[version - 1]!, later, evidence(), undefined);
    const walk = async (list: Deliveries['history'], owner: Agreement['consumer'], query: Partial<DeliveryQuery>) => {
      const seen: number[] = [];
      for (let cursor: string | undefined, pages = 0; pages < 20; pages++) {
        const page = await list(owner, { ...all, ...query, cursor });
        seen.push(...page.items.map(({ datasetVersion }) => datasetVersion));
        if (page.items.length > 0) expect(page.cursor).toBeDefined();
        if (page.cursor === undefined) return seen;
        cursor = page.cursor;
      }
      throw new Error('the list does not end');
    };
    const history: Deliveries['history'] = (owner, query) => stores.deliveries.history(owner, query);
    const provided: Deliveries['provided'] = (owner, query) => stores.deliveries.provided(owner, query);
    for (const limit of [1, 2, 3, 7, 50]) {
      expect(await walk(history, agreement.consumer, { limit })).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await walk(history, agreement.consumer, { limit, receipt: 'none' })).toEqual([1, 5, 6, 7]);
      expect((await walk(provided, agreement.provider, { limit })).toSorted((a, b) => a - b)).toEqual([
        1, 2, 3, 4, 5, 6, 7,
      ]);
      expect((await walk(provided, agreement.provider, { limit, receipt: 'none' })).toSorted((a, b) => a - b)).toEqual([
        1, 5, 6, 7,
      ]);
    }
    expect(await walk(history, agreement.consumer, { agreementId: agreement.agreementId })).toHaveLength(7);
    expect(await walk(history, agreement.consumer, { agreementId: fresh() })).toEqual([]);
    expect(await walk(history, agreement.consumer, { resourceId: resource('streets') })).toEqual([]);
    expect(await walk(history, agreement.provider, {})).toEqual([]);
  });

  describe('a release plan', () => {
    const aPlan = (changes: Partial<ReleasePlan> = {}): ReleasePlan => ({
      agreementId: agreement.agreementId,
      termsVersion: 1,
      activation: 5,
      resourceId: agreement.resourceId,
      opening: false,
      nextAt: '2026-12-01T18:00:00.000Z',
      lastDatasetVersion: 1,
      lastDelivered: 1,
      ...changes,
    });
    const delivery = (datasetVersion: number) =>
      planDelivery(agreement, aStoredDataset({ datasetVersion }), { pinned: schema, actual: schema }, instant);
    const due = async (until: string) =>
      (await collected(stores.plans.due(until))).filter(({ agreementId }) => agreementId === agreement.agreementId);

    test('begins once, with its delivery, and is due at its moment', async () => {
      expect(await stores.plans.begin(aPlan(), delivery(1))).toBe(true);
      expect(await stores.plans.begin(aPlan({ lastDatasetVersion: 2 }), delivery(2))).toBe(false);
      expect(await due('2099-01-01T00:00:00.000Z')).toEqual([aPlan()]);
      expect(await due('2026-12-01T17:59:59.000Z')).toEqual([]);
      expect(await due('2026-12-01T18:00:00.000Z')).toEqual([aPlan()]);
      expect(
        (await collected(stores.deliveries.ofAgreement(agreement.agreementId))).map(
          ({ datasetVersion }) => datasetVersion,
        ),
      ).toEqual([1]);
    });
    test('moves on once from each moment, with the delivery of that moment', async () => {
      await stores.plans.begin(aPlan(), undefined);
      const next = aPlan({ nextAt: '2026-12-02T18:00:00.000Z', lastDatasetVersion: 2 });
      const moved = await Promise.all([
        stores.plans.advance(aPlan(), next, delivery(2)),
        stores.plans.advance(aPlan(), next, delivery(2)),
      ]);
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due('2099-01-01T00:00:00.000Z')).toEqual([next]);
      expect(await collected(stores.deliveries.ofAgreement(agreement.agreementId))).toHaveLength(1);
    });
    test('moves on once from each activation, though its moment stays', async () => {
      await stores.plans.begin(aPlan(), undefined);
      expect(await stores.plans.find(agreement.agreementId)).toEqual(aPlan());
      const resumed = aPlan({ activation: 7, lastDatasetVersion: 2 });
      const moved = await Promise.all([
        stores.plans.advance(aPlan(), resumed, delivery(2)),
        stores.plans.advance(aPlan(), resumed, delivery(2)),
      ]);
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await stores.plans.advance(aPlan(), undefined, undefined)).toBe(false);
      expect(await stores.plans.find(agreement.agreementId)).toEqual(resumed);
    });
    test('moves on past a delivery that is there already', async () => {
      const there = delivery(2);
      await stores.deliveries.plan([there]);
      await stores.deliveries.annul(there.deliveryId, 'agreement-not-active');
      await stores.plans.begin(aPlan(), undefined);
      expect(await stores.plans.advance(aPlan(), undefined, there)).toBe(true);
      expect(await due('2099-01-01T00:00:00.000Z')).toEqual([]);
      expect((await stores.deliveries.find(there.deliveryId))?.state).toBe('void');
    });
    test('ends, and can be ended again', async () => {
      await stores.plans.begin(aPlan(), undefined);
      await stores.plans.end(agreement.agreementId);
      await stores.plans.end(agreement.agreementId);
      expect(await stores.plans.find(agreement.agreementId)).toBeUndefined();
      expect(await due('2099-01-01T00:00:00.000Z')).toEqual([]);
    });
  });

  describe('what others wrote', () => {
    test('an agreement is found by id and by resource', async () => {
      expect((await stores.facts.agreement(agreement.agreementId))?.value).toEqual(agreement);
      expect(await stores.facts.agreementsOn(agreement.resourceId)).toEqual([agreement]);
      expect(await stores.facts.agreement(fresh())).toBeUndefined();
    });
    test('datasets: one, the current one, and the newest at a moment', async () => {
      const { resourceId, provider } = agreement;
      const dataset = (datasetVersion: number, committedAt: string) =>
        aStoredDataset({ resourceId, provider, datasetVersion, committedAt });
      const [first, second] = [dataset(1, '2026-12-01T01:00:00.000Z'), dataset(2, '2026-12-01T02:00:00.000Z')];
      expect(await stores.facts.currentDataset(resourceId)).toBeUndefined();
      await stores.give({ dataset: first });
      await stores.give({ dataset: second });
      expect(await stores.facts.dataset(resourceId, 1)).toEqual(first);
      expect(await stores.facts.dataset(resourceId, 3)).toBeUndefined();
      expect(await stores.facts.currentDataset(resourceId)).toEqual(second);
      expect(await stores.facts.newestDataset(resourceId, '2026-12-01T01:59:59.999Z')).toEqual(first);
      expect(await stores.facts.newestDataset(resourceId, '2026-12-01T02:00:00.000Z')).toEqual(second);
      expect(await stores.facts.newestDataset(resourceId, '2026-12-01T00:00:00.000Z')).toBeUndefined();
    });
    test('the schema of a version, and a fault where there is none', async () => {
      await stores.give({ dataset: aStoredDataset({ resourceId: agreement.resourceId }) });
      expect(await stores.facts.schema(agreement.resourceId, 1)).toEqual(schema);
      await expect(stores.facts.schema(agreement.resourceId, 9)).rejects.toThrow('has no version 9');
    });
    test('marks are due, postponed and cleared; that of an agreement stays where it changed since', async () => {
      const { resourceId, agreementId } = agreement;
      await stores.give({ dataset: aStoredDataset({ resourceId }) });
      const marks = [
        { kind: 'dataset', resourceId, datasetVersion: 1 },
        { kind: 'agreement', agreementId },
      ] as const;
      const isDue = async (mark: (typeof marks)[number], until: string) =>
        (await collected(stores.marks.due(mark.kind, until))).some(
          (found) => JSON.stringify(found) === JSON.stringify(mark),
        );
      for (const mark of marks) {
        expect(await isDue(mark, '2026-12-01T01:00:59.000Z')).toBe(false);
        expect(await isDue(mark, '2026-12-01T01:01:00.000Z')).toBe(true);
        await stores.marks.postpone(mark, '2026-12-01T05:00:00.000Z');
        expect(await isDue(mark, '2026-12-01T01:01:00.000Z')).toBe(false);
        expect(await isDue(mark, '2026-12-01T05:00:00.000Z')).toBe(true);
      }
      const { revision } = (await stores.facts.agreement(agreementId))!;
      await stores.marks.clearAgreement(agreementId, revision - 1);
      expect(await isDue(marks[1], '2027-01-01T00:00:00.000Z')).toBe(true);
      await stores.marks.clearAgreement(agreementId, revision);
      await stores.marks.clearDataset(resourceId, 1);
      for (const mark of marks) {
        await stores.marks.postpone(mark, '2026-12-01T06:00:00.000Z');
        expect(await isDue(mark, '2027-01-01T00:00:00.000Z')).toBe(false);
      }
      expect((await stores.facts.agreement(agreementId))?.revision).toBe(revision);
      expect((await stores.facts.dataset(resourceId, 1))?.datasetVersion).toBe(1);
    });
  });
}

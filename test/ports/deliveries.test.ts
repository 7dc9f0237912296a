import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { dynamoCorrections } from '../../functions/adapters/dynamodb/delivery/corrections.ts';
import { dynamoDeliveries } from '../../functions/adapters/dynamodb/delivery/deliveries.ts';
import { dynamoFacts, dynamoMarks } from '../../functions/adapters/dynamodb/delivery/facts.ts';
import { dynamoExtracts } from '../../functions/adapters/dynamodb/delivery/extracts.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoOutbox } from '../../functions/adapters/dynamodb/messages.ts';
import { dynamoReleasePlans } from '../../functions/adapters/dynamodb/delivery/release-plans.ts';
import { dynamoResources, readResourceHead } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { correctionAct } from '../../functions/delivery/corrections/correction-act.ts';
import { reported } from '../../functions/delivery/domain/corrections.ts';
import { planDelivery } from '../../functions/delivery/domain/plan.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredCorrection, StoredDelivery } from '../../schemas/stored/delivery.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { EvidenceId } from '../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import {
  aDefinition,
  anAct,
  anAgreement,
  anId,
  department,
  aResourceVersion,
  aStoredDataset,
  instant,
  resource,
  sha256,
} from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryCorrections } from '../support/memory/corrections.ts';
import {
  datasetKey,
  memoryDeliveries,
  memoryFacts,
  memoryHub,
  memoryMarks,
  memoryReleasePlans,
} from '../support/memory/deliveries.ts';
import { memoryExtracts } from '../support/memory/extracts.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { readItem, type Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { correctionsContract } from './deliveries-corrections.contract.ts';
import { deliveryStoresContract, type DeliveryStores } from './deliveries.contract.ts';
import { extractsContract } from './extracts.contract.ts';

const later = '2026-12-01T01:01:00.000Z';

describe('in memory', () => {
  const setUp = async (): Promise<DeliveryStores> => {
    const hub = memoryHub();
    const put = (value: Agreement) =>
      void hub.agreements.set(value.agreementId, {
        value,
        revision: (hub.agreements.get(value.agreementId)?.revision ?? 0) + 1,
        due: later,
      });
    return {
      facts: memoryFacts(hub),
      marks: memoryMarks(hub),
      deliveries: memoryDeliveries(hub),
      extracts: memoryExtracts(hub),
      plans: memoryReleasePlans(hub),
      async give(what) {
        if ('agreement' in what) {
          put(what.agreement);
          return;
        }
        const { dataset } = what;
        hub.schemas.set(datasetKey(dataset.resourceId, 1), aDefinition().schema);
        hub.datasets.set(datasetKey(dataset.resourceId, dataset.datasetVersion), { value: dataset, due: later });
      },
      change: async (agreement) => put(agreement),
      evidence: async (id) => hub.journal.evidence.find(({ evidenceId }) => evidenceId === id),
      notice: async (id) => hub.told.find(({ notice }) => notice.noticeId === id),
    };
  };
  deliveryStoresContract(setUp);
  extractsContract(async () => memoryExtracts(memoryHub()));
  correctionsContract(async () => {
    const hub = memoryHub();
    return {
      corrections: memoryCorrections(hub),
      evidence: async (id) => hub.journal.evidence.find(({ evidenceId }) => evidenceId === id),
      notice: async (id) => hub.told.find(({ notice }) => notice.noticeId === id),
    };
  });
});

describe('in DynamoDB', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());

  const setUp = async (): Promise<DeliveryStores> => {
    const { table } = aws;
    return {
      facts: dynamoFacts(table),
      marks: dynamoMarks(table),
      deliveries: dynamoDeliveries(table),
      extracts: dynamoExtracts(table),
      plans: dynamoReleasePlans(table),
      async give(what) {
        if ('dataset' in what) return giveDataset(table, what.dataset);
        await dynamoAgreements(table).add(anAct(what.agreement, { evidence: [evidence()] }));
        await replace(table, what.agreement);
      },
      change: (agreement) => replace(table, agreement),
      evidence: (id) => readEvidence(table, id),
      notice: (id) => dynamoOutbox(table).find(id),
    };
  };
  deliveryStoresContract(setUp);
  extractsContract(async () => dynamoExtracts(aws.table));
  correctionsContract(async () => ({
    corrections: dynamoCorrections(aws.table),
    evidence: (id) => readEvidence(aws.table, id),
    notice: (id) => dynamoOutbox(aws.table).find(id),
  }));

  /** So many planned deliveries of one extract, and what their releases say; `from`: of their ids. */
  const plannedOf = async (stores: DeliveryStores, name: string, count: number, from: number) => {
    const dataset = aStoredDataset({ resourceId: resource(name) });
    const consumer = department(name);
    const agreement = anAgreement({
      state: 'active',
      consumer,
      resourceId: dataset.resourceId,
      agreementId: anId(from),
    });
    await stores.give({ agreement });
    const { schema } = aDefinition();
    const planned = planDelivery(agreement, dataset, { pinned: schema, actual: schema }, instant);
    const object = { key: `extracts/${planned.extractId}/1`, versionId: 'v1' };
    const { extractId, resourceId, datasetVersion } = planned;
    const written = { rows: 2, bytes: 64, sha256 };
    await stores.extracts.begin([{ extractId, key: object.key }], later);
    const about = { extractId, resourceId, datasetVersion, format: 'csv', grants: 0, state: 'ready' } as const;
    await stores.extracts.keep({ ...about, ...written, object }, later);
    const many = Array.from({ length: count }, (_, index) => ({ ...planned, deliveryId: anId(from + 1 + index) }));
    await stores.deliveries.plan(many);
    const released = (one: StoredDelivery) =>
      [{ ...one, ...written, state: 'released', releasedAt: instant, lookAgainAt: later }, evidence()] as const;
    return { many, released, extractId };
  };

  test('releases that are made side by side go together; those to one consumer take turns: none runs into another', async () => {
    const stores = await setUp();
    const { many: all, released, extractId } = await plannedOf(stores, 'side-by-side', 22, 700_001);
    const many = all.slice(0, 20);
    const { table, calls } = countingCalls(aws.table);
    const deliveries = dynamoDeliveries(table);
    const outcomes = await Promise.all(many.map((one) => deliveries.release(...released(one))));
    expect(new Set(outcomes)).toEqual(new Set(['released']));
    expect(calls).toEqual(['GetCommand', 'TransactWriteCommand', 'TransactWriteCommand']);
    expect((await stores.extracts.find(extractId))?.grants).toBe(20);
    const positionOf = async ({ deliveryId }: StoredDelivery) => (await deliveries.find(deliveryId))?.position;
    expect(await Promise.all(many.map(positionOf))).toEqual(many.map((_, index) => index + 1));
    // Whatever another process has released meanwhile is found out.
    const [next, last] = [all[20]!, all[21]!];
    expect(await stores.deliveries.release(...released(next))).toBe('released');
    expect(await deliveries.release(...released(last))).toBe('released');
    expect([await positionOf(next), await positionOf(last)]).toEqual([21, 22]);
  });

  test('releases that the table does not take together are made one by one', async () => {
    const stores = await setUp();
    const { many, released } = await plannedOf(stores, 'too-large', 3, 710_001);
    const sizes: number[] = [];
    const send = (command: { readonly input: { readonly TransactItems?: readonly unknown[] } }) => {
      const { TransactItems = [] } = command.input;
      if (TransactItems.length > 0) sizes.push(TransactItems.length);
      if (TransactItems.length <= 9) return aws.table.client.send(command as never);
      throw Object.assign(new Error('Aggregate size of items exceeds 4 MB'), { name: 'ValidationException' });
    };
    const deliveries = dynamoDeliveries({ name: aws.table.name, client: { send } } as unknown as Table);
    const outcomes = await Promise.all(many.map((one) => deliveries.release(...released(one))));
    expect([outcomes, sizes]).toEqual([many.map(() => 'released'), [21, 9, 9, 9]]);
    const found = await Promise.all(many.map(({ deliveryId }) => stores.deliveries.find(deliveryId)));
    expect(found.map((delivery) => delivery?.position)).toEqual([1, 2, 3]);
  });

  test('a correction is promised of a dataset after the newest, though one be committed at the same moment', async () => {
    const dataset = aStoredDataset({ resourceId: resource('promised') });
    await giveDataset(aws.table, dataset);
    const agreement = anAgreement({ state: 'active', resourceId: dataset.resourceId });
    const { schema } = aDefinition();
    const delivery = planDelivery(agreement, dataset, { pinned: schema, actual: schema }, instant);
    const report = { line: 2, field: 'name', reason: 'wrong', words: 'it is another' } as const;
    const open = reported(anId(90_001) as never, delivery, report, instant);
    const ports = { clock: { now: () => instant }, ids: { next: () => evidence().evidenceId as string } };
    const act = (correction: StoredCorrection) =>
      correctionAct(ports, correction, { department: correction.provider, session: 'clerk-7' });
    const promised = (awaitedAfter: number): StoredCorrection => ({ ...open, state: 'answered', awaitedAfter });
    const corrections = dynamoCorrections(aws.table);
    await corrections.report(act(open));
    expect(await corrections.replace(act(promised(0)), 1)).toBe(false);
    expect((await corrections.find(open.correctionId))?.value).toEqual(open);
    expect(await corrections.replace(act(promised(1)), 1)).toBe(true);
  });
});

function countingCalls({ name, client }: Table) {
  const calls: string[] = [];
  const send = (command: never) => {
    calls.push((command as object).constructor.name);
    return client.send(command);
  };
  return { table: { name, client: { send } } as unknown as Table, calls };
}

let drawn = 0;
const evidence = (): Evidence => ({
  evidenceId: anId(800_000 + ++drawn),
  at: instant,
  act: 'agreement-filed',
  actor: { department: 'hub', session: 'test' },
  subject: {},
  digests: {},
});

async function readEvidence(table: Table, id: string): Promise<Evidence | undefined> {
  const item = await readItem(table, keyOf.evidence(id as EvidenceId));
  return item && fromItem(Evidence, item);
}

async function replace(table: Table, agreement: Agreement): Promise<void> {
  const agreements = dynamoAgreements(table);
  const { revision } = (await agreements.find(agreement.agreementId))!;
  await agreements.replace(anAct(agreement, { evidence: [evidence()], lookAgainAt: later }), revision);
}

/** As intake commits it: with the resource's head, whose resource is published where it is not yet. */
async function giveDataset(table: Table, dataset: StoredDataset): Promise<void> {
  const { resourceId, provider, datasetVersion } = dataset;
  if (!(await readResourceHead(table, resourceId))) {
    const version = aResourceVersion({ resourceId, provider });
    await dynamoResources(table).publish({
      version,
      entry: entryOf(version),
      evidence: evidence(),
    });
  }
  await commit(table, [
    ...writeDataset(table, dataset),
    {
      Update: {
        TableName: table.name,
        Key: keyOf.resource(resourceId),
        UpdateExpression: 'SET datasetVersion = :version',
        ExpressionAttributeValues: { ':version': datasetVersion },
      },
    },
  ]);
}

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { AgreementState } from '../../schemas/contracts/agreements.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { commitVersion } from '../../functions/adapters/dynamodb/datasets/commit.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoResources, readResourceHead } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { dynamoMarks } from '../../functions/adapters/dynamodb/catalog/marks.ts';
import { writeCatalogChange } from '../../functions/adapters/dynamodb/catalog/states.ts';
import { intakeResources } from '../../functions/adapters/dynamodb/intake/resources.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import type { CatalogState, Publication } from '../../functions/catalog/ports.ts';
import {
  aDefinition,
  anAct,
  anAgreement,
  anId,
  aResource,
  aResourceVersion,
  aStoredDataset,
  department,
  instant,
  resource,
  type AgreementChanges,
} from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryJournal } from '../support/memory/kernel.ts';
import { memoryResources } from '../support/memory/resources.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { marksOf } from '../support/marks.ts';
import { due, walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import type { Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { resourcesContract, type ResourceStore } from './resources.contract.ts';

async function onMemory(): Promise<ResourceStore> {
  const journal = memoryJournal();
  const resources = memoryResources(journal);
  return {
    resources,
    marks: resources.marks,
    told: async () => resources.marks.told,
    evidenceOn: async (id) => journal.evidence.filter(({ subject }) => subject.resourceId === id),
    giveDataset: async (dataset) => resources.giveDataset(dataset),
    giveConsumer: async (id, consumer, from, to) => resources.giveConsumer(id, consumer, from, to),
    close: async () => undefined,
  };
}

let made = 5000;
let proofs = 7000;

const evidenceNamed = (number: number): Evidence => ({
  evidenceId: anId(number),
  at: instant,
  act: 'agreement-filed',
  actor: { department: department('eitc'), session: 'x' },
  subject: {},
  digests: {},
});

/** Adds an agreement straight into a state. */
async function give(table: Table, changes: AgreementChanges): Promise<void> {
  const agreement = anAgreement({ agreementId: anId(++made), ...changes });
  expect(await dynamoAgreements(table).add(anAct(agreement, { evidence: [evidenceNamed(++made)] }))).toBe(true);
}

async function onDynamo(): Promise<ResourceStore> {
  const aws = await startLocalAws();
  return {
    resources: dynamoResources(aws.table),
    marks: dynamoMarks(aws.table),
    told: async () => {
      const told: OutgoingNotice[] = [];
      for await (const item of due(aws.table, 'MESSAGE', '9999')) told.push(fromItem(OutgoingNotice, item));
      return told;
    },
    evidenceOn: (id) => evidenceOn(aws.table, id),
    giveDataset: async (dataset) => {
      await commit(aws.table, writeDataset(aws.table, aStoredDataset(dataset)));
    },
    giveConsumer: (resourceId, consumer, validFrom, validTo) =>
      give(aws.table, { resourceId, consumer: department(consumer), state: 'active', terms: { validFrom, validTo } }),
    close: () => aws.stop(),
  };
}

async function evidenceOn(table: Table, id: ResourceId): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for await (const { item } of walk(table, {
    from: { list: `EVIDENCE#resource#${id}`, keyOf: (position) => keyOf.evidence(position as never) },
  })) {
    found.push(fromItem(Evidence, item));
  }
  return found;
}

resourcesContract('memory', onMemory);
resourcesContract('DynamoDB', onDynamo);

describe('the head item of a resource', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  const publish = async (version: number, definition: Parameters<typeof aDefinition>[0] = {}) => {
    const next = aResourceVersion({ version, definition: aDefinition({ title: `第${version}版`, ...definition }) });
    expect(await dynamoResources(aws.table).publish(publicationOf(next, ++proofs))).toEqual(next);
  };
  const head = async () => (await readResourceHead(aws.table, resource('legal-entities')))!;
  /** As intake does when it commits a dataset on the head that it read. */
  const land = async (read: Awaited<ReturnType<typeof head>>, sequence: number, at: string) => {
    const dataset = aStoredDataset({ datasetVersion: read.datasetVersion + 1, committedAt: at });
    return (await commit(aws.table, commitVersion(aws.table, { head: read, sequence, dataset }))).committed;
  };
  const lateSince = async () => (await marksOf(aws.table, 'late')).get(keyOf.resource(resource('legal-entities')).pk);

  test('keeps what intake counted, is late by its newest dataset and cycle, and shows that the resource is retired', async () => {
    // The next version is published.
    await publish(1);
    expect(await head()).toEqual(aResource({ updateCycle: 'daily', deliveredOnly: 1, publishedAt: instant }));
    expect(await land(await head(), 6, '2026-12-05T00:00:00.000Z')).toBe(true);
    await publish(2);
    expect(await head()).toEqual(
      aResource({
        latestVersion: 2,
        committedSequence: 6,
        datasetVersion: 1,
        datasetAt: '2026-12-05T00:00:00.000Z',
        updateCycle: 'daily',
        deliveredOnly: 2,
        publishedAt: instant,
      }),
    );

    // Late by its newest dataset and its newest cycle.
    expect(await lateSince()).toBe('2026-12-07T00:00:00.000Z');
    await land(await head(), 7, '2026-12-06T00:00:00.000Z');
    expect(await lateSince()).toBe('2026-12-08T00:00:00.000Z');
    await publish(3, { updateCycle: 'weekly' });
    expect(await lateSince()).toBe('2026-12-15T00:00:00.000Z');
    await publish(4, { updateCycle: 'irregular' });
    expect(await lateSince()).toBeUndefined();
    await land(await head(), 8, '2026-12-07T00:00:00.000Z');
    expect(await lateSince()).toBeUndefined();

    // No dataset that was decided on under another cycle.
    const underAnother = await head();
    await publish(5, { updateCycle: 'daily' });
    expect(await land(underAnother, 9, '2026-12-08T00:00:00.000Z')).toBe(false);
    expect(await land(await head(), 9, '2026-12-08T00:00:00.000Z')).toBe(true);

    // Retired, as intake is shown.
    const end = {
      resourceId: resource('legal-entities'),
      change: { retiredAt: instant, retirement: { reason: 'x', by: department('quality') } },
      marks: [],
      evidence: evidenceNamed(++proofs),
    };
    const read = await head();
    expect(await dynamoResources(aws.table).end(end)).toBe(true);
    expect((await intakeResources(aws.table).head(resource('legal-entities')))?.retiredAt).toBe(instant);
    // What was announced before goes its way; the resource is not late because of it.
    expect(await land(await head(), 10, '2026-12-09T00:00:00.000Z')).toBe(true);
    expect(await lateSince()).toBeUndefined();
    expect(read.retiredAt).toBeUndefined();
  });
});

const publicationOf = (version: ResourceVersion, proof: number): Publication => ({
  version,
  entry: entryOf(version),
  evidence: { ...evidenceNamed(proof), act: 'definition-published' },
});

describe('a catalog in memory', () => {
  let aws: LocalAws;
  beforeEach(async () => {
    aws = await startLocalAws();
  });
  afterEach(() => aws.stop());
  const give = async (id: string, changes: Parameters<typeof aResourceVersion>[0] = {}) => {
    const version = aResourceVersion({ resourceId: resource(id), ...changes });
    expect(await dynamoResources(aws.table).publish(publicationOf(version, ++proofs))).toEqual(version);
  };
  const ids = ({ entries }: CatalogState) => entries.map(({ summary }) => summary.resourceId);

  test('of one function sees what another published, and keeps the objects that did not change', async () => {
    await give('a');
    await give('b');
    const reader = dynamoResources(aws.table);
    const before = await reader.catalog();
    expect(await reader.catalog()).toBe(before);
    await give('c');
    await give('b', { version: 2, definition: aDefinition({ title: '新' }) });
    const after = await reader.catalog();
    expect(ids(after)).toEqual(['a', 'b', 'c']);
    expect(after.entries[0]).toBe(before.entries[0]);
    expect(after.entries[1]?.summary.title).toBe('新');
  });
  test('is read anew where the log of changes no longer goes back so far', async () => {
    await give('a');
    const reader = dynamoResources(aws.table);
    const { revision } = await reader.catalog();
    await give('d');
    await give('e');
    const lost = keyOf.catalogChange(revision + 1);
    await commit(aws.table, [{ Delete: { TableName: aws.table.name, Key: lost } }]);
    expect(ids(await reader.catalog())).toEqual(['a', 'd', 'e']);
  });
  test('is read anew after very many changes', async () => {
    await give('a');
    const reader = dynamoResources(aws.table);
    const { revision } = await reader.catalog();
    for (let read = revision; read < revision + 510; read += 25)
      for (const write of Array.from({ length: 25 }, (_, i) => read + i))
        await commit(aws.table, writeCatalogChange(aws.table, resource('a'), { read: write, at: instant }));
    const after = await reader.catalog();
    expect([after.revision > revision + 500, ids(after)]).toEqual([true, ['a']]);
  });
});

describe('an agreement makes a consumer', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  test.each(AgreementState.options)('in state %s: only where that is active', async (state) => {
    const resourceId = resource(`consumed-${state}`);
    await give(aws.table, { resourceId, state });
    expect(await dynamoResources(aws.table).isConsumer(resourceId, department('tax'), '2026-12-01')).toBe(
      state === 'active',
    );
  });
});

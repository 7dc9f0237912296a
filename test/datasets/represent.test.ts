import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../functions/adapters/duckdb/database.ts';
import { duckdbMaker } from '../../functions/adapters/duckdb/maker.ts';
import { dynamoResources, readResourceHead } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { commitVersion } from '../../functions/adapters/dynamodb/datasets/commit.ts';
import { readDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { dynamoRepresentFacts } from '../../functions/adapters/dynamodb/datasets/represent-facts.ts';
import { dynamoRepresentMarks } from '../../functions/adapters/dynamodb/datasets/represent-marks.ts';
import {
  dynamoRepresentations,
  holdRepresentation,
  readRepresentation,
  releaseRepresentation,
} from '../../functions/adapters/dynamodb/datasets/representations.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { commit, put } from '../../functions/adapters/dynamodb/table/write.ts';
import { openObject } from '../../functions/adapters/s3/object-writer.ts';
import { readObject } from '../../functions/adapters/s3/object-reader.ts';
import { s3RepresentObjects } from '../../functions/adapters/s3/represent-objects.ts';
import { sqsDueResources } from '../../functions/adapters/sqs/due-resources.ts';
import { entryOf } from '../../functions/catalog/domain/entry.ts';
import { nextVersion } from '../../functions/datasets/next-version.ts';
import { representHandler, type RepresentPorts } from '../../functions/datasets/represent/represent.handler.ts';
import { sweepHandler } from '../../functions/datasets/represent/sweep.handler.ts';
import type { RepresentationIn } from '../../schemas/stored/datasets.ts';
import { aDefinition, anId, aResourceVersion, aStoredDataset, instant, resource } from '../support/builders.ts';
import { sqsRecord } from '../support/events.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { marksOf } from '../support/marks.ts';
import { countingIds, manualTimer, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { theHub } from '../../functions/kernel/evidence.ts';

let aws: LocalAws;
let clock: ReturnType<typeof testClock>;
let proofs: number;
beforeEach(async () => {
  aws = await startLocalAws();
  clock = testClock();
  proofs = 0;
});
afterEach(() => aws.stop());

const resourceId = resource('people');
const later = (seconds: number) => new Date(Date.parse(instant) + seconds * 1000).toISOString();
const columns = ['id', 'name'];

async function publish(modes: ('delivery' | 'lookup' | 'comparison')[]) {
  const read = await readResourceHead(aws.table, resourceId);
  const version = aResourceVersion({
    resourceId,
    version: (read?.latestVersion ?? 0) + 1,
    definition: aDefinition({
      modes,
      schema: {
        primaryKey: ['id'],
        fields: [
          { name: 'id', type: 'integer' },
          { name: 'name', type: 'string' },
        ],
      },
    }),
  });
  const evidence = {
    evidenceId: anId(7000 + ++proofs),
    at: instant,
    act: 'definition-published',
    actor: theHub('test'),
    subject: { resourceId },
    digests: {},
  } as const;
  expect(await dynamoResources(aws.table).publish({ version, entry: entryOf(version), evidence })).toEqual(version);
}

/** As intake does when it accepts an upload. */
async function land(csv: string, sha256 = createHash('sha256').update(csv).digest('base64')) {
  const head = (await readResourceHead(aws.table, resourceId))!;
  const datasetVersion = head.datasetVersion + 1;
  const object = openObject(aws.s3, aws.buckets.datasets, `datasets/people/${anId(datasetVersion)}/1.csv`);
  await object.write(Buffer.from(csv));
  const written = {
    columns,
    rows: csv.split('\n').length - 2,
    bytes: csv.length,
    sha256,
    objects: [{ ...(await object.close()), sha256 }],
  };
  const origin = { kind: 'upload' as const, uploadId: anId(datasetVersion) };
  const next = nextVersion(head, { origin, sequence: datasetVersion, resourceVersion: 1, written }, clock.now());
  const writes = commitVersion(aws.table, next);
  expect((await commit(aws.table, writes)).committed).toBe(true);
}

const portsOf = (changes: Partial<RepresentPorts> = {}) => {
  const log = recordingLog();
  return {
    facts: dynamoRepresentFacts(aws.table),
    representations: dynamoRepresentations(aws.table),
    marks: dynamoRepresentMarks(aws.table),
    objects: s3RepresentObjects(aws.s3, aws.buckets.datasets),
    maker: duckdbMaker({ memoryMb: 256, spillMb: 256, threads: 1 }),
    hideFor: async () => undefined,
    timer: manualTimer(),
    clock,
    ids: countingIds(),
    metrics: recordingMetrics(),
    timeZone: 'Asia/Shanghai',
    log,
    ...changes,
  };
};
/** False where the message comes again. */
async function react(ports: RepresentPorts = portsOf()): Promise<boolean> {
  const message = sqsRecord({ type: 'dataset-committed', resourceId, datasetVersion: 1 });
  return (await representHandler(ports)({ Records: [message] })).batchItemFailures.length === 0;
}

const found = (datasetVersion = 1) => readRepresentation(aws.table, resourceId, datasetVersion);
const made = async (datasetVersion = 1) => (await found(datasetVersion)) as RepresentationIn<'made'>;
const due = async () => (await marksOf(aws.table, 'represent')).get(keyOf.resource(resourceId).pk);
async function objects(): Promise<readonly string[]> {
  const { Versions = [] } = await aws.s3.send(
    new ListObjectVersionsCommand({ Bucket: aws.buckets.datasets, Prefix: 'representations/' }),
  );
  return Versions.filter(({ IsLatest }) => IsLatest === true).map(({ Key }) => Key!);
}

/** What the object says, read as whoever looks up in it reads it. */
async function rowsOf({ object: { key, versionId } }: RepresentationIn<'made'>) {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'));
  try {
    await writeFile(join(folder, 'r.parquet'), await readObject(aws.s3, aws.buckets.datasets, key, versionId));
    const database = await openDatabase({ folder, memoryMb: 128, spillMb: 128, threads: 1 });
    const rows = await database.rows(`FROM read_parquet('${join(folder, 'r.parquet')}') ORDER BY file_row_number`);
    database.close();
    return rows;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a dataset that is looked up in', () => {
  test('is represented, once', async () => {
    await publish(['delivery', 'lookup']);
    await land('id,name\n10,甲\n9,"乙, ""丙"""\n');
    expect(await due()).toBe(later(60));
    expect(await react()).toBe(true);
    const first = await made();
    expect(first).toMatchObject({ state: 'made', epoch: 1, rows: 2, holds: 0, keyFields: ['id'] });
    expect(await rowsOf(first)).toEqual([
      { n: '2', k: '3b19', t0: '9', t1: '乙, "丙"', v0: '3b19' },
      { n: '1', k: '3b21', t0: '10', t1: '甲', v0: '3b21' },
    ]);
    expect(await objects()).toEqual([first.object.key]);
    expect(await due()).toBe(later(300));
    expect(await react()).toBe(true);
    expect([await found(), await due()]).toEqual([first, undefined]);
    const [listed] = (await dynamoResources(aws.table).datasets(resourceId, { limit: 1 })).items;
    expect(listed?.representation).toEqual({ state: 'made' });
  });

  test('is not where it is only delivered, until a definition offers more', async () => {
    await publish(['delivery']);
    expect(await due()).toBeUndefined();
    await land('id,name\n1,甲\n');
    expect(await react()).toBe(true);
    expect([await found(), await due(), await objects()]).toEqual([undefined, undefined, []]);
    await publish(['delivery', 'comparison']);
    expect(await due()).toBe(later(60));
    await react();
    expect(await found()).toMatchObject({ state: 'made', rows: 1 });
  });

  test('is looked at by nobody while it is only delivered: neither mark nor word, until another version offers more', async () => {
    const offered = async () => {
      const { datasetVersion } = (await readResourceHead(aws.table, resourceId))!;
      return (await readDataset(aws.table, resourceId, datasetVersion))?.offered;
    };
    await publish(['delivery']);
    await land('id,name\n1,甲\n');
    await publish(['delivery']);
    await land('id,name\n1,甲\n');
    expect([await due(), await offered()]).toEqual([undefined, 'for-deliveries']);
    await publish(['delivery', 'lookup']);
    expect(await due()).toBeDefined();
    await react();
    expect(await made(2)).toMatchObject({ state: 'made', datasetVersion: 2 });
    await land('id,name\n1,甲\n');
    expect([(await due()) !== undefined, await offered()]).toEqual([true, undefined]);
    // What there is of it by now has to go in its time: it stays looked at.
    await publish(['delivery']);
    await land('id,name\n1,甲\n');
    expect([(await due()) !== undefined, await offered()]).toEqual([true, undefined]);
  });
  test('is committed anew where more was offered since its resource was read', async () => {
    await publish(['delivery']);
    const head = (await readResourceHead(aws.table, resourceId))!;
    await publish(['delivery', 'comparison']);
    const dataset = aStoredDataset({ resourceId, datasetVersion: 1, committedAt: clock.now() });
    const { committed } = await commit(aws.table, commitVersion(aws.table, { head, sequence: 1, dataset }));
    expect(committed).toBe(false);
    await land('id,name\n1,甲\n');
    await react();
    expect(await made()).toMatchObject({ state: 'made', datasetVersion: 1 });
  });
  test('of a resource that an earlier release published is looked at', async () => {
    await publish(['delivery']);
    const earlier = { ...(await readResourceHead(aws.table, resourceId))!, latestVersion: 2 };
    await commit(aws.table, [put(aws.table, toItem('resource', keyOf.resource(resourceId), earlier))]);
    await land('id,name\n1,甲\n');
    expect(await due()).toBeDefined();
  });
  test('leaves the mark of what was committed meanwhile', async () => {
    await publish(['delivery', 'lookup']);
    await publish(['delivery']);
    await land('id,name\n1,甲\n');
    const ports = portsOf();
    const list = async (id: typeof resourceId) => {
      await land('id,name\n1,甲\n2,乙\n');
      return ports.representations.list(id);
    };
    await react({ ...ports, representations: { ...ports.representations, list } });
    expect(await due()).toBe(later(60));
  });

  test('replaces the one before, which goes when nobody has read of it and nobody holds it', async () => {
    await publish(['lookup']);
    await land('id,name\n1,甲\n');
    await react();
    const before = await made();
    expect((await commit(aws.table, holdRepresentation(aws.table, before, 'comparison-1'))).committed).toBe(true);
    expect((await commit(aws.table, holdRepresentation(aws.table, before, 'comparison-1'))).committed).toBe(false);
    await land('id,name\n2,乙\n');
    await react();
    clock.set(later(16 * 60));
    await react();
    expect([(await found(1))?.state, (await found(2))?.state, (await objects()).length]).toEqual(['made', 'made', 2]);
    const release = releaseRepresentation(aws.table, before, 'comparison-1');
    expect((await commit(aws.table, release)).committed).toBe(true);
    expect((await commit(aws.table, release)).committed).toBe(false);
    expect(await due()).toBe(later(21 * 60));
    await react();
    expect([await found(1), await objects()]).toEqual([undefined, [(await made(2)).object.key]]);
    expect((await commit(aws.table, holdRepresentation(aws.table, before, 'comparison-2'))).committed).toBe(false);
    await react();
    expect(await due()).toBeUndefined();
  });
});

describe('what cannot be represented', () => {
  test('is told, and not tried again', async () => {
    await publish(['lookup']);
    await land('id,name\nfirst,甲\n');
    expect(await react()).toBe(true);
    expect(await found()).toMatchObject({ state: 'unfit', reason: 'unreadable-values' });
    const [listed] = (await dynamoResources(aws.table).datasets(resourceId, { limit: 1 })).items;
    expect(listed?.representation).toEqual({ state: 'unfit', reason: 'unreadable-values' });
    await react();
    expect([await due(), await objects()]).toEqual([undefined, []]);
  });

  test('for want of memory is too large', async () => {
    await publish(['lookup']);
    await land(`id,name\n${Array.from({ length: 3000 }, (_, i) => `${i},${'x'.repeat(2000)}\n`).join('')}`);
    await react(portsOf({ maker: duckdbMaker({ memoryMb: 8, spillMb: 8, threads: 1 }) }));
    expect(await found()).toMatchObject({ state: 'unfit', reason: 'too-large' });
  });

  test('as its bytes are others than were committed is a fault, tried again at once', async () => {
    await publish(['lookup']);
    await land('id,name\n1,甲\n', createHash('sha256').update('other').digest('base64'));
    expect(await react()).toBe(false);
    expect(await found()).toMatchObject({ state: 'making', epoch: 1, leaseUntil: instant });
    expect(await react()).toBe(false);
    expect(await found()).toMatchObject({ state: 'making', epoch: 2 });
    expect(await objects()).toEqual([]);
  });
});

/** Dies at the nth call of the world: that one, as the case may be, is done, and whatever comes then is not. */
function mortal(ports: ReturnType<typeof portsOf>, at: number, isDone: boolean) {
  let calls = 0;
  const died = () => new Error('died');
  const through = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]): Promise<unknown> => {
          calls += 1;
          if (calls > at || (calls === at && !isDone)) throw died();
          const result: unknown = await Reflect.apply(member, target, given);
          if (calls >= at) throw died();
          return result;
        };
      },
    });
  const { facts, representations, marks, objects: stored } = ports;
  return {
    ports: {
      ...ports,
      facts: through(facts),
      representations: through(representations),
      marks: through(marks),
      objects: through(stored),
    },
    lived: () => calls < at,
  };
}

test.each([false, true])(
  'wherever an attempt dies (its last call done: %s), the next one makes it, and nothing is left',
  async (isDone) => {
    await publish(['lookup']);
    await land('id,name\n1,甲\n');
    await react();
    await land('id,name\n2,乙\n');
    let seconds = 0;
    for (let at = 1, lived = false; !lived; at += 1) {
      const one = mortal(portsOf(), at, isDone);
      await react(one.ports);
      lived = one.lived();
      expect(at).toBeLessThan(40);
      // From the start each time: as if nothing had been done yet.
      clock.set(later((seconds += 60)));
      expect(await react()).toBe(true);
      clock.set(later((seconds += 20 * 60)));
      expect(await react()).toBe(true);
      const head = (await readResourceHead(aws.table, resourceId))!;
      const { object } = await made(head.datasetVersion);
      expect([at, await objects()]).toEqual([at, [object.key]]);
      expect(await dynamoRepresentations(aws.table).list(resourceId)).toHaveLength(1);
      await land(`id,name\n${at},乙\n`);
    }
  },
);

test('an attempt that somebody has overtaken leaves nothing', async () => {
  await publish(['lookup']);
  await land('id,name\n1,甲\n');
  const slow = portsOf();
  const { maker } = slow;
  const make: RepresentPorts['maker']['make'] = (dataset, use) =>
    maker.make(dataset, async (file) => {
      const result = await use(file);
      clock.set(later(60));
      expect(await react()).toBe(true);
      return result;
    });
  expect(await react({ ...slow, maker: { make } })).toBe(true);
  const { epoch, object } = await made();
  expect([epoch, await objects()]).toEqual([2, [object.key]]);
});

test('what is left undone is looked at again', async () => {
  await publish(['lookup']);
  await land('id,name\n1,甲\n');
  const QueueUrl = aws.queues.represent;
  const log = recordingLog();
  const marks = dynamoRepresentMarks(aws.table);
  const sweep = sweepHandler({ marks, queue: sqsDueResources(aws.sqs, QueueUrl), clock, log });
  await sweep();
  clock.set(later(61));
  await sweep();
  await sweep();
  const { Messages = [] } = await aws.sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  expect(Messages.map(({ Body }) => JSON.parse(Body!) as unknown)).toEqual([{ type: 'resource-due', resourceId }]);
  expect(log.lines.map(({ about }) => about)).toEqual([0, 1, 0].map((resources) => ({ resources, failed: 0 })));
  expect(await due()).toBe(later(61 + 300));
});

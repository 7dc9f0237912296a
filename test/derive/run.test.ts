import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoResources } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { derivationJudge } from '../../functions/adapters/derivation-judge.ts';
import { readResourceHead } from '../../functions/adapters/dynamodb/catalog/resources.ts';
import { commitVersion } from '../../functions/adapters/dynamodb/datasets/commit.ts';
import { newestDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import {
  dynamoDerivations,
  dynamoDeriveFacts,
  dynamoDeriveMarks,
  endedWithSource,
  readDerivation,
} from '../../functions/adapters/dynamodb/derive/store.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { openWorkshop } from '../../functions/adapters/duckdb/workshop.ts';
import { s3DeriveObjects } from '../../functions/adapters/s3/derive-objects.ts';
import { publish } from '../../functions/catalog/domain/publish.ts';
import { publicationOf } from '../../functions/catalog/publish/publication.ts';
import { nextVersion } from '../../functions/datasets/next-version.ts';
import type { RunPorts } from '../../functions/derive/ports.ts';
import { deriveHandler } from '../../functions/derive/derive.handler.ts';
import { runDerivation } from '../../functions/derive/run.ts';
import { terminate } from '../../functions/agreements/domain/steps/end.ts';
import { resume, suspend } from '../../functions/agreements/domain/steps/suspend.ts';
import type { Outcome } from '../../functions/kernel/outcome.ts';
import type { DerivedDefinition } from '../../functions/reading/derivation/judge.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Derivation } from '../../schemas/contracts/derivation.ts';
import { EventNotice, type OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { UploadId } from '../../schemas/contracts/ids.ts';
import type { StoredDataset } from '../../schemas/stored/datasets.ts';
import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import { aDefinition, anAct, anAgreement, anId, department, resource } from '../support/builders.ts';
import { sqsRecord } from '../support/events.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { countingIds, manualTimer, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { marksOf } from '../support/marks.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { limits } from './support.ts';

let aws: LocalAws;
beforeAll(async () => void (aws = await startLocalAws()));
afterAll(() => aws.stop());

let round = 0;
let hub: ReturnType<typeof aHub>;
beforeEach(() => {
  round++;
  hub = aHub();
});

const named = (name: string) => resource(`${name}-${round}`);

/** What was told, as often as it was said. */
function memoryNotices() {
  const said: OutgoingNotice[] = [];
  return { said, tell: async (notices: readonly OutgoingNotice[]) => void said.push(...notices) };
}

function aHub() {
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const objects = s3DeriveObjects(aws.s3, aws.buckets.datasets);
  return {
    clock,
    ids: countingIds(round * 10_000),
    timeZone: 'Asia/Shanghai',
    log: recordingLog(),
    metrics: recordingMetrics(),
    timer: manualTimer(),
    facts: dynamoDeriveFacts(aws.table),
    derivations: dynamoDerivations(aws.table),
    marks: dynamoDeriveMarks(aws.table),
    notices: memoryNotices(),
    objects,
    workshop: openWorkshop,
    limits,
  } satisfies RunPorts;
}

type Changes = NonNullable<Parameters<typeof aDefinition>[0]>;

/** Publishes as the catalog does. */
async function publishes(name: string, by: string, changes: Changes): Promise<void> {
  const resources = dynamoResources(aws.table);
  const resourceId = named(name);
  const definition = aDefinition({ provider: department(by), ...changes });
  const outcome = publish(await resources.latest(resourceId), {
    resourceId,
    definition,
    breakingAccepted: true,
    graceUntil: '2027-03-01',
    atStake: { stakes: [], definitions: new Map() },
    by: department(by),
    at: hub.clock.now(),
  });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  const judge = derivationJudge(aws.table, hub);
  const judged = definition.derivation ? await judge.judge(resourceId, definition as DerivedDefinition) : undefined;
  if (judged && !judged.ok) throw new Error(JSON.stringify(judged.refusal));
  const publication = publicationOf(hub, outcome.value, { department: department(by), session: 's' }, judged?.value);
  expect(await resources.publish(publication)).toBeDefined();
}

const fields = {
  people: ['id', 'name', 'district'],
  sales: ['sale', 'project', 'buyer'],
  projects: ['project', 'units'],
};
type Name = keyof typeof fields;

type Types = Readonly<Record<string, 'integer'>>;
const schemaOf = (columns: readonly string[], types: Types = {}): NonNullable<Changes['schema']> => ({
  primaryKey: [columns[0]!],
  fields: columns.map((name) => ({ name, type: types[name] ?? 'string' })),
});
const source = (name: Name, by: string) =>
  publishes(name, by, { schema: schemaOf(fields[name], { units: 'integer' }) });

/** The next dataset of a resource. */
async function gives(name: Name, rows: readonly string[]): Promise<void> {
  const resourceId = named(name);
  const head = (await readResourceHead(aws.table, resourceId))!;
  const csv = [fields[name].join(','), ...rows, ''].join('\n');
  const bytes = Buffer.from(csv);
  const object = await hub.objects.put(`datasets/${resourceId}/${head.datasetVersion + 1}.csv`, inOne(bytes));
  const written = {
    columns: fields[name],
    rows: rows.length,
    bytes: bytes.length,
    sha256: object.sha256,
    objects: [object],
  };
  const origin = { kind: 'upload' as const, uploadId: anId(round * 100 + head.datasetVersion) as UploadId };
  const sequence = head.committedSequence + 1;
  const next = nextVersion(head, { origin, sequence, resourceVersion: head.latestVersion, written }, hub.clock.now());
  expect(await commit(aws.table, commitVersion(aws.table, next))).toEqual({ committed: true });
}

async function* inOne(bytes: Uint8Array) {
  yield bytes;
}

const runs = (name = 'derived') => runDerivation(hub, named(name));
const last = (name = 'derived') => readDerivation(aws.table, named(name)) as Promise<StoredDerivation>;
const inForce = (name = 'derived') => newestDataset(aws.table, named(name)) as Promise<StoredDataset>;

async function csvOf(dataset: StoredDataset): Promise<string> {
  const pieces: Uint8Array[] = [];
  for (const object of dataset.objects) for await (const chunk of await hub.objects.read(object)) pieces.push(chunk);
  return Buffer.concat(pieces).toString();
}
const rowsInForce = async (name?: string) => (await csvOf(await inForce(name))).trim().split('\n').slice(1);

const derive = (
  sql: string,
  columns: readonly string[],
  inputs: readonly Name[],
  more: Partial<Derivation> = {},
  types: Types = {},
) =>
  publishes('derived', 'housing', {
    schema: schemaOf(columns, types),
    derivation: {
      inputs: Object.fromEntries(inputs.map((name) => [name, { resourceId: named(name) }])),
      sql,
      ...more,
    },
  });

function agreement(name: Name, provider: string, changes: Parameters<typeof anAgreement>[0] = {}): Agreement {
  return anAgreement({
    agreementId: anId(round * 10),
    resourceId: named(name),
    provider: department(provider),
    consumer: department('housing'),
    state: 'active',
    ...changes,
    terms: {
      fields: fields[name],
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
      reshare: 'derived',
      ...changes.terms,
    },
  });
}
const files = (one: Agreement) => dynamoAgreements(aws.table).add(anAct(one));

describe('a run', () => {
  const SQL =
    'SELECT p.project, p.units, count(*) AS sold FROM projects p JOIN sales s ON s.project = p.project GROUP BY ALL';
  const columns = ['project', 'units', 'sold'];
  const types = { units: 'integer', sold: 'integer' } as const;

  test('makes a dataset version of what is in force, with its inputs in origin and evidence', async () => {
    await source('projects', 'housing');
    await source('sales', 'housing');
    await derive(SQL, columns, ['projects', 'sales'], {}, types);
    await gives('projects', ['p1,4', 'p2,2']);
    await gives('sales', ['1,p1,a', '2,p1,b', '3,p2,c']);
    await runs();
    expect(await rowsInForce()).toEqual(['p1,4,2', 'p2,2,1']);
    const dataset = await inForce();
    expect(dataset).toMatchObject({
      datasetVersion: 1,
      provider: 'housing',
      rows: 2,
      origin: {
        kind: 'derivation',
        restsOn: [],
        inputs: { projects: { datasetVersion: 1 }, sales: { datasetVersion: 1 } },
      },
    });
    expect(dataset.uploadId).toBeUndefined();
    expect(await last()).toMatchObject({ state: 'committed', rows: 2, datasetVersion: 1 });
    expect((await marksOf(aws.table, 'derive')).get(keyOf.derivation(named('derived')).pk)).toBeUndefined();
  });

  test('waits for the first dataset of each input, and makes nothing of the same inputs again', async () => {
    await source('projects', 'housing');
    await source('sales', 'housing');
    await derive(SQL, columns, ['projects', 'sales'], {}, types);
    await gives('projects', ['p1,4']);
    await runs();
    expect(await last()).toMatchObject({ state: 'waiting', reason: 'no-dataset' });
    await gives('sales', ['1,p1,a']);
    await runs();
    await runs();
    expect((await inForce()).datasetVersion).toBe(1);
    expect((await last()).epoch).toBe(2);
    await gives('sales', ['1,p1,b']);
    await runs();
    // Nobody asked who bought it: the same comes out, and nobody is sent it again.
    expect(await last()).toMatchObject({ state: 'unchanged', epoch: 3 });
    expect((await inForce()).datasetVersion).toBe(1);
  });

  test('keeps to its schedule', async () => {
    await source('projects', 'housing');
    await derive('SELECT project, units FROM projects', ['project', 'units'], ['projects'], { runs: 'daily' }, types);
    await gives('projects', ['p1,4']);
    await runs();
    await gives('projects', ['p1,5']);
    hub.clock.set('2026-12-01T02:10:00.000Z');
    await runs();
    expect(await rowsInForce()).toEqual(['p1,4']);
    const due = (await marksOf(aws.table, 'derive')).get(keyOf.derivation(named('derived')).pk);
    expect(due).toBe('2026-12-02T01:10:00.000Z');
    hub.clock.set(due!);
    await runs();
    expect(await rowsInForce()).toEqual(['p1,5']);
  });

  test('that makes what the schema refuses makes no version, and says by which rule and no value', async () => {
    await source('people', 'housing');
    await derive('SELECT id, name AS units FROM people', ['id', 'units'], ['people'], {}, types);
    await gives('people', ['a,王小明,1101', 'b,7,1101']);
    await runs();
    expect(await inForce()).toBeUndefined();
    const run = await last();
    expect(run).toMatchObject({ state: 'failed', reason: 'rejected-records' });
    expect(run.rejected).toMatchObject([{ field: 'units', rule: 'type', count: 1 }]);
    expect(JSON.stringify([run, hub.log.lines])).not.toContain('王小明');
  });

  test('over a limit makes no version and names the limit', async () => {
    await source('people', 'housing');
    await derive('SELECT id, name FROM people', ['id', 'name'], ['people']);
    await gives('people', ['a,1,1', 'b,2,1', 'c,3,1']);
    await runDerivation({ ...hub, limits: { ...limits, rows: 2 } }, named('derived'));
    expect(await last()).toMatchObject({ state: 'failed', reason: 'too-many-rows' });
  });

  test.each([-1, 1])('that is not stored byte for byte as it was checked makes no version: %d', async (more) => {
    await source('projects', 'housing');
    await derive('SELECT project, units FROM projects', ['project', 'units'], ['projects'], {}, types);
    await gives('projects', ['p1,4']);
    const open = (key: string) => {
      const writer = hub.objects.open(key);
      const close = async () => {
        const stored = await writer.close();
        return { ...stored, bytes: stored.bytes + more };
      };
      return { ...writer, close };
    };
    const losing = { ...hub, objects: { ...hub.objects, open } };
    await expect(runDerivation(losing, named('derived'))).rejects.toThrow('bytes were made and');
    expect(await inForce()).toBeUndefined();
    await runs();
    expect(await rowsInForce()).toEqual(['p1,4']);
  });

  test('of no records is a version without records', async () => {
    await source('projects', 'housing');
    await derive(
      'SELECT project, units FROM projects WHERE units > 100',
      ['project', 'units'],
      ['projects'],
      {},
      types,
    );
    await gives('projects', ['p1,4']);
    await runs();
    expect(await inForce()).toMatchObject({ rows: 0 });
    expect(await csvOf(await inForce())).toBe('project,units\n');
  });
});

describe('what others deliver', () => {
  const SQL = 'SELECT p.id, p.name, s.sale FROM people p LEFT JOIN sales s ON s.buyer = p.id';
  const columns = ['id', 'name', 'sale'];
  beforeEach(async () => {
    await source('people', 'housing');
    await source('sales', 'commerce');
    await gives('people', ['a,张三,1101', 'b,李四,1102']);
    await gives('sales', ['1,p1,a', '2,p2,b']);
  });

  test('is cut exactly as the agreement grants it: rows and masks', async () => {
    await files(agreement('sales', 'commerce', { terms: { filter: [{ field: 'project', op: 'eq', value: 'p1' }] } }));
    await derive(SQL, columns, ['people', 'sales']);
    await runs();
    expect(await rowsInForce()).toEqual(['a,张三,1', 'b,李四,']);
    expect((await inForce()).origin).toMatchObject({ restsOn: [{ agreementId: anId(round * 10), termsVersion: 1 }] });
  });

  test('is missing from the next run once it is withdrawn, and the rest stays', async () => {
    const one = agreement('sales', 'commerce');
    await files(one);
    await derive(SQL, columns, ['people', 'sales']);
    await runs();
    expect(await rowsInForce()).toEqual(['a,张三,1', 'b,李四,2']);
    await withdraw(one);
    await runs();
    expect(await rowsInForce()).toEqual(['a,张三,', 'b,李四,']);
    expect(await last()).toMatchObject({ state: 'committed', lost: ['sale'] });
    expect((await inForce()).origin).toMatchObject({ restsOn: [] });
  });

  test('stops the resource once it is withdrawn, where its owner chose so', async () => {
    const one = agreement('sales', 'commerce');
    await files(one);
    await derive(SQL, columns, ['people', 'sales'], { onSourceEnd: 'end' });
    await runs();
    await withdraw(one);
    await runs();
    expect(await last()).toMatchObject({ state: 'stopped', reason: 'source-lost' });
    expect((await inForce()).datasetVersion).toBe(1);
  });

  test('that is withdrawn in the middle of a run is in no version', async () => {
    const one = agreement('sales', 'commerce');
    await files(one);
    await derive(SQL, columns, ['people', 'sales']);
    const { derivations } = hub;
    const write = derivations.commit.bind(derivations);
    hub.derivations.commit = async (made) => {
      await withdraw(one);
      return write(made);
    };
    await expect(runs()).rejects.toThrow('a source');
    expect(await inForce()).toBeUndefined();
    hub.derivations.commit = write;
    await runs();
    expect(await rowsInForce()).toEqual(['a,张三,', 'b,李四,']);
  });

  describe('those whom it concerns are told', () => {
    const [whole, part] = [
      ['id', 'name', 'sale'],
      ['id', 'name'],
    ];
    const consumers = async () => {
      await files(derived(1, 'tax', whole));
      await files(derived(2, 'press', part));
      await files({ ...derived(3, 'planning', whole), state: 'terminated' });
    };
    const derived = (index: number, consumer: string, given: string[]) =>
      anAgreement({
        agreementId: anId(round * 10 + index),
        resourceId: named('derived'),
        provider: department('housing'),
        consumer: department(consumer),
        state: 'active',
        terms: { fields: given, validFrom: '2026-01-01', validTo: '2027-12-31' },
      });
    const told = () =>
      hub.notices.said.map(({ to, notice }) => [to, notice.event, 'fields' in notice ? notice.fields : undefined]);
    let one: Agreement;
    beforeEach(async () => {
      one = agreement('sales', 'commerce');
      await files(one);
    });

    test('consumers which of their fields stop and are back, once each, and nothing of whose they were', async () => {
      await derive(SQL, columns, ['people', 'sales']);
      await consumers();
      await runs();
      await runs();
      expect(told()).toEqual([]);
      const suspended = await withdraw(one);
      await runs();
      await runs();
      expect(told()).toEqual([['tax', 'fields-lost', ['sale']]]);
      expect(JSON.stringify(hub.notices.said)).not.toMatch(/commerce|sales/);
      await gives('people', ['a,张三,1103']);
      await runs();
      await giveBack(suspended);
      await runs();
      await runs();
      expect(told().slice(1)).toEqual([['tax', 'fields-back', ['sale']]]);
      expect(hub.notices.said.every(({ notice }) => EventNotice.safeParse(notice).success)).toBe(true);
    });

    test('once, also where the attempt dies before or after it told them: the next one says the same', async () => {
      await derive(SQL, columns, ['people', 'sales']);
      await consumers();
      await runs();
      await withdraw(one);
      const { notices, derivations } = hub;
      const { tell } = notices;
      notices.tell = async () => {
        throw new Error('killed');
      };
      await expect(runs()).rejects.toThrow('killed');
      notices.tell = async (news) => {
        await tell(news);
        throw new Error('killed');
      };
      await expect(runs()).rejects.toThrow('killed');
      notices.tell = tell;
      // Meanwhile there is something else to be made: what happened before is told first.
      await gives('people', ['a,张三,1103']);
      await runs();
      expect(new Set(hub.notices.said.map(({ notice }) => notice.noticeId)).size).toBe(1);
      expect((await derivations.find(named('derived')))?.told).toEqual({ lost: ['sale'] });
    });

    test('all of them where the resource stops, and its owner why', async () => {
      await derive(SQL, columns, ['people', 'sales'], { onSourceEnd: 'end' });
      await consumers();
      await runs();
      await withdraw(one);
      await runs();
      expect(told()).toEqual([
        ['tax', 'fields-lost', whole],
        ['press', 'fields-lost', part],
        ['housing', 'derivation-stopped', undefined],
      ]);
    });

    describe('whoever comes to it', () => {
      const happens = async (index: number) => {
        const event = { type: 'agreement-changed', agreementId: anId(round * 10 + index) };
        const handler = deriveHandler({ ...hub, hideFor: async () => undefined });
        expect((await handler({ Records: [sqsRecord(event)] })).batchItemFailures).toEqual([]);
      };
      const different = () => new Set(hub.notices.said.map(({ notice }) => notice.noticeId)).size;

      test('while fields are missing, which of its own they are: once for each coming into force', async () => {
        await derive(SQL, columns, ['people', 'sales']);
        await withdraw(one);
        await runs();
        await consumers();
        for (const index of [1, 2, 3, 1]) await happens(index);
        const lost = ['tax', 'fields-lost', ['sale']];
        expect([told(), different()]).toEqual([[lost, lost], 1]);
        const suspended = await withdraw(derived(1, 'tax', whole), 'housing');
        await happens(1);
        expect(told()).toHaveLength(2);
        await giveBack(suspended, 'housing');
        await happens(1);
        expect([told().length, different()]).toEqual([3, 2]);
        expect(JSON.stringify(hub.notices.said)).not.toMatch(/commerce|sales/);
        expect(hub.notices.said.every(({ notice }) => EventNotice.safeParse(notice).success)).toBe(true);
      });

      test('before its first run, or while nothing is missing, nothing', async () => {
        await derive(SQL, columns, ['people', 'sales']);
        await consumers();
        await happens(1);
        await runs();
        await happens(1);
        expect(told()).toEqual([]);
      });
    });

    test('its owner that a run failed, and why, and that the next one made something; again only once it fails anew', async () => {
      await derive('SELECT id, name AS units FROM people', ['id', 'units'], ['people'], {}, { units: 'integer' });
      await runs();
      await gives('people', ['a,李雷,1']);
      await runs();
      expect(hub.notices.said).toMatchObject([
        { to: 'housing', notice: { event: 'derivation-failed', state: 'rejected-records' } },
      ]);
      expect(JSON.stringify(hub.notices.said)).not.toMatch(/张三|李雷|units/);
      await gives('people', ['a,7,1']);
      await runs();
      await gives('people', ['a,韩梅,1']);
      await runs();
      expect(told().map(([, event]) => event)).toEqual(['derivation-failed', 'derivation-back', 'derivation-failed']);
      expect(hub.notices.said.every(({ notice }) => EventNotice.safeParse(notice).success)).toBe(true);
    });
  });

  describe('where its owner chose that it ends with its source', () => {
    const marked = () => readItem(aws.table, keyOf.resourceMark(named('derived'), 'source-ended'));
    const retiring = () => endedWithSource(aws.table, named('derived'));
    const ends = async (before: Agreement, revision = 1) => {
      const by = { department: department('commerce'), roles: ['department' as const] };
      const outcome = terminate(before, by, 'over', { at: hub.clock.now(), today: '2026-12-01' });
      if (!outcome.ok) throw new Error(outcome.refusal.code);
      expect(await dynamoAgreements(aws.table).replace(anAct(outcome.value), revision)).toBe('replaced');
    };
    let one: Agreement;
    beforeEach(async () => {
      one = agreement('sales', 'commerce');
      await files(one);
    });

    test('a suspension only stops it, the end leaves word that it is to be retired', async () => {
      await derive(SQL, columns, ['people', 'sales'], { onSourceEnd: 'end' });
      await runs();
      const suspended = await withdraw(one);
      await runs();
      expect([await marked(), await retiring()]).toEqual([undefined, undefined]);
      await ends(suspended, 2);
      await runs();
      expect(await last()).toMatchObject({
        state: 'stopped',
        reason: 'source-ended',
        inputs: { sales: { ended: true } },
      });
      expect(await marked()).toMatchObject({ event: 'source-ended', resourceId: named('derived') });
      expect(await retiring()).toBe(1);
    });

    test('it is not retired once there is another agreement', async () => {
      await derive(SQL, columns, ['people', 'sales'], { onSourceEnd: 'end' });
      await runs();
      await ends(one);
      await runs();
      await files(agreement('sales', 'commerce', { agreementId: anId(round * 10 + 1) }));
      await runs();
      expect([(await last()).state, await retiring()]).toEqual(['committed', undefined]);
    });

    test('where it goes on without, the end changes nothing more', async () => {
      await derive(SQL, columns, ['people', 'sales']);
      await runs();
      await ends(one);
      await runs();
      expect([(await last()).state, await marked()]).toEqual(['committed', undefined]);
    });
  });

  const move = async (outcome: Outcome<Agreement, string>, revision: number): Promise<Agreement> => {
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    expect(await dynamoAgreements(aws.table).replace(anAct(outcome.value), revision)).toBe('replaced');
    return outcome.value;
  };
  const by = (name: string) => ({ department: department(name), roles: ['department' as const] });
  const withdraw = (one: Agreement, provider = 'commerce') =>
    move(suspend(one, by(provider), 'withdrawn', hub.clock.now()), 1);
  const giveBack = (one: Agreement, provider = 'commerce') =>
    move(resume(one, by(provider), 'again', hub.clock.now()), 2);
});

describe('records that enter', () => {
  const SQL =
    'SELECT p.project, p.units FROM projects p WHERE (SELECT count(*) FROM sales s WHERE s.project = p.project) >= 0.5 * p.units';
  beforeEach(async () => {
    await source('projects', 'housing');
    await source('sales', 'housing');
    await gives('projects', ['p1,2', 'p2,2', 'p3,2']);
    await derive(SQL, ['project', 'units'], ['projects', 'sales'], { notify: 'entering' }, { units: 'integer' });
  });

  test('come once each for ever, and where none enters there is no version', async () => {
    await gives('sales', ['1,p1,a']);
    await runs();
    expect(await rowsInForce()).toEqual(['p1,2']);
    await gives('sales', ['1,p1,a', '2,p2,b', '3,p1,c']);
    await runs();
    expect(await rowsInForce()).toEqual(['p2,2']);
    // p1 leaves and comes back.
    await gives('sales', ['2,p2,b']);
    await runs();
    await gives('sales', ['1,p1,a', '2,p2,b']);
    await runs();
    expect(await last()).toMatchObject({ state: 'unchanged', rows: 0, entered: { keys: 2 } });
    expect((await inForce()).datasetVersion).toBe(2);
    await gives('sales', ['1,p1,a', '2,p2,b', '3,p3,c']);
    await runs();
    expect(await rowsInForce()).toEqual(['p3,2']);
  });

  test('come once where an attempt dies after it wrote and before it committed', async () => {
    await gives('sales', ['1,p1,a']);
    const { derivations } = hub;
    const write = derivations.commit.bind(derivations);
    hub.derivations.commit = async () => {
      throw new Error('killed');
    };
    await expect(runs()).rejects.toThrow('killed');
    hub.derivations.commit = write;
    await runs();
    expect(await rowsInForce()).toEqual(['p1,2']);
    expect(await last()).toMatchObject({ state: 'committed', entered: { keys: 1 } });
  });
});

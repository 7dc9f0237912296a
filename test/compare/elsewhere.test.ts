import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { dynamoRepresentations } from '../../functions/adapters/dynamodb/datasets/representations.ts';
import { literalsOf } from '../../functions/compare/domain/elsewhere.ts';
import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { played, searched } from '../support/long.ts';
import { forgetDue } from '../support/marks.ts';
import { aHub, listCsv, type TestHub } from './hub.ts';
import { runsThatDie } from './runs-that-die.ts';

let aws: LocalAws;
let here: TestHub;
let elsewhere: TestHub;
let ticking: NodeJS.Timeout;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
afterEach(() => forgetDue(aws.table));
afterEach(() => clearInterval(ticking));
beforeEach(async () => {
  here = await aHub(aws);
  elsewhere = await aHub(aws, { mostBytesHere: 0 });
  ticking = setInterval(() => elsewhere.timer.tick(), 20);
});

/** What is left of queries under the bucket's folder for them. */
const leftOf = async (id: ComparisonId): Promise<readonly string[]> => {
  const { Versions = [] } = await aws.s3.send(
    new ListObjectVersionsCommand({ Bucket: aws.buckets.intake, Prefix: 'queries/' }),
  );
  return Versions.flatMap(({ Key = '' }) => (Key.includes(id) ? [Key] : []));
};

const kinds = ['verify', 'intersect', 'except', 'missing'] as const;
type Terms = Parameters<TestHub['agree']>[0];
type Case = [(typeof kinds)[number], string, Terms, string];

const sent = async (hub: TestHub, kind: (typeof kinds)[number] | 'link', more: Terms = {}, text = listCsv) => {
  await hub.dataset();
  return hub.send(await hub.agree({ kinds: [kind], fields: ['org_code', 'name', 'division'], ...more }), text, {
    kind,
  });
};

describe('a resource that is more than the function holds is compared with where it lies', () => {
  const byKeyAlone = kinds.map((kind): Case => [
    kind,
    'by its key alone',
    { compare: [] },
    'org_code\n11-1\n99-9\n11-1\n',
  ]);
  test.each<Case>([
    ...kinds.map((kind): Case => [kind, 'by its key and a name', {}, listCsv]),
    ...played(byKeyAlone.slice(0, 1), byKeyAlone.slice(1)),
    ['verify', 'within a filter', { filter: [{ field: 'division', op: 'eq', value: '110105' }] }, listCsv],
    ['missing', 'within a filter', { filter: [{ field: 'name', op: 'prefix', value: "王'" }] }, listCsv],
  ])('%s, %s: the same bytes and counts', async (kind, _, terms, text) => {
    const [one, other] = [await sent(here, kind, terms, text), await sent(elsewhere, kind, terms, text)];
    await here.run(one);
    await elsewhere.run(other);
    const [expected, found] = [await here.read(one), await elsewhere.read(other)];
    expect(found).toMatchObject({ state: 'done' });
    if (expected.state !== 'done' || found.state !== 'done') throw new Error('not done');
    expect([found.rows, found.result]).toEqual([expected.rows, expected.result]);
    expect(await elsewhere.result(other)).toBe(await here.result(one));
    expect(await leftOf(other)).toEqual([]);
  });
  test('link stays here, and says what is the most', async () => {
    const id = await sent(elsewhere, 'link', { threshold: 0.5, compare: [], key: ['name'] });
    await elsewhere.run(id);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'too-large' } });
  });
  test('fewer than may be told are withheld, and nothing is left', async () => {
    const id = await sent(elsewhere, 'intersect', { minResult: 3 });
    await elsewhere.run(id);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'done', withheld: true });
    expect(await leftOf(id)).toEqual([]);
  });
});

describe('a run that dies while its query is asked', () => {
  test('at any of its writes is taken up again: the same query, one result, nothing left', async () => {
    await elsewhere.dataset();
    const agreement = await elsewhere.agree({ fields: ['name'], runsPerDay: 100 });
    const deaths = await runsThatDie(
      elsewhere,
      searched(3, 1),
      () => elsewhere.send(agreement),
      async (id) => {
        elsewhere.later(120);
        await elsewhere.run(id);
        elsewhere.later(120);
        await elsewhere.sweep();
        expect(await elsewhere.read(id)).toMatchObject({ state: 'done', result: { hits: 2 } });
        expect((await elsewhere.evidence(id)).filter(({ act }) => act === 'comparison-run')).toHaveLength(1);
      },
    );
    expect(deaths).toBeGreaterThan(searched(2, 7));
  });
});

describe('a query', () => {
  /** Calls of the warehouse, with what they are told instead of what is so. */
  const told = (answers: Partial<Record<string, (really: () => Promise<unknown>) => unknown>>) => {
    const asked: string[] = [];
    const { warehouse } = elsewhere.ports;
    for (const name of ['start', 'stateOf'] as const) {
      const really = warehouse[name].bind(warehouse) as (given: never) => Promise<unknown>;
      Object.assign(warehouse, {
        [name]: async (given: never) => {
          asked.push(name === 'start' ? (given as { token: string }).token.slice(-1) : 'state');
          return answers[name] ? answers[name](() => really(given)) : really(given);
        },
      });
    }
    return asked;
  };

  test('that fails is asked twice more; then the run is refused, and nothing of it is left', async () => {
    const id = await sent(elsewhere, 'verify');
    const asked = told({
      // What it wrote by then is there.
      stateOf: async (really) => {
        while ((await really()) === 'running') await pause(20);
        return 'failed';
      },
    });
    await elsewhere.run(id);
    expect(asked).toEqual(['1', 'state', '2', 'state', '3', 'state']);
    expect(elsewhere.metrics.counts['QueriesFailed']).toBe(3);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'query-failed' } });
    expect(await elsewhere.delivery(id)).toBeUndefined();
    expect([await elsewhere.isListThere(id), await elsewhere.holds(), await leftOf(id)]).toEqual([false, 0, []]);
    expect(await elsewhere.read(id, 'quality')).not.toHaveProperty('refusal.detail');
  });
  test('reads what is held: nobody removes it while the run goes on', async () => {
    const id = await sent(elsewhere, 'verify');
    const representations = dynamoRepresentations(aws.table);
    const made = async () => {
      const [found] = await representations.list(elsewhere.resourceId);
      if (found?.state !== 'made') throw new Error('not made');
      return found;
    };
    const dropped: boolean[] = [];
    told({
      stateOf: async (really) => {
        dropped.push(await representations.startDropping(await made()));
        return really();
      },
    });
    await elsewhere.run(id);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'done', result: { hits: 2 } });
    expect(dropped.length).toBeGreaterThan(0);
    expect(dropped).not.toContain(true);
    expect(await representations.startDropping(await made())).toBe(true);
  });
  test('whose place has another object by its end counts for nothing', async () => {
    const id = await sent(elsewhere, 'verify');
    const [made] = await dynamoRepresentations(aws.table).list(elsewhere.resourceId);
    const Key = made?.state === 'made' ? made.object.key : '';
    told({
      stateOf: async (really) => {
        await aws.s3.send(new PutObjectCommand({ Bucket: aws.buckets.datasets, Key, Body: 'other' }));
        return really();
      },
    });
    await expect(elsewhere.run(id)).rejects.toThrow('is not what was committed');
    expect(await elsewhere.read(id)).toMatchObject({ state: 'running' });
    expect(await elsewhere.delivery(id)).toBeUndefined();
  });
  test('that cannot be one is not waited for', async () => {
    const id = await sent(elsewhere, 'missing');
    const asked = told({ start: () => undefined });
    await elsewhere.run(id);
    expect(asked).toEqual(['1', '2', '3']);
    expect(elsewhere.metrics.counts['QueriesFailed']).toBe(3);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'query-failed' } });
  });
  test('that is throttled leaves the run to be tried again', async () => {
    const id = await sent(elsewhere, 'verify');
    told({
      start: () => {
        throw Object.assign(new Error('slow down'), { name: 'TooManyRequestsException' });
      },
    });
    await expect(elsewhere.run(id)).rejects.toThrow('slow down');
    expect(await elsewhere.read(id)).toMatchObject({ state: 'running' });
  });
  test('that goes on for longer than a run may is left, and found by the next', async () => {
    const id = await sent(elsewhere, 'verify');
    let isOver = false;
    const asked = told({ stateOf: () => (isOver ? 'done' : 'running') });
    await elsewhere.run(id);
    expect(asked.filter((each) => each === 'state')).toHaveLength(120);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'running' });
    isOver = true;
    elsewhere.later(60);
    await elsewhere.sweep();
    expect(elsewhere.sent.at(-1)).toMatchObject({ comparisonId: id });
    await elsewhere.run(id);
    expect(await elsewhere.read(id)).toMatchObject({ state: 'done', result: { hits: 2 } });
    expect(asked.filter((each) => each !== 'state')).toEqual(['1', '1']);
  });
  test('says a value as one, and refuses one that is too long for it', () => {
    expect(literalsOf({ sql: '?', parameters: ["O'Neill", ''] })).toEqual(["'O''Neill'", "''"]);
    expect(literalsOf({ sql: '?', parameters: ['x'.repeat(1023)] })).toBeUndefined();
  });
});

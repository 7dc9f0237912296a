import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { newRunKey } from '../../clients/node/blind-list.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { searched } from '../support/long.ts';
import { aHub, records, type TestHub } from './hub.ts';
import { keyed, secretOf } from './keyed.ts';
import { runsThatDie } from './runs-that-die.ts';

let aws: LocalAws;
let hub: TestHub;
let ticking: NodeJS.Timeout | undefined;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
afterEach(() => clearInterval(ticking));
beforeEach(async () => {
  hub = await aHub(aws);
});

const runKey = newRunKey();
const digestOf = (code: string, key = runKey) => createHmac('sha256', secretOf(key)).update(code).digest('hex');
const list = (codes: readonly string[], key = runKey) =>
  ['digest', ...codes.map((code) => digestOf(code, key)), ''].join('\n');
const codes = [...records.map(([code]) => code), '99-9'];

type Terms = Parameters<TestHub['agree']>[0];
const agree = (more: Terms = {}) =>
  hub.agree({ kinds: ['intersect', 'except'], compare: [], fields: [], runsPerDay: 50, ...more });
const blind = { kind: 'intersect', blind: { key: runKey } } as const;
const send = async (more: Terms = {}, text = list(codes)) => hub.send(await agree(more), text, blind);

/** All that stands in the table of a comparison. */
const storedOf = async (id: ComparisonId) => readItem(aws.table, keyOf.comparison(id));

describe('a blind list', () => {
  test.each([
    ['intersect', ['11-1', '11-2', '11-3']],
    ['except', ['99-9']],
  ] as const)('is compared as any other, by its digests alone: %s', async (kind, found) => {
    await hub.dataset();
    const agreement = await agree();
    const own = `nr,org_code\n${codes.map((code, i) => `${i},${code}\n`).join('')}`;
    await keyed(
      own,
      { schema: hub.definition.schema, key: ['org_code'] },
      async ({ list: sent, runKey: key, back }) => {
        const id = await hub.send(agreement, sent, { kind, blind: { key } });
        await hub.run(id);
        expect(await hub.read(id)).toMatchObject({
          state: 'done',
          kind,
          blind: true,
          rows: { read: 4, rejected: 0 },
          result: { hits: 3, counts: { match: 3, mismatch: 0, absent: 1, invalid: 0, repeated: 0 } },
        });
        const result = await hub.result(id);
        for (const code of codes) expect(result).not.toContain(code);
        expect((await back(result)).toString()).toBe(
          [
            'nr,org_code',
            ...codes.flatMap((code, i) => (found.includes(code as never) ? [`${i},${code}`] : [])),
            '',
          ].join('\n'),
        );
      },
    );
  });

  test('finds the records within the terms’ filter alone', async () => {
    await hub.dataset();
    const id = await send({ filter: [{ field: 'division', op: 'eq', value: '110105' }] });
    await hub.run(id);
    expect(await hub.result(id)).toBe(list(['11-1']));
  });

  test('is withheld, and bounded, as the terms say of any', async () => {
    await hub.dataset();
    const [few, long] = [await send({ minResult: 4 }), await send({ maxList: 3 })];
    await hub.run(few);
    await hub.run(long);
    expect(await hub.read(few)).toMatchObject({ state: 'done', withheld: true, blind: true });
    expect(await hub.read(long)).toMatchObject({ state: 'refused', refusal: { code: 'list-too-long' } });
  });

  test('that is keyed by the key of another run matches nothing', async () => {
    await hub.dataset();
    const id = await send({}, list(codes, newRunKey()));
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'done', result: { hits: 0, counts: { absent: 4 } } });
  });

  test('that holds values in the clear is refused, without a word of them', async () => {
    await hub.dataset();
    const id = await send({}, 'org_code,name\n11-1,甲乙丙丁\n');
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'header' } });
    expect(JSON.stringify([await storedOf(id), await hub.told(id), hub.log.lines])).not.toMatch(/org_code|甲乙丙丁/);
  });

  test('is seen as one by its parties, the authority and the auditor, and says so in the evidence', async () => {
    await hub.dataset();
    const id = await send();
    for (const reader of ['tax', 'quality', 'eitc', 'auditor'])
      expect(await hub.read(id, reader)).toHaveProperty('blind', true);
    await hub.run(id);
    for (const { subject } of await hub.evidence(id)) expect(subject).toHaveProperty('blind', true);
  });
});

describe('what digests of keys cannot answer is refused', () => {
  test.each<[what: string, terms: Terms, asked: object, path: string, rule: string]>([
    ['verify', { kinds: ['verify'] }, { kind: 'verify' }, '/kind', 'not-blind'],
    ['missing', { kinds: ['missing'], fields: ['org_code'] }, { kind: 'missing' }, '/kind', 'not-blind'],
    ['link', { kinds: ['link'], threshold: 0.5, key: ['name'] }, { kind: 'link' }, '/kind', 'not-blind'],
    ['a kind that is not agreed', { kinds: ['except'] }, {}, '/kind', 'not-agreed'],
    ['fields beside the key', { compare: ['name'] }, {}, '/blind', 'fields-compared'],
    ['fields that a match grants', { fields: ['division'] }, {}, '/blind', 'fields-granted'],
    ['columns of values', {}, { columns: { org_code: 'x' } }, '/columns', 'not-blind'],
    [
      'a key that nobody filled',
      {},
      { blind: { key: Buffer.alloc(32).toString('base64') } },
      '/blind/key',
      'not-random',
    ],
  ])('%s', async (_, terms, asked, path, rule) => {
    const { status, body } = await hub.announce(await agree(terms), list(codes), { ...blind, ...asked });
    expect([status, body]).toMatchObject([422, { code: 'invalid-comparison', violations: [{ path, rule }] }]);
    expect((body as unknown as { violations: unknown[] }).violations).toHaveLength(1);
  });
  test.each([
    ['no key', {}],
    ['a key of 31 bytes', { key: Buffer.alloc(31, 'x').toString('base64') }],
    ['another member', { key: runKey, salt: 'x' }],
    ['true', true],
  ])('%s', async (_, asked) => {
    const { status, body } = await hub.announce(await agree(), list(codes), { ...blind, blind: asked as never });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain(runKey);
  });
  test('what a match grants is no matter where it is not granted: except', async () => {
    const { status } = await hub.announce(await agree({ fields: ['division'] }), list(codes), {
      ...blind,
      kind: 'except',
    });
    expect(status).toBe(201);
  });
  test('a provider, and whoever is not concerned, announce none', async () => {
    const { agreementId } = await agree();
    const body = { agreementId, ...blind, bytes: 3, sha256: hub.sha256 };
    const statuses = await Promise.all(
      ['quality', 'press', 'eitc', 'auditor'].map(
        async (as) => (await hub.call('announceComparison', as, { body })).status,
      ),
    );
    expect(statuses).toEqual([403, 404, 403, 403]);
  });
});

describe('the key of a run', () => {
  /** Wherever the hub could have put it, as itself, as bytes, or in digits. */
  const isNowhere = (places: unknown): void => {
    const all = JSON.stringify(places);
    for (const form of [
      runKey,
      Buffer.from(secretOf(runKey)).toString('hex'),
      Buffer.from(secretOf(runKey)).toString('base64url'),
    ])
      expect(all).not.toContain(form);
  };

  test('stands sealed in the item alone, each time otherwise, as long as the comparison has no end', async () => {
    await hub.dataset();
    const agreement = await agree();
    const ids = [await hub.send(agreement, list(codes), blind), await hub.send(agreement, list(codes), blind)] as const;
    const [one, other] = await Promise.all(ids.map(hub.find));
    expect(one).toMatchObject({ blind: true, sealedKey: { salt: expect.any(String), sealed: expect.any(String) } });
    expect(one).not.toMatchObject({
      sealedKey: { sealed: (other as { sealedKey: { sealed: string } }).sealedKey.sealed },
    });
    const shown = await Promise.all(['tax', 'quality', 'eitc'].map((reader) => hub.read(ids[0], reader)));
    expect(JSON.stringify(shown)).not.toMatch(/seal|salt/);
    await hub.run(ids[0]);
    isNowhere([
      await storedOf(ids[0]),
      await storedOf(ids[1]),
      shown,
      await hub.evidence(ids[0]),
      await hub.told(ids[0]),
      hub.log.lines,
    ]);
    isNowhere([...aws.stream]);
  });

  test('is answered to nobody, and not kept with the answer to a call that is repeated', async () => {
    const { agreementId } = await agree({ runsPerDay: 1 });
    const body = { agreementId, ...blind, bytes: 3, sha256: hub.sha256 };
    const call = (more: object = {}) =>
      hub.call('announceComparison', 'tax', { body: { ...body, ...more }, headers: { 'idempotency-key': 'once' } });
    const [one, again] = [await call(), await call()];
    expect([one.status, again.status, again.body['comparisonId']]).toEqual([201, 201, one.body['comparisonId']]);
    const other = await call({ blind: { key: newRunKey() } });
    expect(other.status).toBe(422);
    isNowhere([one, again, other, aws.stream, hub.log.lines]);
  });

  test('that was sealed for one comparison opens for no other, and not once a bit of it is another', async () => {
    const { runKeys } = hub.ports;
    const [one, other] = ['01ARZ3NDEKTSV4RRFFQ69G5FA1', '01ARZ3NDEKTSV4RRFFQ69G5FA2'] as unknown as readonly [
      ComparisonId,
      ComparisonId,
    ];
    const sealed = await runKeys.seal(one, runKey);
    expect(Buffer.from(await runKeys.open(one, sealed)).toString('base64')).toBe(runKey);
    const flipped = Buffer.from(sealed.sealed, 'base64');
    flipped[0]! ^= 1;
    for (const attempt of [
      runKeys.open(other, sealed),
      runKeys.open(one, { ...sealed, sealed: flipped.toString('base64') }),
      runKeys.open(one, { ...sealed, salt: 'x' }),
      runKeys.open(one, { ...sealed, sealed: '' }),
    ])
      await expect(attempt).rejects.toThrow('is not what was sealed');
  });

  test.each<[end: string, terms: Terms, act: (id: ComparisonId) => Promise<unknown>, state: string]>([
    ['done', {}, (id) => hub.run(id), 'done'],
    ['withheld', { minResult: 4 }, (id) => hub.run(id), 'done'],
    ['refused', { maxList: 1 }, (id) => hub.run(id), 'refused'],
    ['cancelled', {}, (id) => hub.call('cancelComparison', 'tax', { params: { comparisonId: id } }), 'cancelled'],
    [
      'declined',
      { approval: 'provider' },
      (id) => hub.call('decideComparison', 'quality', { params: { comparisonId: id }, body: { decision: 'decline' } }),
      'refused',
    ],
    [
      'expired',
      { approval: 'provider' },
      async () => {
        hub.later(8 * 86_400);
        await hub.sweep();
      },
      'expired',
    ],
  ])('is gone once its comparison is %s', async (_, terms, act, state) => {
    await hub.dataset();
    const id = await send(terms);
    expect(await storedOf(id)).toHaveProperty('sealedKey');
    await act(id);
    const ended = await storedOf(id);
    expect(ended).toMatchObject({ state, blind: true });
    expect(JSON.stringify(ended)).not.toMatch(/seal|salt/);
  });

  test('is gone with a cancellation in the middle of a run, and so is what the run would have told', async () => {
    await hub.dataset();
    const id = await send();
    hub.life.pauseWith(async (call) => {
      if (call === 'finish') await hub.call('cancelComparison', 'tax', { params: { comparisonId: id } });
    });
    await hub.run(id);
    hub.life.pauseWith(undefined);
    expect([(await hub.read(id)).state, await hub.delivery(id)]).toEqual(['cancelled', undefined]);
    expect(await storedOf(id)).not.toHaveProperty('sealedKey');
  });

  test('that cannot be sealed leaves no comparison, and uses up no run', async () => {
    const agreement = await agree({ runsPerDay: 1 });
    const { runKeys } = hub.ports;
    Object.assign(hub.ports, { runKeys: { ...runKeys, seal: () => Promise.reject(new Error('KMS is away')) } });
    expect((await hub.announce(agreement, list(codes), blind)).status).toBe(500);
    Object.assign(hub.ports, { runKeys });
    expect((await hub.announce(agreement, list(codes), blind)).status).toBe(201);
  });
});

test('a blind run that dies at any of its writes is taken up again, and has one result', async () => {
  await hub.dataset();
  const agreement = await agree();
  const deaths = await runsThatDie(
    hub,
    searched(4, 1),
    () => hub.send(agreement, list(codes), blind),
    async (id) => {
      for (let minute = 0; minute < 4; minute++) {
        hub.later(120);
        await hub.sweep();
        await hub.run(id);
      }
      expect(await hub.read(id)).toMatchObject({ state: 'done', result: { hits: 3 } });
      expect(await hub.result(id)).toBe(list(codes.slice(0, 3)));
      expect(await storedOf(id)).not.toHaveProperty('sealedKey');
    },
  );
  expect(deaths).toBeGreaterThan(searched(0, 4));
});

describe('a blind list and a resource that is more than the function holds', () => {
  const underQueries = async () => {
    const { Versions = [] } = await aws.s3.send(
      new ListObjectVersionsCommand({ Bucket: aws.buckets.intake, Prefix: 'queries/' }),
    );
    return Versions;
  };
  beforeEach(async () => {
    hub = await aHub(aws, { mostBytesHere: 0 });
    ticking = setInterval(() => hub.timer.tick(), 20);
  });

  test('are compared where it lies: the same bytes, no key in the query, nothing left', async () => {
    await hub.dataset();
    const asked: unknown[] = [];
    const { warehouse } = hub.ports;
    const start = warehouse.start.bind(warehouse);
    Object.assign(warehouse, { start: (query: Parameters<typeof start>[0]) => (asked.push(query), start(query)) });
    const id = await send();
    await hub.run(id);
    expect(await hub.read(id)).toMatchObject({ state: 'done', result: { hits: 3 } });
    expect(await hub.result(id)).toBe(list(codes.slice(0, 3)));
    expect(asked).toHaveLength(1);
    for (const form of ['hex', 'base64'] as const)
      expect(JSON.stringify(asked)).not.toContain(Buffer.from(secretOf(runKey)).toString(form));
    expect(await underQueries()).toEqual([]);
  });

  test('cancelled while the query is asked, leave nothing either', async () => {
    await hub.dataset();
    const id = await send();
    const { warehouse } = hub.ports;
    const stateOf = warehouse.stateOf.bind(warehouse);
    let staged = 0;
    Object.assign(warehouse, {
      async stateOf(query: string) {
        staged = (await underQueries()).length;
        await hub.call('cancelComparison', 'tax', { params: { comparisonId: id } });
        let state = await stateOf(query);
        while (state === 'running') state = await stateOf(query);
        return state;
      },
    });
    await hub.run(id);
    expect([(await hub.read(id)).state, staged > 0, await underQueries()]).toEqual(['cancelled', true, []]);
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { postedProblems } from '../../functions/intake/domain/posted.ts';
import { fileOf } from '../../functions/intake/post/posted-file.ts';
import { postRecords } from '../../functions/intake/post-records.handler.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { MAX_POSTED_BYTES, type PostedRecords } from '../../schemas/contracts/uploads.ts';
import { aResource, aDefinition, aResourceVersion, department } from '../support/builders.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';
import { digest } from './an-upload.ts';
import { anIntake, createdEvent, definition, good, type Intake } from './hub.ts';

const post = <T = PostedRecords>(hub: Intake, records: unknown, more: Partial<ApiCall> = {}) =>
  callApi<T>(hub.api, {
    as: 'quality',
    route: routes.postRecords,
    params: { resourceId: 'legal-entities' },
    body: { records },
    ...more,
  });
const records = [
  { code: 'A1', amount: 7 },
  { code: 'N1', amount: '12345678901234567890', phone: null },
  { _op: 'delete', code: 'A2' },
];
const ndjson =
  '{"code":"A1","amount":7}\n{"code":"N1","amount":"12345678901234567890","phone":null}\n{"_op":"delete","code":"A2"}\n';
const own = async (hub: Intake) => (await hub.uploads.list(department('quality'), { limit: 100 })).items;

describe('posted records', () => {
  test('are changes that have arrived, members as sent, and are checked at once', async () => {
    const hub = anIntake();
    const { status, body } = await post(hub, records);
    expect(status).toBe(201);
    expect(await hub.upload(body.uploadId)).toMatchObject({
      state: 'received',
      content: 'changes',
      format: 'ndjson',
      encoding: 'utf-8',
      sequence: 101,
      resourceVersion: 1,
      bytes: ndjson.length,
      sha256: digest(ndjson),
      session: 'clerk-7',
      key: `posted/quality/${body.uploadId}`,
      object: { versionId: 'v1', bytes: ndjson.length },
    });
    expect(hub.queue.sent).toEqual([{ uploadId: body.uploadId, provider: 'quality' }]);
  });

  test('are merged into the dataset in force', async () => {
    const hub = anIntake();
    const { uploadId } = hub.arrived(good);
    await hub.check({ uploadId });
    await post(hub, records);
    await hub.drain();
    const { key = '' } = hub.datasets[1]?.objects[0] ?? {};
    expect(hub.checked.visible()[key]).toBe('code,amount,phone\nA1,7,\nA3,3,\nA4,4,\nN1,12345678901234567890,\n');
  });

  test('posted several times are merged one after the other, though their messages come in the opposite order', async () => {
    const hub = anIntake();
    for (let amount = 1; amount <= 5; amount++) await post(hub, [{ code: 'A1', amount }]);
    for (const { uploadId } of hub.queue.sent.splice(0).reverse()) await hub.check({ uploadId });
    await hub.drain();
    expect(hub.datasets.map((dataset) => dataset.rows)).toEqual([1, 1, 1, 1, 1]);
    expect(hub.checked.visible()[hub.datasets[4]?.objects[0]?.key ?? '']).toBe('code,amount,phone\nA1,5,\n');
  });

  test('posted at once by many all get numbers of their own', async () => {
    const hub = anIntake();
    const replies = await Promise.all(Array.from({ length: 20 }, (_, amount) => post(hub, [{ code: 'A1', amount }])));
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
    expect((await own(hub)).map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => 101 + index),
    );
  });

  test('with the same key are posted once, also at once', async () => {
    const hub = anIntake();
    const headers = { 'idempotency-key': 'k-1' };
    const replies = await Promise.all([1, 2, 3].map(() => post(hub, records, { headers })));
    const again = await post(hub, records, { headers });
    expect(new Set([...replies, again].map(({ body }) => body.uploadId)).size).toBe(1);
    expect(await own(hub)).toHaveLength(1);
    expect((await post<Problem>(hub, [{ code: 'B' }], { headers })).body.code).toBe('idempotency-key-reused');
  });

  test('are nothing that an event tells of', async () => {
    const hub = anIntake();
    const { uploadId } = (await post(hub, records)).body;
    await hub.receive(createdEvent(`posted/quality/${uploadId}`, ndjson.length, 'v1'));
    expect(hub.queue.sent).toHaveLength(1);
  });
});

describe('posting', () => {
  test.each([
    ['no records', [], {}, 400, 'malformed'],
    ['too many', Array.from({ length: 1001 }, () => ({ code: 'A' })), {}, 400, 'malformed'],
    ['what is no record', ['A1'], {}, 400, 'malformed'],
    ['to a resource that does not exist', records, { params: { resourceId: 'nothing' } }, 404, 'resource-not-found'],
    ['to a resource of another department', records, { as: 'tax' }, 403, 'not-the-provider'],
    ['what only members may post', records, { as: 'auditor' }, 403, 'role-not-permitted'],
    ['a record without its key', [{ amount: 1 }], {}, 422, 'invalid-upload'],
  ])('is refused: %s; and nothing is stored', async (_, sent, more, status, code) => {
    const hub = anIntake();
    const reply = await post<Problem>(hub, sent, more);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect([await own(hub), hub.queue.sent]).toEqual([[], []]);
    expect(await hub.objects.find('posted/quality/01JD0000000000000000009000')).toBeUndefined();
  });

  test('to a retired resource is refused, and nothing is stored', async () => {
    const hub = anIntake();
    hub.give({ head: aResource({ lastSequence: 100, retiredAt: '2026-12-01T00:00:00.000Z' }) });
    const reply = await post<Problem>(hub, records);
    expect([reply.status, reply.body.code]).toEqual([409, 'resource-retired']);
    expect([await own(hub), hub.queue.sent]).toEqual([[], []]);
  });

  test('to a resource without a primary key is refused', async () => {
    const hub = anIntake();
    const { primaryKey: _key, ...schema } = definition.schema;
    hub.give({ version: aResourceVersion({ definition: { ...definition, schema } }) });
    expect((await post<Problem>(hub, records)).body.violations).toMatchObject([
      { path: '/records', rule: 'no-primary-key' },
    ]);
  });

  const { schema } = aDefinition({
    schema: { primaryKey: ['code', 'a/b~c'], fields: [{ name: 'code' }, { name: 'a/b~c' }, { name: 'amount' }] },
  });
  const whole = { code: 'A', 'a/b~c': 'B' };
  test.each([
    ['whole records', [whole, { ...whole, amount: 9007199254740991 }], []],
    ['a key of falsy values', [{ code: 0, 'a/b~c': false }], []],
    ['members that the resource has not: the check says so', [{ ...whole, colour: 'red', nested: { a: [1] } }], []],
    ['an edit that the check does not know', [{ ...whole, _op: 'update' }], []],
    ['a delete without its key', [whole, { _op: 'delete', code: 'A' }], [['/records/1/a~1b~0c', 'required']]],
    [
      'a key of nothing',
      [{ code: '', 'a/b~c': null }],
      [
        ['/records/0/code', 'required'],
        ['/records/0/a~1b~0c', 'required'],
      ],
    ],
    [
      'what only looks like a key',
      [JSON.parse('{"__proto__":{"code":"A"},"a/b~c":"B"}')],
      [['/records/0/code', 'required']],
    ],
    ['a number that JSON cannot hold', [{ ...whole, amount: 2 ** 53 }], [['/records/0/amount', 'maximum']]],
  ])('%s', (_, given, problems) => {
    expect(postedProblems(given, 9, schema).map(({ path, rule }) => [path, rule])).toEqual(problems);
  });

  test('more than a call takes is refused, and a thousand faults are told at most', () => {
    expect(postedProblems([whole], MAX_POSTED_BYTES, schema)).toEqual([]);
    expect(postedProblems([whole], MAX_POSTED_BYTES + 1, schema)).toMatchObject([
      { path: '/records', rule: 'maximum' },
    ]);
    expect(
      postedProblems(
        Array.from({ length: 1000 }, () => ({})),
        9,
        schema,
      ),
    ).toHaveLength(1000);
  });

  test('any records are a file of one line each, from which they come back', () => {
    const member = fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__');
    fc.assert(
      fc.property(fc.array(fc.dictionary(member, fc.jsonValue()), { minLength: 1 }), (given) => {
        const sent = JSON.parse(JSON.stringify(given)) as Record<string, unknown>[];
        const lines = Buffer.from(fileOf(sent).content).toString('utf8').split('\n');
        expect(lines.pop()).toBe('');
        expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(sent);
      }),
    );
  });
});

describe('posting that comes to grief', () => {
  const broken = () => Promise.reject(new Error('no answer'));
  const through = (hub: Intake, more: object) => api([postRecords({ ...hub.ports, ...more })], hub.ports);
  const call = (headers = {}) => ({
    as: 'quality',
    route: routes.postRecords,
    params: { resourceId: 'legal-entities' },
    body: { records },
    headers,
  });
  const headers = { 'idempotency-key': 'k' };

  test.each([
    ['before the object is there', (hub: Intake) => ({ objects: { ...hub.objects, put: broken } })],
    [
      'after it',
      (hub: Intake) => ({
        objects: {
          ...hub.objects,
          put: async (...put: Parameters<typeof hub.objects.put>) => (await hub.objects.put(...put), broken()),
        },
      }),
    ],
    ['before the upload is there', (hub: Intake) => ({ uploads: { ...hub.uploads, announce: broken } })],
  ])('%s leaves no upload; the same call again posts the records', async (_, grief) => {
    const hub = anIntake();
    expect((await callApi(through(hub, grief(hub)), call(headers))).status).toBe(500);
    expect(await own(hub)).toEqual([]);
    expect((await callApi(hub.api, call(headers))).status).toBe(201);
    expect(await own(hub)).toHaveLength(1);
  });

  test.each([
    [
      'after the upload is there',
      500,
      (hub: Intake) => ({
        uploads: {
          ...hub.uploads,
          announce: async (...announced: Parameters<typeof hub.uploads.announce>) => (
            await hub.uploads.announce(...announced),
            broken()
          ),
        },
      }),
    ],
    // It is in: who is told otherwise posts it twice.
    ['as its message is sent', 201, () => ({ queue: { send: broken } })],
  ])('%s leaves one that the sweeper has checked; the same call again gives its answer', async (_, status, grief) => {
    const hub = anIntake();
    expect((await callApi(through(hub, grief(hub)), call(headers))).status).toBe(status);
    const [{ uploadId } = { uploadId: '' }] = await own(hub);
    expect((await callApi<PostedRecords>(hub.api, call(headers))).body).toEqual({ uploadId });
    expect(hub.queue.sent).toEqual([]);
    hub.pass(61);
    await hub.sweep();
    await hub.drain();
    expect((await own(hub)).map(({ state }) => state)).toEqual(['accepted']);
  });
});

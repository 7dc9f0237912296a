import { describe, expect, test } from '@jest/globals';
import { digestOfAll } from '../../functions/kernel/digest.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { MIN_PART_BYTES, type AnnouncedUpload, type PartUrls, type Upload } from '../../schemas/contracts/uploads.ts';
import { aResource, aResourceVersion, anId, department, resource, sha256 } from '../support/builders.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';
import { anUpload, digest, inState, later } from './an-upload.ts';
import { anIntake, createdEvent, definition, good, tolerable, type Intake } from './hub.ts';

const id = anId(500);
const announcement = (content: string, more: object = {}) => ({
  resourceId: 'legal-entities',
  bytes: Buffer.byteLength(content),
  sha256: digest(content),
  ...more,
});

const call = <T>(hub: Intake, route: ApiCall['route'], more: Partial<ApiCall> = {}) =>
  callApi<T>(hub.api, { as: 'quality', ...(route && { route }), ...more });
const announce = <T = AnnouncedUpload>(hub: Intake, body: object, more: Partial<ApiCall> = {}) =>
  call<T>(hub, routes.announceUpload, { body, ...more });
const read = <T = Upload>(hub: Intake, uploadId: string, more: Partial<ApiCall> = {}) =>
  call<T>(hub, routes.readUpload, { params: { uploadId }, ...more });
const complete = <T = Upload>(hub: Intake, uploadId: string, more: Partial<ApiCall> = {}) =>
  call<T>(hub, routes.completeUpload, { params: { uploadId }, ...more });

describe('announcing', () => {
  test('answers a URL that takes exactly the announced bytes, and takes the next sequence number', async () => {
    const hub = anIntake();
    const { status, body } = await announce(hub, announcement(good));
    expect(status).toBe(201);
    expect(body).toEqual({
      uploadId: expect.any(String),
      expiresAt: later(3600),
      put: {
        url: expect.stringContaining(`uploads/quality/${body.uploadId}`),
        headers: { 'content-length': String(good.length), 'x-amz-checksum-sha256': digest(good) },
      },
    });
    expect((await read(hub, body.uploadId)).body).toMatchObject({
      state: 'awaiting',
      sequence: 101,
      resourceVersion: 1,
      provider: 'quality',
    });
  });

  test.each([
    ['a resource that does not exist', { resourceId: 'nothing-here' }, 'quality', 404, 'resource-not-found'],
    ['a resource of another department', {}, 'tax', 403, 'not-the-provider'],
    ['an empty file', { bytes: 0 }, 'quality', 422, 'invalid-upload'],
    ['parts that do not add up', { parts: [{ bytes: 3, sha256 }] }, 'quality', 422, 'invalid-upload'],
    ['a sheet of a file that has none', { sheet: 'A' }, 'quality', 422, 'invalid-upload'],
    ['an unknown property', { priority: 1 }, 'quality', 400, 'malformed'],
    ['what only members may do', {}, 'auditor', 403, 'role-not-permitted'],
  ])('is refused for %s', async (_, more, as, status, code) => {
    const hub = anIntake();
    const reply = await announce<Problem>(hub, announcement(good, more), { as });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect((await hub.uploads.list(department('quality'), { limit: 10 })).items).toEqual([]);
  });

  test.each([
    ['the provider', 'quality', 409, 'resource-retired'],
    ['another department', 'tax', 403, 'not-the-provider'],
  ])('for a retired resource is refused: %s', async (_, as, status, code) => {
    const hub = anIntake();
    hub.give({ head: aResource({ lastSequence: 100, retiredAt: '2026-12-01T00:00:00.000Z' }) });
    const reply = await announce<Problem>(hub, announcement(good), { as });
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect((await hub.uploads.list(department('quality'), { limit: 10 })).items).toEqual([]);
  });

  test('changes of a resource without a primary key is refused', async () => {
    const hub = anIntake();
    const { primaryKey: _key, ...schema } = definition.schema;
    hub.give({ version: aResourceVersion({ definition: { ...definition, schema } }) });
    const reply = await announce<Problem>(hub, announcement(good, { content: 'changes' }));
    expect([reply.status, reply.body.violations]).toEqual([
      422,
      [{ path: '/content', rule: 'no-primary-key', message: expect.any(String) }],
    ]);
    expect((await announce(hub, announcement(good))).status).toBe(201);
  });

  test('with the same key answers the same, and announces once', async () => {
    const hub = anIntake();
    const headers = { 'Idempotency-Key': 'k-1' };
    const first = await announce(hub, announcement(good), { headers });
    const again = await announce(hub, announcement(good), { headers });
    expect(again).toEqual(first);
    expect((await announce<Problem>(hub, announcement(tolerable), { headers })).body.code).toBe(
      'idempotency-key-reused',
    );
    expect((await hub.uploads.list(department('quality'), { limit: 10 })).items).toHaveLength(1);
  });

  test('with the same key at once has one effect and one answer', async () => {
    const hub = anIntake();
    const headers = { 'Idempotency-Key': 'k-1' };
    const parts = {
      bytes: MIN_PART_BYTES + 1,
      parts: [
        { bytes: MIN_PART_BYTES, sha256 },
        { bytes: 1, sha256 },
      ],
    };
    const replies = await Promise.all([1, 2, 3].map(() => announce(hub, announcement(good, parts), { headers })));
    expect(new Set(replies.map(({ body }) => body.uploadId)).size).toBe(1);
    expect((await hub.uploads.list(department('quality'), { limit: 10 })).items).toHaveLength(1);
    expect(hub.objects.aborted).toHaveLength(2);
  });

  test('several at once all get numbers of their own', async () => {
    const hub = anIntake();
    const replies = await Promise.all([1, 2, 3, 4].map(() => announce(hub, announcement(good))));
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const { items } = await hub.uploads.list(department('quality'), { limit: 10 });
    expect(items.map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual([101, 102, 103, 104]);
  });

  test('gives up where the resource changes again and again, and leaves no multipart upload behind', async () => {
    const hub = anIntake();
    const restless = { ...hub.resources, head: async () => aResource({ lastSequence: 5 }) };
    const { announceUpload } = await import('../../functions/intake/announce.handler.ts');
    const { api } = await import('../../functions/kernel/api/api.ts');
    const handler = api([announceUpload({ ...hub.ports, resources: restless })], hub.ports);
    const body = announcement(good, { bytes: 1, parts: [{ bytes: 1, sha256 }] });
    const reply = await callApi<Problem>(handler, { as: 'quality', route: routes.announceUpload, body });
    expect([reply.status, reply.body.code]).toEqual([409, 'changed-meanwhile']);
    expect(hub.objects.aborted).toHaveLength(1);
  });
});

describe('a multipart upload', () => {
  const parts = [Buffer.alloc(MIN_PART_BYTES, 'a'), Buffer.alloc(MIN_PART_BYTES, 'b'), Buffer.from('end')];
  const body = {
    resourceId: 'legal-entities',
    bytes: 2 * MIN_PART_BYTES + 3,
    sha256: digest(Buffer.concat(parts)),
    parts: parts.map((part) => ({ bytes: part.length, sha256: digest(part) })),
  };
  async function announced() {
    const hub = anIntake();
    const { uploadId } = (await announce(hub, body)).body;
    const upload = await hub.upload(uploadId);
    return {
      hub,
      uploadId,
      upload,
      send: (...numbers: number[]) =>
        numbers.forEach((number) =>
          hub.objects.putPart(upload.multipart?.id ?? '', number, parts[number - 1] as Buffer),
        ),
    };
  }

  test('is announced without a URL, for a week', async () => {
    const hub = anIntake();
    expect((await announce(hub, body)).body).toEqual({ uploadId: expect.any(String), expiresAt: later(7 * 86_400) });
  });

  test('gives fresh part URLs page by page', async () => {
    const hub = anIntake();
    const many = Array.from({ length: 230 }, () => ({ bytes: MIN_PART_BYTES, sha256 }));
    hub.give({ upload: anUpload({ multipart: { id: 'm', parts: many } }) });
    const numbers: number[] = [];
    let from: number | undefined = 1;
    const sizes: number[] = [];
    while (from !== undefined) {
      const page: PartUrls = (
        await call<PartUrls>(hub, routes.listParts, { params: { uploadId: id }, query: { from } })
      ).body;
      sizes.push(page.items.length);
      numbers.push(...page.items.map(({ number }) => number));
      from = page.next;
    }
    expect(sizes).toEqual([100, 100, 30]);
    expect(numbers).toEqual(many.map((_, index) => index + 1));
  });

  test.each([
    ['one PUT', anUpload(), 'not-multipart'],
    ['a multipart upload that was received', inState.received({ multipart: { id: 'm', parts: [] } }), 'wrong-state'],
    [
      'one whose time is over',
      anUpload({ expiresAt: '2020-01-01T00:00:00.000Z', multipart: { id: 'm', parts: [] } }),
      'wrong-state',
    ],
  ])('has no part URLs where it is %s', async (_, upload, code) => {
    const hub = anIntake();
    hub.give({ upload });
    const reply = await call<Problem>(hub, routes.listParts, { params: { uploadId: id } });
    expect([reply.status, reply.body.code]).toEqual([409, code]);
  });

  test('is not complete while parts are missing, and says which', async () => {
    const { hub, uploadId, send } = await announced();
    send(2);
    const reply = await complete<Problem>(hub, uploadId);
    expect([reply.status, reply.body.code]).toEqual([409, 'parts-missing']);
    expect(reply.body.detail).toContain('1, 3');
    expect((await hub.upload(uploadId)).state).toBe('awaiting');
  });

  test('is received once complete; said again nothing changes, and its event has it checked', async () => {
    const { hub, uploadId, upload, send } = await announced();
    send(1, 2, 3);
    const first = await complete(hub, uploadId);
    expect(first).toMatchObject({ status: 200, body: { state: 'received', uploadId } });
    expect(await complete(hub, uploadId)).toEqual(first);
    expect(hub.queue.sent).toEqual([]);
    const { versionId = '', bytes = 0 } = (await hub.objects.find(upload.key)) ?? {};
    await hub.receive(createdEvent(upload.key, bytes, versionId));
    expect(hub.queue.sent).toHaveLength(1);
  });

  test('that was put together by a call which then crashed is complete when said again', async () => {
    const { hub, uploadId, upload, send } = await announced();
    send(1, 2, 3);
    const { id: multipartId = '' } = upload.multipart ?? {};
    await hub.objects.assemble(upload.key, multipartId, (await hub.objects.parts(upload.key, multipartId)) ?? []);
    expect((await complete(hub, uploadId)).status).toBe(200);
    hub.pass(121);
    await hub.sweep();
    expect((await hub.upload(uploadId)).state).toBe('received');
  });

  test('repeated with its key, the completion has no second effect and answers with the upload as it is by then', async () => {
    const { hub, uploadId, upload, send } = await announced();
    send(1, 2, 3);
    const headers = { 'idempotency-key': 'done' };
    const first = await complete(hub, uploadId, { headers });
    hub.give({ upload: inState.refused({ ...upload, state: 'refused' }) });
    const again = await complete(hub, uploadId, { headers });
    expect([first.body.state, again.status, again.body.state]).toEqual(['received', 200, 'refused']);
    expect((await complete(hub, uploadId, { headers: { 'idempotency-key': 'other' } })).body.state).toBe('refused');
    expect((await complete(hub, uploadId, { headers: { 'idempotency-key': 'other' } })).body.state).toBe('refused');
  });

  test.each([
    ['one PUT', anUpload(), 'not-multipart'],
    [
      'expired',
      inState.refused({ refusal: { code: 'expired', detail: 'too late' }, multipart: { id: 'm', parts: [] } }),
      'wrong-state',
    ],
  ])('cannot be completed where it is %s', async (_, upload, code) => {
    const hub = anIntake();
    hub.give({ upload });
    const reply = await complete<Problem>(hub, id);
    expect([reply.status, reply.body.code]).toEqual([409, code]);
  });
});

describe('an upload in segments', () => {
  const texts = ['code,amount,phone\nA1,1,\n', 'A2,2,\n', 'A3,3,\n'];
  const declared = texts.map((text) => ({ bytes: Buffer.byteLength(text), sha256: digest(text) }));
  const announced = async () => {
    const hub = anIntake();
    const reply = await call<AnnouncedUpload>(hub, routes.announceUpload, {
      body: {
        resourceId: 'legal-entities',
        bytes: Buffer.byteLength(texts.join('')),
        sha256: digestOfAll(declared),
        segments: declared,
      },
    });
    const { uploadId } = reply.body;
    const { key } = await hub.upload(uploadId);
    const send = (...numbers: number[]) =>
      numbers.forEach((number) => hub.objects.send(`${key}/${number}`, texts[number - 1] ?? ''));
    return { hub, reply, uploadId, key, send };
  };

  test('has a URL for each segment, an object of its own', async () => {
    const { hub, reply, uploadId, key } = await announced();
    expect(reply).toMatchObject({ status: 201, body: { uploadId, expiresAt: expect.any(String) } });
    expect(reply.body.put).toBeUndefined();
    const { body } = await call<PartUrls>(hub, routes.listParts, { params: { uploadId }, query: { from: 2 } });
    expect(body).toEqual({
      items: [2, 3].map((number) => ({
        number,
        url: `https://intake.example/${key}/${number}`,
        headers: { 'content-length': '6', 'x-amz-checksum-sha256': declared[number - 1]?.sha256 },
      })),
    });
    expect((await read(hub, uploadId)).body).toMatchObject({ state: 'awaiting', segments: 3 });
  });

  test('says which segments are missing, and is received once all are there, told of or not', async () => {
    const { hub, uploadId, send } = await announced();
    send(3);
    const early = await complete<Problem>(hub, uploadId);
    expect([early.status, early.body.code]).toEqual([409, 'parts-missing']);
    expect(early.body.detail).toContain('1, 2');
    send(1, 2);
    const first = await complete(hub, uploadId);
    expect(first).toMatchObject({ status: 200, body: { state: 'received', segments: 3 } });
    expect(await complete(hub, uploadId)).toEqual(first);
    await hub.drain();
    expect((await read(hub, uploadId)).body).toMatchObject({ state: 'accepted', rows: { read: 3 } });
    expect(await complete(hub, uploadId)).toMatchObject({ status: 200, body: { state: 'accepted' } });
  });
});

describe('an upload', () => {
  test('shows its provider the verdict, and the report where records were rejected', async () => {
    const hub = anIntake();
    hub.arrived(tolerable);
    await hub.check({ uploadId: id });
    const { body } = await read(hub, id);
    expect(body).toMatchObject({
      state: 'accepted',
      datasetVersion: 1,
      rows: { read: 4, accepted: 3, rejected: 1 },
      violations: [{ field: 'amount', rule: 'type', count: 1, firstLine: 3 }],
      report: { url: expect.stringContaining(`reports/${id}/1.csv`), expiresAt: later(600) },
    });
  });

  test('shows no report where nothing was rejected', async () => {
    const hub = anIntake();
    hub.arrived(good);
    await hub.check({ uploadId: id });
    expect((await read(hub, id)).body).not.toHaveProperty('report');
  });

  test.each([
    ['readUpload', routes.readUpload],
    ['listParts', routes.listParts],
    ['completeUpload', routes.completeUpload],
    ['decideUpload', routes.decideUpload],
  ])('of another department does not exist: %s', async (_, route) => {
    const hub = anIntake();
    hub.give({ upload: anUpload({ multipart: { id: 'm', parts: [] } }) });
    for (const [as, uploadId] of [
      ['tax', id],
      ['quality', anId(404)],
    ] as const) {
      const body = route === routes.decideUpload ? { decision: 'accept' } : undefined;
      const reply = await call<Problem>(hub, route, { as, params: { uploadId }, body });
      expect([reply.status, reply.body.code]).toEqual([404, 'not-found']);
    }
  });

  test('is listed with the provider’s others, newest first, by state and resource', async () => {
    const hub = anIntake();
    hub.give({ upload: anUpload({ uploadId: anId(1) }) });
    hub.give({ upload: inState.accepted({ uploadId: anId(2), reportKey: 'reports/2' }) });
    hub.give({ upload: anUpload({ uploadId: anId(3), resourceId: resource('other') }) });
    hub.give({ upload: anUpload({ uploadId: anId(4), provider: department('tax') }) });
    const listed = async (query: Record<string, string | number>) => {
      const { status, body } = await call<{ items: Upload[]; cursor?: string }>(hub, routes.listUploads, { query });
      expect(status).toBe(200);
      return body.items.map(({ uploadId }) => uploadId);
    };
    expect(await listed({})).toEqual([anId(3), anId(2), anId(1)]);
    expect(await listed({ state: 'accepted' })).toEqual([anId(2)]);
    expect(await listed({ resourceId: 'other' })).toEqual([anId(3)]);
    expect(await listed({ limit: 2 })).toEqual([anId(3), anId(2)]);
  });
});

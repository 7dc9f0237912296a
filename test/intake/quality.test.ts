import { describe, expect, test } from '@jest/globals';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import { qualityOf, storableFields } from '../../functions/intake/domain/quality.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { Quality } from '../../schemas/contracts/quality.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { AcceptedRecords } from '../../schemas/stored/uploads.ts';
import { aResource, aResourceVersion, anId, department } from '../support/builders.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';
import { inState, later } from './an-upload.ts';
import { anIntake, definition, good, intolerable, second, tolerable, type Intake } from './hub.ts';
import { mortal } from './mortal.ts';

const id = anId(500);
const { resourceId } = aResource();
const fields = [
  { name: 'code', missing: 0, distinct: 4 },
  { name: 'amount', missing: 0, distinct: 4, minimum: '1', maximum: '4' },
  { name: 'phone', missing: 4, distinct: 0 },
];
const read = <T = { items: Quality[]; cursor?: string }>(hub: Intake, more: Partial<ApiCall> = {}) =>
  callApi<T>(hub.api, { as: 'quality', route: routes.readQuality, params: { resourceId }, ...more });
const newest = async (hub: Intake) => (await read(hub)).body.items[0];

async function checked(content: string, changes: Parameters<Intake['arrived']>[1] = {}): Promise<Intake> {
  const hub = anIntake();
  hub.arrived(content, changes);
  await hub.check({ uploadId: id });
  return hub;
}

describe('of an upload that was read there is told', () => {
  test('accepted: what was found in the file, and of its dataset', async () => {
    const hub = await checked(tolerable);
    const quality = await newest(hub);
    expect(Quality.parse(quality)).toEqual({
      resourceId,
      uploadId: id,
      sequence: 1,
      resourceVersion: 1,
      content: 'snapshot',
      state: 'accepted',
      at: later(0),
      rows: { read: 4, accepted: 3, rejected: 1 },
      violations: [expect.objectContaining({ field: 'amount', rule: 'type', count: 1 })],
      datasetVersion: 1,
      datasetRows: 3,
    });
  });

  test('how many more or fewer rows its dataset has than the one before', async () => {
    const hub = await checked(good);
    hub.arrived('code,amount,phone\nB1,1,\n', { uploadId: second, sequence: 2 });
    await hub.check({ uploadId: second });
    expect((await read(hub)).body.items.map(({ datasetRows, drift }) => [datasetRows, drift])).toEqual([
      [1, -0.75],
      [4, undefined],
    ]);
  });

  test('refused after it was read: what was found', async () => {
    expect(await newest(await checked(intolerable))).toMatchObject({
      state: 'refused',
      rows: { read: 4, rejected: 2 },
      violations: [{ field: 'amount' }],
    });
  });

  test.each([
    ['refused for its header', 'code,colour\nA1,red\n', {}],
    ['of another length', good, { bytes: 5 }],
  ])('nothing where it was not: %s', async (_, content, changes) => {
    expect(await newest(await checked(content, changes))).toBeUndefined();
  });

  test('nothing of one that expired', () => expect(qualityOf(inState.refused(), { at: later(0) })).toBeUndefined());
});

describe('the columns of a dataset', () => {
  test('are told a little after it came into force, and then nothing is left to do', async () => {
    const hub = await checked(good);
    expect(await newest(hub)).not.toHaveProperty('fields');
    expect(hub.queue.sent).toEqual([{ uploadId: id, provider: 'quality' }]);
    await hub.drain();
    expect(await newest(hub)).toMatchObject({ datasetVersion: 1, fields });
    for (const gone of ['lookAgainAt', 'unprofiled', 'leaseUntil'])
      expect(await hub.upload(id)).not.toHaveProperty(gone);
  });

  test('are those of the dataset that the upload made, whatever replaced it since', async () => {
    const hub = await checked(good);
    hub.arrived('code,amount,phone\nB1,1,\n', { uploadId: second, sequence: 2 });
    await hub.check({ uploadId: second });
    await hub.drain();
    expect((await read(hub)).body.items.map((quality) => quality.fields?.[0]?.distinct)).toEqual([1, 4]);
  });

  test.each([
    ['quality', ['minimum', 'maximum']],
    ['eitc', []],
    ['auditor', []],
  ])('are told to %s, of values %j', async (as, values) => {
    const hub = await checked(good);
    await hub.drain();
    const [told] = (await read(hub, { as })).body.items;
    const amount = told?.fields?.find(({ name }) => name === 'amount');
    expect(Object.keys(amount ?? {})).toEqual(['name', 'missing', 'distinct', ...values]);
  });

  test('are told though the message was lost', async () => {
    const hub = await checked(good);
    hub.queue.sent.splice(0);
    hub.pass(61);
    await hub.sweep();
    await hub.drain();
    expect(await newest(hub)).toMatchObject({ fields });
    expect(hub.metrics.counts).not.toHaveProperty('SweptLate');
  });

  test('are looked at once, however often the message comes, also while that is under way', async () => {
    const hub = await checked(good);
    let times = 0;
    const read: typeof hub.checked.read = async (key, version) => {
      times += 1;
      await check({ uploadId: id });
      await hub.sweepLater();
      return hub.checked.read(key, version);
    };
    const check = checkHandler({ ...hub.ports, checked: { ...hub.checked, read } });
    for (let message = 0; message < 3; message++) await check({ uploadId: id });
    expect(times).toBe(1);
  });

  test('that are too many or too long to be stored are cut', () => {
    const field = (index: number, more = {}) => ({
      name: '字段'.repeat(100) + index,
      missing: 0,
      distinct: 1,
      ...more,
    });
    const many = Array.from({ length: 1000 }, (_, index) => field(index));
    expect(Buffer.byteLength(JSON.stringify(storableFields(many)))).toBeLessThan(150_000);
    expect(storableFields([field(1, { minimum: '9'.repeat(201), maximum: '10' })])).toEqual([
      field(1, { maximum: '10' }),
    ]);
  });
});

describe('a dataset that cannot be profiled', () => {
  async function failing() {
    const hub = await checked(good);
    hub.queue.sent.splice(0);
    let tries = 0;
    const read: typeof hub.checked.read = () => {
      tries += 1;
      return Promise.reject(new Error('no answer'));
    };
    const check = checkHandler({ ...hub.ports, checked: { ...hub.checked, read } });
    return { hub, check, tries: () => tries };
  }

  test('is tried again by the sweeper, a quarter of an hour later, and fails no message', async () => {
    const { hub, check, tries } = await failing();
    await check({ uploadId: id });
    await check({ uploadId: id });
    hub.pass(15 * 60);
    await hub.sweep();
    expect([tries(), hub.queue.sent]).toEqual([1, []]);
    hub.pass(61);
    await hub.sweep();
    await hub.drain();
    expect(await newest(hub)).toMatchObject({ fields });
  });

  test('is given up after five tries, and each has said so', async () => {
    const { hub, check, tries } = await failing();
    for (let turn = 0; turn < 9; turn++) {
      await check({ uploadId: id });
      hub.pass(17 * 60);
    }
    expect(tries()).toBe(5);
    const errors = hub.log.lines.filter(({ level }) => level === 'error').map(({ message }) => message);
    expect(errors).toEqual([...Array.from({ length: 5 }, () => 'not profiled'), 'profile given up']);
    expect(await hub.upload(id)).not.toHaveProperty('lookAgainAt');
  });

  test('because it is gone, is told by its ids alone', async () => {
    const { hub, check } = await failing();
    hub.give({ upload: { ...((await hub.upload(id)) as AcceptedRecords), datasetVersion: 9 } });
    await check({ uploadId: id });
    expect(hub.log.lines.at(-1)).toMatchObject({ level: 'error', about: { uploadId: id, error: { name: 'Fault' } } });
  });
});

describe('a profile that comes to grief at any of its writes', () => {
  test.each(
    (['process', 'fault'] as const).flatMap((death) => (['before', 'after'] as const).map((when) => ({ death, when }))),
  )('is made all the same: $death $when the write', async (grief) => {
    let writes = 0;
    for (let nth = 1; ; nth++) {
      const hub = await checked(good);
      hub.queue.sent.splice(0);
      const { ports, reached } = mortal(hub.ports, { nth, ...grief });
      await checkHandler(ports)({ uploadId: id }).catch(() => undefined);
      if (!reached()) break;
      writes = nth;
      await hub.settle();
      expect(await newest(hub)).toMatchObject({ fields });
      expect(await hub.upload(id)).not.toHaveProperty('lookAgainAt');
    }
    expect(writes).toBe(3);
  });
});

describe('the quality of a resource', () => {
  test.each([
    ['its provider', 'quality', 200],
    ['the authority', 'eitc', 200],
    ['an auditor', 'auditor', 200],
    ['another department', 'tax', 403],
  ])('is told %s, or not', async (_, as, status) => {
    const reply = await read<Problem>(await checked(good), { as });
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.body.code).toBe('not-the-provider');
  });

  test('that does not exist is not there', async () => {
    const reply = await read<Problem>(anIntake(), { params: { resourceId: 'nothing' } });
    expect([reply.status, reply.body.code]).toEqual([404, 'resource-not-found']);
  });

  test('is told upload by upload, newest first, page by page and to its end', async () => {
    const hub = anIntake();
    hub.give({ head: aResource({ provider: department('quality') }), version: aResourceVersion({ definition }) });
    for (let sequence = 1; sequence <= 5; sequence++) {
      hub.arrived(good, { uploadId: anId(sequence), sequence });
      await hub.check({ uploadId: anId(sequence) });
    }
    const numbers: number[] = [];
    let cursor: string | undefined;
    do {
      const page = (await read(hub, { query: { limit: 2, ...(cursor !== undefined && { cursor }) } })).body;
      numbers.push(...page.items.map(({ sequence }) => sequence));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(numbers).toEqual([5, 4, 3, 2, 1]);
  });
});

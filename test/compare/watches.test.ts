import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { comparisonTerms, lookupTerms, terms } from '../support/builders.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { WatchId } from '../../schemas/contracts/ids.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { deathsAt, longTest, searched } from '../support/long.ts';
import { forgetDue } from '../support/marks.ts';
import { aHub, records, type TestHub } from './hub.ts';
import { keysOf, watchingOn, with_ } from './watching.ts';

let aws: LocalAws;
let hub: TestHub;
let on: ReturnType<typeof watchingOn>;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());
afterEach(() => forgetDue(aws.table));
beforeEach(async () => {
  hub = await aHub(aws);
  on = watchingOn(hub, aws);
});

describe('keys that are lodged', () => {
  test('are watched from then on, and nothing is told of what is there', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1', '99-9');
    expect(await on.read(id)).toMatchObject({
      state: 'active',
      keys: 2,
      datasetVersion: 1,
      told: { keys: 0, datasets: 0 },
    });
    await on.settle();
    expect(await on.events(id)).toEqual(['begun']);
  });

  test('are told of when a record changes, appears or goes: by their places, and once each dataset', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '99-9', '11-1', '11-2', '11-3');
    await hub.dataset(with_({ '11-1': { 1: '另一名称' }, '11-3': undefined }, ['99-9', '新', '110101', '', '', '']), 2);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 2: [1, 2, 4] });
    expect((await on.told(id)).find(({ type }) => type === 'changed')).toMatchObject({
      event: 'records',
      termsVersion: 1,
      resourceId: hub.resourceId,
      path: `/v1/watches/${id}`,
    });
    await hub.dataset(records, 3);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 2: [1, 2, 4], 3: [1, 2, 4] });
    expect(await on.read(id)).toMatchObject({ datasetVersion: 3, told: { keys: 6, datasets: 2 } });
  });

  test('say what changed since the last look, however many datasets were between', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1', '11-2');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    await hub.dataset(with_({ '11-1': { 1: '乙' }, '11-2': { 1: '丙' } }), 3);
    await hub.dataset(with_({ '11-2': { 1: '丙' } }), 4);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 4: [2] });
  });

  test('appear in the first dataset of a resource that has none yet', async () => {
    const id = await on.lodge(await on.agree(), '11-1', '99-9');
    expect(await on.read(id)).not.toHaveProperty('datasetVersion');
    await hub.dataset();
    await on.settle();
    expect(await on.changes(id)).toEqual({ 1: [1] });
  });

  test('wait while what they are to be looked at in is being made', async () => {
    await hub.datasetAlone();
    const id = await on.lodge(await on.agree(), '11-1');
    expect(await on.read(id)).toMatchObject({ state: 'received' });
    await hub.dataset();
    hub.later(120);
    await on.settle();
    expect(await on.read(id)).toMatchObject({ state: 'active', datasetVersion: 1 });
  });

  test('of a call that is repeated with its Idempotency-Key are lodged once', async () => {
    const agreement = await on.agree();
    const headers = { 'idempotency-key': 'once' };
    const answers = [];
    for (let i = 0; i < 3; i++) answers.push(await on.call(agreement, { keys: keysOf('11-1') }, 'tax', headers));
    expect(new Set(answers.map(({ body }) => body.watchId)).size).toBe(1);
    expect(await on.counted(agreement)).toEqual([1, undefined]);
  });

  test('may come as a list, in any format and with its own names of columns', async () => {
    await hub.dataset();
    const text = '序号,机构代码\n1,11-2\n2,11-1\n';
    const list = { bytes: Buffer.byteLength(text), sha256: sha(text), columns: { org_code: '机构代码' } };
    const { body } = await on.call(await on.agree(), { list });
    await hub.put(body.put!, text);
    await on.come(body.watchId);
    await hub.look(body.watchId);
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    await on.settle();
    expect(await on.changes(body.watchId)).toEqual({ 2: [2] });
  });

  test.each([
    ['with rows without a key', 'org_code\n11-1\n""\n', 'invalid-keys'],
    ['with rows that are none', 'org_code\n11-1\n11-2,x\n', 'invalid-keys'],
    ['with more keys than may be watched', `org_code\n${'11-1\n'.repeat(11)}`, 'too-many-keys'],
    ['without the key', 'name\n甲\n', 'header'],
    ['that is empty', 'org_code\n', 'empty'],
  ])('as a list %s are refused, and its consumer is told why', async (_, text, code) => {
    await hub.dataset();
    const agreement = await on.agree();
    const list = { bytes: Buffer.byteLength(text), sha256: sha(text) };
    const { body } = await on.call(agreement, { list });
    await hub.put(body.put!, text);
    await on.come(body.watchId);
    await hub.look(body.watchId);
    expect(await on.read(body.watchId)).toMatchObject({ state: 'refused', refusal: { code } });
    expect(await on.read(body.watchId, 'quality')).toMatchObject({ refusal: { code } });
    expect(JSON.stringify(await on.read(body.watchId, 'quality'))).not.toContain('detail');
    expect(await on.events(body.watchId)).toEqual(['refused']);
    expect((await on.counted(agreement))[0]).toBe(0);
  });

  test('that never come expire, and give their place back', async () => {
    const agreement = await on.agree();
    const { body } = await on.call(agreement, { list: { bytes: 3, sha256: hub.sha256 } });
    hub.later(5 * 3600);
    await hub.sweep();
    expect(await on.read(body.watchId)).toMatchObject({ state: 'expired' });
    expect(await on.counted(agreement)).toEqual([0, undefined]);
  });

  test('whose arrival nobody told of are found', async () => {
    await hub.dataset();
    const { body } = await on.call(await on.agree(), { keys: keysOf('11-1') });
    hub.later(4000);
    await on.settle();
    expect(await on.read(body.watchId)).toMatchObject({ state: 'active' });
  });
});

describe('lodging is refused', () => {
  test.each([
    ['of terms that let none be watched', { watchKeys: undefined }, {}, 422, 'invalid-watch'],
    ['of a suspended agreement', {}, { state: 'suspended' as const }, 409, 'agreement-not-active'],
    ['of one that is over', {}, { state: 'terminated' as const }, 409, 'agreement-not-active'],
    ['of one that is not filed', {}, { state: 'signed' as const }, 409, 'agreement-not-active'],
    ['of another department’s', {}, { consumer: 'press' as never }, 404, 'not-found'],
  ])('%s', async (_, changes, more, status, code) => {
    const agreement = await on.agree(changes, more);
    expect(await on.call(agreement, { keys: keysOf('11-1') })).toMatchObject({ status, body: { code } });
  });
  test.each([
    ['the provider', 'quality', 403],
    ['a stranger', 'press', 404],
  ])('to %s', async (_, as, status) => {
    expect((await on.call(await on.agree(), { keys: keysOf('11-1') }, as)).status).toBe(status);
  });
  test('of an agreement of deliveries', async () => {
    const agreement = await hub.agree({}, { terms: terms() as never });
    expect(await on.call(agreement, { keys: keysOf('11-1') })).toMatchObject({ body: { code: 'other-mode' } });
  });
  test.each([
    ['more than may be watched', keysOf(...Array.from({ length: 11 }, (_, i) => `${i}`)), ['/keys too-many']],
    ['another field', [{ name: '甲' }], ['/keys/0 key']],
    ['nothing in it', [{ org_code: '' }], ['/keys/0/org_code required']],
    ['one twice', keysOf('11-1', '11-2', '11-1'), ['/keys/2 repeated']],
  ])('of keys with %s, without their values', async (_, keys, expected) => {
    const { status, body } = await on.call(await on.agree(), { keys });
    const { violations } = body as unknown as { violations: { path: string; rule: string }[] };
    expect([status, violations.map(({ path, rule }) => `${path} ${rule}`)]).toEqual([422, expected]);
    expect(JSON.stringify(body)).not.toMatch(/甲|11-1/);
  });
  test('of neither keys nor a list, and of both', async () => {
    const agreement = await on.agree();
    const list = { bytes: 3, sha256: hub.sha256 };
    expect((await on.call(agreement, {})).status).toBe(400);
    expect((await on.call(agreement, { keys: keysOf('11-1'), list })).status).toBe(400);
  });
});

describe('what the terms let be watched', () => {
  test('is a bound for all watches together: what has no room is refused in the call', async () => {
    await hub.dataset();
    const agreement = await on.agree({ watchKeys: 3 });
    expect(await on.read(await on.lodge(agreement, '11-1', '11-2'))).toMatchObject({ state: 'active' });
    const told = await on.call(agreement, { keys: keysOf('11-1', '11-3') });
    const violations = [{ path: '/keys', rule: 'too-many', message: expect.stringContaining('2 are') }];
    expect(told).toMatchObject({ status: 422, body: { code: 'invalid-watch', violations } });
    expect(await on.counted(agreement)).toEqual([1, 2]);
  });
  test('is a bound of a day, so that nobody takes turns with keys: a call is told until when to wait', async () => {
    await hub.dataset();
    const agreement = await on.agree({ watchKeys: 3 });
    await on.end(await on.lodge(agreement, '11-1', '11-2'));
    const { status, body, headers } = await on.call(agreement, { keys: keysOf('11-3', '99-9') });
    expect([status, body]).toEqual([429, expect.objectContaining({ code: 'quota-exceeded' })]);
    const wait = Number(headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(24 * 3600);
    expect(await on.counted(agreement)).toEqual([0, 0]);
    hub.later(wait - 1);
    expect((await on.call(agreement, { keys: keysOf('11-3', '99-9') })).status).toBe(429);
    hub.later(1);
    expect(await on.read(await on.lodge(agreement, '11-3', '99-9'))).toMatchObject({ state: 'active' });
  });
  test.each([
    ['too-many-keys', async () => undefined],
    ['quota-exceeded', (first: WatchId) => on.end(first)],
  ])('of calls at once, and of lists, is refused at the first look: %s', async (code, then) => {
    await hub.dataset();
    const agreement = await on.agree({ watchKeys: 3 });
    const [first, second] = await Promise.all([
      on.call(agreement, { keys: keysOf('11-1', '11-2') }),
      on.call(agreement, { keys: keysOf('11-1', '11-3') }),
    ]);
    expect([first.status, second.status]).toEqual([201, 201]);
    await on.look(first.body.watchId);
    await then(first.body.watchId);
    await on.look(second.body.watchId);
    expect(await on.read(first.body.watchId)).toMatchObject({ state: code === 'too-many-keys' ? 'active' : 'ended' });
    expect(await on.read(second.body.watchId)).toMatchObject({ state: 'refused', refusal: { code } });
  });
  longTest('of a hundred watches the next is refused', async () => {
    const agreement = await on.agree({ watchKeys: 1000 });
    const list = { bytes: 3, sha256: hub.sha256 };
    const statuses = [];
    for (let i = 0; i < 101; i++) statuses.push((await on.call(agreement, { list })).status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(100);
    expect(statuses.at(-1)).toBe(409);
  });
});

describe('a change that the consumer could not see is none:', () => {
  test.each([
    ['of a field that is not granted', {}, { '11-1': { 2: '999999' } }],
    ['of what a mask hides', { mask: { name: 'hide' as const } }, { '11-1': { 1: '甲' } }],
    [
      'behind what a mask shows',
      { fields: ['phone'], mask: { phone: 'last4' as const } },
      { '11-1': { 5: '999-99991234' } },
    ],
    [
      'outside the filter',
      { filter: [{ field: 'division', op: 'eq' as const, value: '110102' }] },
      { '11-1': { 1: '甲' } },
    ],
  ])('%s', async (_, changes, otherwise) => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(changes), '11-1');
    await hub.dataset(with_(otherwise), 2);
    await on.settle();
    expect(await on.changes(id)).toEqual({});
    expect(await on.read(id)).toMatchObject({ datasetVersion: 2, told: { keys: 0 } });
  });
  test('a record that leaves the filter goes, one that comes into it appears', async () => {
    await hub.dataset();
    const filter = [{ field: 'division', op: 'eq' as const, value: '110102' }];
    const id = await on.lodge(await on.agree({ filter }), '11-1', '11-2', '11-3');
    await hub.dataset(with_({ '11-1': { 2: '110102' }, '11-2': { 2: '110105' } }), 2);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 2: [1, 2] });
  });
  test.each([
    ['verify', { kinds: ['verify' as const], compare: ['name'], fields: [] }, [1]],
    ['intersect', { kinds: ['intersect' as const], compare: ['name'], fields: [] }, []],
    ['intersect with a field', { kinds: ['intersect' as const], compare: [], fields: ['name'] }, [1]],
    ['except', { kinds: ['except' as const], compare: ['name'], fields: ['name'] }, []],
  ])('a comparison’s kind decides what can be seen: %s', async (_, changes, told) => {
    await hub.dataset();
    const agreement = await hub.agree({}, { terms: comparisonTerms({ watchKeys: 5, ...changes }) as never });
    const id = await on.lodge(agreement, '11-1', '11-2');
    await hub.dataset(with_({ '11-1': { 1: '甲' }, '11-2': { 3: '7' } }), 2);
    await on.settle();
    expect(await on.changes(id)).toEqual(told.length > 0 ? { 2: told } : {});
  });
  test('of several records of a key all are seen, in whatever order they stand', async () => {
    const twice = (...rows: string[][]) => [...rows.map((row) => [...row]), ['11-9', '丁', '110109', '', '', '']];
    const [a, b] = [
      ['11-1', '甲', '110105', '1', '', ''],
      ['11-2', '乙', '110105', '2', '', ''],
    ];
    await hub.dataset(twice(a, b));
    const key = { key: ['division'], compare: [], fields: ['name'], kinds: ['intersect' as const], watchKeys: 5 };
    const agreement = await hub.agree({}, { terms: comparisonTerms(key) as never });
    const { body } = await on.call(agreement, { keys: [{ division: '110105' }, { division: '110109' }] });
    await on.come(body.watchId);
    await hub.look(body.watchId);
    await hub.dataset([...twice(b), [...a]], 2);
    await on.settle();
    expect(await on.changes(body.watchId)).toEqual({});
    await hub.dataset(twice(a), 3);
    await on.settle();
    expect(await on.changes(body.watchId)).toEqual({ 3: [1] });
  });
});

describe('an agreement that changes', () => {
  test('while it is suspended nothing is told; afterwards what changed is, once', async () => {
    await hub.dataset();
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1', '11-2');
    await hub.change(agreement, { state: 'suspended' });
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    await on.settle();
    await hub.dataset(with_({ '11-1': { 1: '甲' }, '11-2': { 1: '乙' } }), 3);
    await on.settle();
    expect(await on.changes(id)).toEqual({});
    await hub.change(agreement, { state: 'active' });
    await on.settle();
    expect(await on.changes(id)).toEqual({ 3: [1, 2] });
  });

  test.each(['terminated', 'expired'] as const)('%s, its watch ends, and its keys are removed', async (state) => {
    await hub.dataset();
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1');
    const { object } = (await on.find(id)) as { object: { key: string } };
    expect(await isThere(object.key)).toBe(true);
    await hub.change(agreement, { state });
    await on.settle();
    expect(await on.read(id)).toMatchObject({ state: 'ended', end: 'agreement-over', keys: 1 });
    expect(await on.events(id)).toEqual(['begun', 'ended']);
    expect(await isThere(object.key)).toBe(false);
    expect(await on.counted(agreement)).toEqual([0, 0]);
  });

  test('amended, it is watched by the new terms: nothing of the old can be learnt, and all is to be looked at anew', async () => {
    await hub.dataset();
    const agreement = await on.agree({ fields: ['name', 'capital'] });
    const id = await on.lodge(agreement, '11-1', '11-2');
    const [first] = agreement.terms;
    const fewer = { ...first!, version: 2, terms: lookupTerms({ fields: ['name'], watchKeys: 10 }) };
    await hub.change(agreement, { termsVersion: 2, terms: [first!, fewer] });
    await hub.dataset(with_({ '11-1': { 3: '7' } }), 2);
    await on.settle();
    expect(await on.events(id)).toEqual(['begun', 'renewed']);
    expect(await on.read(id)).toMatchObject({ state: 'active', termsVersion: 2, datasetVersion: 2 });
    await hub.dataset(with_({ '11-1': { 3: '8' }, '11-2': { 1: '乙' } }), 3);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 3: [2] });
  });
  test('amended to terms that begin later, it is watched by these from their first day on, without anybody’s doing', async () => {
    await hub.dataset();
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1');
    const [first] = agreement.terms;
    const validFrom = new Date(Date.parse(hub.clock.now()) + 3 * 86_400_000).toISOString().slice(0, 10);
    const next = { ...first!, version: 2, terms: lookupTerms({ fields: ['name'], watchKeys: 10, validFrom }) };
    await hub.change(agreement, { termsVersion: 2, terms: [first!, next] });
    await on.settle();
    expect(await on.events(id)).toEqual(['begun']);
    hub.later(3 * 86_400);
    await on.settle();
    expect(await on.events(id)).toEqual(['begun', 'renewed']);
  });
  test.each([
    ['that let none be watched', lookupTerms({ fields: ['name'] })],
    ['that let fewer be watched', lookupTerms({ fields: ['name'], watchKeys: 1 })],
    ['of deliveries', terms()],
    ['by another key', comparisonTerms({ key: ['name'], compare: [], kinds: ['intersect'], watchKeys: 9 })],
  ])('amended to terms %s, the watch ends', async (_, next) => {
    await hub.dataset();
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1', '11-2');
    const [first] = agreement.terms;
    const second = { ...first!, version: 2, terms: next };
    await hub.change(agreement, { termsVersion: 2, terms: [first!, second] });
    await on.settle();
    expect(await on.read(id)).toMatchObject({ state: 'ended', end: 'terms-replaced' });
    expect(await on.counted(agreement)).toEqual([0, 0]);
  });

  test('suspended in the middle of a look, the transaction has the last word', async () => {
    await hub.dataset();
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    let isSuspended = false;
    hub.life.pauseWith(async (call) => {
      if (call !== 'close' || isSuspended) return;
      isSuspended = true;
      await hub.change(agreement, { state: 'suspended' });
    });
    await on.settle();
    hub.life.pauseWith(undefined);
    expect(isSuspended).toBe(true);
    expect(await on.changes(id)).toEqual({});
    await hub.change(agreement, { state: 'active' });
    hub.later(60);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 2: [1] });
    expect(await hub.holds(2)).toBe(0);
  });
});

describe('of derived data nothing is told', () => {
  let source: Agreement;
  const derived = () => {
    const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
    return { origin: { kind: 'derivation', run: hub.sha256, inputs: {}, restsOn } } as const;
  };
  beforeEach(async () => {
    source = await hub.source();
    await hub.dataset(records, 1, derived());
  });

  test('while a source is suspended, until it is granted again: its own news has the watch looked at', async () => {
    const id = await on.lodge(await on.agree(), '11-1');
    await hub.change(source, { state: 'suspended' });
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2, derived());
    await on.settle();
    expect([await on.changes(id), await on.read(id)]).toMatchObject([{}, { state: 'active', datasetVersion: 1 }]);
    await hub.change(source, { state: 'active' });
    await on.settle();
    expect(await on.changes(id)).toEqual({ 2: [1] });
  });

  test.each([
    ['ended', { state: 'terminated' }],
    ['amended', { termsVersion: 2 }],
  ] as const)('once a source is %s, but of what is made in its place', async (_, changes) => {
    const id = await on.lodge(await on.agree(), '11-1', '11-2');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2, derived());
    const [first] = source.terms;
    await hub.change(source, { ...changes, terms: [first!, { ...first!, version: 2 }] });
    await on.settle();
    expect(await on.changes(id)).toEqual({});
    await hub.dataset(with_({ '11-2': { 1: '乙' } }), 3);
    await on.settle();
    expect(await on.changes(id)).toEqual({ 3: [2] });
  });

  test.each([
    ['suspended', { state: 'suspended' }],
    ['ended', { state: 'terminated' }],
  ] as const)('whose source is %s before a look has ended', async (_, changes) => {
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1', '11-2');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2, derived());
    hub.life.pauseWith(async (call) => {
      if (call !== 'close') return;
      hub.life.pauseWith(undefined);
      await hub.change(source, changes);
    });
    await on.settle();
    expect([await on.changes(id), await on.read(id)]).toMatchObject([{}, { state: 'active', datasetVersion: 1 }]);
    await hub.dataset(with_({ '11-2': { 1: '乙' } }), 3);
    await on.settle();
    expect(await on.changes(id)).toEqual(changes.state === 'terminated' ? { 3: [2] } : {});
    await hub.change(source, { state: 'active' });
    hub.later(60);
    await on.settle();
    expect([await hub.holds(1), await hub.holds(2), await hub.holds(3)]).toEqual([0, 0, 0]);
    expect(await on.read(id)).toMatchObject({ state: 'active', datasetVersion: 3 });
  });

  test.each([
    ['suspended', 'suspended'],
    ['ended', 'terminated'],
  ] as const)('to keys that are lodged while its source is %s: they are refused', async (_, state) => {
    const agreement = await on.agree();
    await hub.change(source, { state });
    const id = await on.lodge(agreement, '11-1');
    expect(await on.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'agreement-not-active' } });
    expect(await on.counted(agreement)).toEqual([0, undefined]);
  });

  test('whose source is suspended under the first look: its transaction has the last word', async () => {
    hub.life.pauseWith(async (call) => {
      if (call !== 'begin') return;
      hub.life.pauseWith(undefined);
      await hub.change(source, { state: 'suspended' });
    });
    const id = await on.lodge(await on.agree(), '11-1');
    expect(await on.read(id)).toMatchObject({ state: 'refused', refusal: { code: 'agreement-not-active' } });
    expect(await hub.holds(1)).toBe(0);
  });

  test('under terms that go further by now than its sources allow', async () => {
    const id = await on.lodge(await on.agree(), '11-1');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2, derived());
    const of = { input: 'people', resourceId: source.resourceId };
    hub.inherits([{ field: 'name', providers: [], mask: { value: 'hide', of } }]);
    await on.settle();
    expect(await on.changes(id)).toEqual({});
    const refused = await on.lodge(await on.agree(), '11-2');
    expect(await on.read(refused)).toMatchObject({ refusal: { code: 'incompatible-version' } });
  });

  test('as many notices go with its sources as a transaction has room for', async () => {
    const sources = await Promise.all(Array.from({ length: 80 }, () => hub.source()));
    const restsOn = sources.map(({ agreementId }) => ({ agreementId, termsVersion: 1 }));
    const { origin } = derived();
    const many = Array.from({ length: 19_001 }, (_, i) => [`m-${i}`, '甲', '110105', '', '', '']);
    const agreement = await on.agree({ watchKeys: 20_000 });
    const text = `org_code\n${many.map(([code]) => code).join('\n')}\n`;
    const { body } = await on.call(agreement, { list: { bytes: Buffer.byteLength(text), sha256: sha(text) } });
    await hub.put(body.put!, text);
    await on.look(body.watchId);
    await hub.dataset(many, 2, { origin: { ...origin, restsOn } });
    await on.settle();
    expect((await on.changes(body.watchId))[2]).toHaveLength(19_001);
  });
});

describe('a watch', () => {
  test('is ended by its consumer alone; then nothing is told, and its keys are gone', async () => {
    await hub.dataset();
    const agreement = await on.agree();
    const id = await on.lodge(agreement, '11-1');
    const { object } = (await on.find(id)) as { object: { key: string } };
    expect((await on.end(id, 'quality')).status).toBe(403);
    expect((await on.end(id, 'press')).status).toBe(404);
    expect(await on.end(id)).toMatchObject({ status: 200, body: { state: 'ended', end: 'consumer', keys: 1 } });
    expect((await on.end(id)).status).toBe(409);
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    await on.settle();
    expect(await on.changes(id)).toEqual({});
    expect(await isThere(object.key)).toBe(false);
    expect(await on.counted(agreement)).toEqual([0, 0]);
  });

  test('is seen by provider, authority and auditor, without its keys, and by nobody else', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1');
    const seen = await on.read(id, 'quality');
    expect(seen).toMatchObject({ state: 'active', keys: 1, consumer: 'tax' });
    expect(JSON.stringify(seen)).not.toMatch(/11-1|sha256|session|object|org_code/);
    for (const as of ['eitc', 'auditor']) expect(await on.read(id, as)).toEqual(seen);
    expect(await on.read(id, 'press')).toMatchObject({ code: 'not-found' });
    const listed = async (as: string, query: object) =>
      (await hub.call<{ items: { watchId: string }[] }>('listWatches', as, { query: query as never })).body.items;
    expect((await listed('quality', { role: 'provider' })).map(({ watchId }) => watchId)).toContain(id);
    expect((await listed('press', {})).map(({ watchId }) => watchId)).not.toContain(id);
    expect((await listed('tax', { state: 'active', limit: '100' })).map(({ watchId }) => watchId)).toContain(id);
  });

  test('is in the evidence from its lodging to its end, with counts and no digest of keys', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1', '11-2');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    await on.settle();
    await on.end(id);
    const evidence = await on.evidence(id);
    expect(evidence.map(({ act }) => act)).toEqual(['keys-lodged', 'watch-begun', 'watch-told', 'watch-ended']);
    expect(evidence.map(({ figures }) => figures)).toEqual([{}, { keys: 2 }, { keys: 2, changed: 1 }, { keys: 2 }]);
    expect(evidence.every(({ digests }) => Object.keys(digests).length === 0)).toBe(true);
  });

  test('leaves its keys nowhere in the table, nor in a log', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1', '11-2');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    await on.settle();
    const texts = JSON.stringify([await on.find(id), await on.told(id), await on.evidence(id), hub.log.lines]);
    expect(texts).not.toMatch(/11-1|11-2|北京第一机床厂/);
    expect((await on.find(id))!).not.toHaveProperty('list');
  });

  test('tells of thousands in several notices, each with a thousand at most', async () => {
    const many = Array.from({ length: 2500 }, (_, i) => [`K${i}`, `名${i}`, '110101', '', '', '']);
    await hub.dataset(many);
    const agreement = await on.agree({ watchKeys: 5000 });
    const text = ['org_code', ...many.map(([code]) => code), ''].join('\n');
    const { body } = await on.call(agreement, { list: { bytes: Buffer.byteLength(text), sha256: sha(text) } });
    await hub.put(body.put!, text);
    await on.come(body.watchId);
    await hub.look(body.watchId);
    await hub.dataset([], 2);
    await on.settle();
    const notices = (await on.told(body.watchId)).filter(({ type }) => type === 'changed');
    expect(notices).toHaveLength(3);
    expect((await on.changes(body.watchId))[2]).toEqual(Array.from({ length: 2500 }, (_, i) => i + 1));
  });
});

describe('a look that dies', () => {
  test('at any of its writes is taken up again: what changed is told once, under the same ids', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree({ watchKeys: 100 }), '11-1', '11-2');
    let datasetVersion = 1;
    let isOther = false;
    for (let write = 1, isOver = false; !isOver; write += searched(6, 1))
      for (const when of deathsAt(write)) {
        datasetVersion++;
        isOther = !isOther;
        await hub.dataset(isOther ? with_({ '11-2': { 1: '乙' } }) : records, datasetVersion);
        await hub.sweep();
        hub.toLookAt.splice(0);
        hub.life.killAt(write, when);
        await hub.look(id).catch(() => undefined);
        isOver ||= hub.life.writes() < write;
        hub.life.revive();
        hub.later(400);
        await on.settle();
        expect([write, when, (await on.changes(id))[datasetVersion]]).toEqual([write, when, [2]]);
        expect(await on.read(id)).toMatchObject({ state: 'active', datasetVersion });
      }
    expect(await on.read(id)).toMatchObject({ told: { keys: datasetVersion - 1, datasets: datasetVersion - 1 } });
    const { object, epoch } = (await on.find(id)) as { object: { key: string }; epoch: number };
    expect(await isThere(object.key)).toBe(true);
    await on.end(id);
    await on.settle();
    for (let i = 1; i <= epoch; i++) expect(await isThere(`watches/${id}/${i}`)).toBe(false);
  }, 120_000);

  test('between two parts of what it tells is taken up again, with the same parts', async () => {
    const many = Array.from({ length: 20_500 }, (_, i) => [`K${i}`, '名', '110101', '', '', '']);
    await hub.dataset(many);
    const text = ['org_code', ...many.map(([code]) => code), ''].join('\n');
    const list = { bytes: Buffer.byteLength(text), sha256: sha(text) };
    const { body } = await on.call(await on.agree({ watchKeys: 30_000 }), { list });
    const id = body.watchId;
    await hub.put(body.put!, text);
    await on.come(id);
    await hub.look(id);
    let datasetVersion = 1;
    const deaths = [
      ['tell', 'after'],
      ['close', 'before'],
      ['tell', 'before'],
      ['close', 'after'],
    ] as const;
    for (const [call, when] of deaths.slice(0, searched(1, 4))) {
      datasetVersion++;
      await hub.dataset(datasetVersion % 2 === 0 ? [] : many, datasetVersion);
      let isOver = false;
      hub.life.pauseWith(async (name) => {
        if (name !== call || isOver) return;
        isOver = true;
        hub.life.killAt(1, when);
      });
      await hub.look(id).catch(() => undefined);
      hub.life.pauseWith(undefined);
      hub.life.revive();
      hub.later(60);
      await hub.look(id);
      const notices = (await on.told(id)).filter(
        (notice) => notice.type === 'changed' && notice.datasetVersion === datasetVersion,
      );
      expect([call, when, isOver, notices.length]).toEqual([call, when, true, 21]);
      expect((await on.changes(id))[datasetVersion]).toEqual(many.map((_, i) => i + 1));
    }
    expect(await on.read(id)).toMatchObject({ told: { keys: searched(1, 4) * 20_500, datasets: searched(1, 4) } });
  }, 120_000);

  test('renews its lease as long as it takes', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    hub.life.pauseWith(async (call) => {
      if (call !== 'fetch') return;
      for (let i = 0; i < 5; i++) {
        hub.later(10);
        hub.timer.tick();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    });
    await hub.look(id);
    hub.life.pauseWith(undefined);
    expect(await on.changes(id)).toEqual({ 2: [1] });
  });

  test('while another lives, is left to that one', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    let refused: unknown;
    hub.life.pauseWith(async (call) => {
      if (call === 'fetch' && refused === undefined) refused = await hub.look(id).catch((fault: unknown) => fault);
    });
    await hub.look(id);
    hub.life.pauseWith(undefined);
    expect(refused).toMatchObject({ message: expect.stringMatching(/is held by attempt/) });
    expect(await on.changes(id)).toEqual({ 2: [1] });
  });

  test('that is ended under it tells nothing', async () => {
    await hub.dataset();
    const id = await on.lodge(await on.agree(), '11-1');
    await hub.dataset(with_({ '11-1': { 1: '甲' } }), 2);
    hub.life.pauseWith(async (call) => {
      if (call === 'close') expect((await on.end(id)).status).toBe(200);
    });
    await hub.look(id);
    hub.life.pauseWith(undefined);
    await on.settle();
    expect(await on.changes(id)).toEqual({});
    expect(await on.read(id)).toMatchObject({ state: 'ended' });
    expect(await hub.holds(2)).toBe(0);
  });
});

const sha = (text: string): string => createHash('sha256').update(text).digest('base64');

/** Whether it can be read without being brought back. */
const isThere = async (key: string): Promise<boolean> =>
  aws.s3.send(new HeadObjectCommand({ Bucket: aws.buckets.datasets, Key: key })).then(
    () => true,
    () => false,
  );

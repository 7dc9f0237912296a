import { describe, expect, test } from '@jest/globals';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import { decideUpload } from '../../functions/intake/decide-upload.handler.ts';
import { decide } from '../../functions/intake/domain/decide.ts';
import { driftOf, holding } from '../../functions/records/index.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { Quality } from '../../schemas/contracts/quality.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Upload } from '../../schemas/contracts/uploads.ts';
import { aResource, aResourceVersion, anId } from '../support/builders.ts';
import { callApi, type ApiCall } from '../support/memory/api-call.ts';
import { inState, later, type AnyUpload, type UploadChanges } from './an-upload.ts';
import { anIntake, definition, good, second, type Intake } from './hub.ts';
import { mortal } from './mortal.ts';

const id = anId(500);
const third = anId(502);
const resourceId = aResource().resourceId;
const DAY = 86_400;
const rows = (count: number) =>
  `code,amount,phone\n${Array.from({ length: count }, (_, index) => `R${index},${index},\n`).join('')}`;
/** One record of eight is rejected; seven would take the place of four. */
const grown = rows(7) + 'R9,many,\n';

/** A resource whose dataset has four rows, and whose definition lets it become two to six. */
async function watched(): Promise<Intake> {
  const hub = anIntake();
  hub.give({ version: aResourceVersion({ definition: { ...definition, drift: { rowCount: 0.5 } } }) });
  hub.arrived(good, { uploadId: anId(499) });
  await hub.check({ uploadId: anId(499) });
  await hub.drain();
  return hub;
}
async function sent(hub: Intake, content: string, changes: UploadChanges = {}): Promise<AnyUpload> {
  const { uploadId } = hub.arrived(content, { sequence: 2, ...changes });
  await hub.check({ uploadId });
  return hub.upload(uploadId);
}
async function holds(): Promise<Intake> {
  const hub = await watched();
  await sent(hub, grown);
  return hub;
}
const decided = <T = Upload>(hub: Intake, decision: 'accept' | 'refuse', more: Partial<ApiCall> = {}) =>
  callApi<T>(hub.api, {
    as: 'quality',
    route: routes.decideUpload,
    params: { uploadId: id },
    body: { decision },
    ...more,
  });
const qualities = async (hub: Intake): Promise<readonly Quality[]> =>
  (await hub.qualities.list(resourceId, { limit: 10 })).items;
const places = (hub: Intake) =>
  Object.keys(hub.checked.visible())
    .filter((key) => key.includes(id))
    .sort();

describe('the difference in rows', () => {
  test.each([
    [1200, 1000, 0.2],
    [800, 1000, -0.2],
    [0, 1000, -1],
    [5, 0, undefined],
    [5, undefined, undefined],
  ])('of %d after %d is %d', (now, before, drift) => expect(driftOf(now, before)).toBe(drift));

  const drift = (rowCount: number) => ({ drift: { rowCount } });
  test.each([
    ['exactly as many more as may be', drift(0.2), 1200, 1000, false],
    ['one more', drift(0.2), 1201, 1000, true],
    ['exactly as many fewer as may be', drift(0.2), 800, 1000, false],
    ['one fewer', drift(0.2), 799, 1000, true],
    ['a share that floating point multiplication would misjudge', drift(0.29), 129, 100, false],
    ['any, where none may be', drift(0), 1001, 1000, true],
    ['none, where none may be', drift(0), 1000, 1000, false],
    ['the first rows of a dataset that had none', drift(1000), 1, 0, true],
    ['still none', drift(0), 0, 0, false],
    ['the first dataset', drift(0), 1000, undefined, false],
  ])('holds an upload, or not: %s', (_, rules, now, before, isHeld) => {
    expect(holding({}, rules, now, before)).toEqual(
      isHeld ? { reason: 'row-count', previousRows: before, rows: now, limit: rules.drift.rowCount } : undefined,
    );
    expect(holding({ confirmedAt: later(5) }, rules, now, before)).toBeUndefined();
    expect(holding({}, {}, now, before)).toBeUndefined();
  });
});

describe('an upload with too many or too few rows', () => {
  test.each([
    ['two', 2, 'accepted'],
    ['six', 6, 'accepted'],
    ['seven', 7, 'held'],
    ['one', 1, 'held'],
  ])('in the place of four: %s', async (_, count, state) => {
    expect((await sent(await watched(), rows(count))).state).toBe(state);
  });

  test('waits, with all that was found to decide by, and the dataset stays as it is', async () => {
    const hub = await holds();
    const held = { reason: 'row-count', previousRows: 4, rows: 7, limit: 0.5 };
    const counts = { read: 8, accepted: 7, rejected: 1 };
    expect(await hub.upload(id)).toMatchObject({
      state: 'held',
      held,
      rows: counts,
      reportKey: `reports/${id}/1.csv`,
      lookAgainAt: later(10 + 14 * DAY),
    });
    expect(places(hub)).toEqual([`reports/${id}/1.csv`]);
    expect(hub.datasets).toHaveLength(1);
    expect(await hub.resources.head(resourceId)).toMatchObject({ datasetVersion: 1, committedSequence: 1 });
    expect(hub.evidence[1]).toMatchObject({
      act: 'upload-held',
      actor: { department: 'hub' },
      subject: { uploadId: id },
    });
    expect((await qualities(hub))[0]).toMatchObject({ state: 'held', held, rows: counts, datasetRows: 7, drift: 0.75 });
    expect(hub.metrics.counts).toMatchObject({ UploadsAccepted: 1, RowsRead: 4 });
  });

  test('shows its provider the report', async () => {
    const hub = await holds();
    const { body } = await callApi<Upload>(hub.api, {
      as: 'quality',
      route: routes.readUpload,
      params: { uploadId: id },
    });
    expect(body).toMatchObject({ state: 'held', held: { rows: 7 }, report: { url: expect.any(String) } });
    expect(body).not.toHaveProperty('fixFile');
  });

  test('is left alone by messages, events and the sweeper', async () => {
    const hub = await holds();
    const before = await hub.upload(id);
    await hub.check({ uploadId: id });
    hub.pass(13 * DAY);
    await hub.sweep();
    expect([await hub.upload(id), hub.queue.sent, hub.evidence.length]).toEqual([before, [], 2]);
  });
});

describe('the provider’s word', () => {
  test('that it is right has it checked once more, and put in force', async () => {
    const hub = await holds();
    hub.pass(100);
    const { status, body } = await decided(hub, 'accept', {
      session: 'clerk-9',
      body: { decision: 'accept', reason: 'two districts were merged' },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ state: 'received', confirmedAt: later(100), reason: 'two districts were merged' });
    expect(hub.evidence[2]).toMatchObject({
      act: 'upload-confirmed',
      actor: { department: 'quality', session: 'clerk-9' },
      subject: { uploadId: id },
    });
    await hub.drain();
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted', epoch: 2, datasetVersion: 2, held: { rows: 7 } });
    expect(hub.datasets[1]).toMatchObject({ rows: 7 });
    expect((await qualities(hub))[0]).toMatchObject({ state: 'accepted', datasetVersion: 2, drift: 0.75 });
    await hub.settle();
    expect(places(hub)).toEqual(['datasets/legal-entities', 'fixes', 'reports'].map((place) => `${place}/${id}/2.csv`));
  });

  test('that it is not ends it, and nothing else changes', async () => {
    const hub = await holds();
    const { body } = await decided(hub, 'refuse');
    expect(body).toMatchObject({ state: 'refused', refusal: { code: 'declined' }, held: { rows: 7 } });
    expect(hub.evidence[2]).toMatchObject({ act: 'upload-declined', actor: { department: 'quality' } });
    expect((await qualities(hub))[0]).toMatchObject({
      state: 'refused',
      held: { rows: 7 },
      datasetRows: 7,
      drift: 0.75,
    });
    await hub.settle();
    expect([hub.datasets.length, places(hub)]).toEqual([1, [`reports/${id}/1.csv`]]);
    expect(await hub.upload(id)).not.toHaveProperty('lookAgainAt');
  });

  test.each(['accept', 'refuse'] as const)('said twice, with a key or without, counts once: %s', async (decision) => {
    const hub = await holds();
    const keyed = { headers: { 'idempotency-key': 'k' } };
    const first = await decided(hub, decision, keyed);
    expect(await decided(hub, decision, keyed)).toEqual(first);
    expect(await decided(hub, decision)).toEqual(first);
    expect(await decided(hub, decision, { headers: { 'idempotency-key': 'other' } })).toEqual(first);
    expect(hub.evidence).toHaveLength(3);
  });

  test('said twice at once counts once', async () => {
    const hub = await holds();
    const replies = await Promise.all([1, 2, 3].map(() => decided<Upload & Problem>(hub, 'refuse')));
    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
    expect(hub.evidence).toHaveLength(3);
  });

  const expired = inState.refused({ refusal: { code: 'expired', detail: 'x' } });
  const declined = inState.refused({ refusal: { code: 'declined', detail: 'x' } });
  const confirmedAt = later(50);
  test.each([
    ['awaiting', inState.awaiting(), 'wrong-state', 'wrong-state'],
    ['received', inState.received(), 'wrong-state', 'wrong-state'],
    ['being checked', inState.checking(), 'wrong-state', 'wrong-state'],
    ['held', inState.held(), 'confirm', 'decline'],
    ['confirmed', inState.received({ confirmedAt }), 'said-before', 'wrong-state'],
    ['confirmed and being checked', inState.checking({ confirmedAt }), 'said-before', 'wrong-state'],
    ['confirmed and accepted', inState.accepted({ confirmedAt }), 'said-before', 'wrong-state'],
    ['confirmed too late', inState.refused({ confirmedAt }), 'said-before', 'wrong-state'],
    ['accepted', inState.accepted(), 'wrong-state', 'wrong-state'],
    ['declined', declined, 'wrong-state', 'said-before'],
    ['given up', expired, 'wrong-state', 'wrong-state'],
    ['refused', inState.refused(), 'wrong-state', 'wrong-state'],
  ])('on an upload that is %s', (_, upload, accept, refuse) => {
    expect(decide(upload, { decision: 'accept' }, later(90)).kind).toBe(accept);
    expect(decide(upload, { decision: 'refuse' }, later(90)).kind).toBe(refuse);
  });

  test.each([
    ['an upload that is not held', 'quality', anId(499), 409, 'wrong-state'],
    ['another department’s', 'tax', id, 404, 'not-found'],
    ['none', 'quality', anId(404), 404, 'not-found'],
    ['what only members may decide', 'auditor', id, 403, 'role-not-permitted'],
  ])('is refused on %s', async (_, as, uploadId, status, code) => {
    const hub = await holds();
    const reply = await decided<Problem>(hub, 'accept', { as, params: { uploadId } });
    expect([reply.status, reply.body.code, hub.evidence.length]).toEqual([status, code, 2]);
  });

  test('whose message is lost is found by the sweeper', async () => {
    const hub = await holds();
    const queue = { send: () => Promise.reject(new Error('no queue')) };
    const broken = api([decideUpload({ ...hub.ports, queue })], hub.ports);
    const call = { as: 'quality', route: routes.decideUpload, params: { uploadId: id }, body: { decision: 'accept' } };
    expect((await callApi(broken, call)).status).toBe(200); // what was decided stands
    expect(hub.queue.sent).toEqual([]);
    hub.pass(61);
    await hub.sweep();
    await hub.drain();
    expect((await hub.upload(id)).state).toBe('accepted');
  });

  test('whose message is lost sends it again when it is said again', async () => {
    const hub = await holds();
    await decided(hub, 'accept');
    hub.queue.sent.splice(0);
    await decided(hub, 'accept');
    await hub.drain();
    expect((await hub.upload(id)).state).toBe('accepted');
  });

  test('comes too late where a newer upload is in force', async () => {
    const hub = await holds();
    await sent(hub, rows(5), { uploadId: second, sequence: 3 });
    expect((await decided(hub, 'accept')).body.state).toBe('received');
    await hub.drain();
    expect(await hub.upload(id)).toMatchObject({
      state: 'refused',
      refusal: { code: 'superseded' },
      confirmedAt: later(0),
    });
    expect((await qualities(hub)).map(({ state }) => state)).toEqual(['accepted', 'refused', 'accepted']);
  });

  test('is not asked for a second time, whatever is in force by then', async () => {
    const hub = await watched();
    await sent(hub, grown, { sequence: 9 });
    await decided(hub, 'accept');
    await sent(hub, rows(2), { uploadId: second, sequence: 3 });
    await hub.drain();
    expect(hub.datasets.map((dataset) => dataset.rows)).toEqual([4, 2, 7]);
  });

  test('that nobody gives for two weeks ends it', async () => {
    const hub = await holds();
    hub.pass(14 * DAY + 10);
    await hub.sweep();
    expect(await hub.upload(id)).toMatchObject({ state: 'refused', refusal: { code: 'expired' }, held: { rows: 7 } });
    expect(hub.evidence[2]).toMatchObject({ act: 'upload-refused', subject: { uploadId: id, refusal: 'expired' } });
    expect((await qualities(hub))[0]).toMatchObject({ state: 'refused' });
  });
});

describe('changes announced after an upload that is held', () => {
  const edit = `${JSON.stringify({ code: 'N1', amount: 1 })}\n`;
  async function behind(): Promise<Intake> {
    const hub = await holds();
    await sent(hub, edit, {
      uploadId: third,
      sequence: 3,
      content: 'changes',
      format: 'ndjson',
      receivedAt: later(DAY),
    });
    expect((await hub.upload(third)).state).toBe('received');
    return hub;
  }
  const rowsInForce = (hub: Intake) => hub.datasets.map((dataset) => dataset.rows);

  test('follow it once it is confirmed', async () => {
    const hub = await behind();
    await decided(hub, 'accept');
    await hub.drain();
    expect(rowsInForce(hub)).toEqual([4, 7, 8]);
  });
  test('go ahead without it once it is refused', async () => {
    const hub = await behind();
    await decided(hub, 'refuse');
    await hub.drain();
    expect(rowsInForce(hub)).toEqual([4, 5]);
  });
  test('go ahead without it once nobody decided', async () => {
    const hub = await behind();
    hub.pass(14 * DAY + 10);
    await hub.sweep();
    await hub.drain();
    expect(rowsInForce(hub)).toEqual([4, 5]);
  });
  test('may be held in their turn, by the rows of what they make', async () => {
    const hub = await watched();
    const many = Array.from({ length: 3 }, (_, index) => `${JSON.stringify({ code: `N${index}` })}\n`).join('');
    const end = await sent(hub, many, { content: 'changes', format: 'ndjson' });
    expect(end).toMatchObject({ state: 'held', held: { previousRows: 4, rows: 7 }, rows: { read: 3 } });
  });
});

describe('a check that holds an upload and comes to grief at any of its writes', () => {
  test.each(
    (['process', 'fault'] as const).flatMap((death) => (['before', 'after'] as const).map((when) => ({ death, when }))),
  )('ends like one that does not: $death $when the write', async (grief) => {
    let writes = 0;
    for (let nth = 1; ; nth++) {
      const hub = await watched();
      hub.arrived(grown, { sequence: 2 });
      const { ports, reached } = mortal(hub.ports, { nth, ...grief });
      await checkHandler(ports)({ uploadId: id }).catch(() => undefined);
      if (!reached()) break;
      writes = nth;
      hub.pass(61);
      await hub.check({ uploadId: id });
      const { state, epoch } = await hub.upload(id);
      expect([nth, state, hub.datasets.length, hub.evidence.length]).toEqual([nth, 'held', 1, 2]);
      await decided(hub, 'refuse');
      await hub.settle();
      expect([nth, ...places(hub)]).toEqual([nth, `reports/${id}/${epoch}.csv`]);
    }
    expect(writes).toBeGreaterThanOrEqual(6);
  });
});

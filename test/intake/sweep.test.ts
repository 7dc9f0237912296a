import { describe, expect, test } from '@jest/globals';
import { sweepHandler } from '../../functions/intake/sweep.handler.ts';
import { anId } from '../support/builders.ts';
import { anUpload, inState, later } from './an-upload.ts';
import { anIntake, good } from './hub.ts';

const id = anId(500);
const SIX_HOURS = 6 * 3600;

describe('the sweeper', () => {
  test('finds an object whose event got lost', async () => {
    const hub = anIntake();
    hub.arrived(good, {}, 'awaiting');
    hub.pass(121);
    await hub.sweep();
    expect(await hub.upload(id)).toMatchObject({ state: 'received', object: { versionId: 'v1', bytes: good.length } });
    expect(hub.queue.sent).toEqual([{ uploadId: id, provider: 'quality' }]);
  });

  test('looks again at one that is still awaited, ever more rarely', async () => {
    const hub = anIntake();
    hub.give({ upload: anUpload() });
    const waits: number[] = [];
    for (let look = 0; look < 6; look++) {
      const { lookAgainAt = '' } = await hub.upload(id);
      hub.clock.set(lookAgainAt);
      await hub.sweep();
      waits.push((Date.parse((await hub.upload(id)).lookAgainAt ?? '') - Date.parse(lookAgainAt)) / 1000);
    }
    expect(waits).toEqual([120, 240, 480, 900, 900, 900]);
    expect(await hub.upload(id)).toMatchObject({ state: 'awaiting' });
  });

  test('gives up on one that never came, once a PUT that began in time must be over', async () => {
    const hub = anIntake();
    hub.give({ upload: anUpload() });
    hub.pass(3600 + SIX_HOURS - 1);
    await hub.sweep();
    expect((await hub.upload(id)).state).toBe('awaiting');
    hub.pass(900);
    await hub.sweep();
    const end = await hub.upload(id);
    expect(end).toMatchObject({ state: 'refused', refusal: { code: 'expired' } });
    expect(end).not.toHaveProperty('lookAgainAt');
    expect(hub.evidence).toMatchObject([
      { act: 'upload-refused', actor: { department: 'hub' }, subject: { uploadId: id, refusal: 'expired' } },
    ]);
  });

  test('takes one that came at last, however late', async () => {
    const hub = anIntake();
    hub.arrived(good, {}, 'awaiting');
    hub.pass(3600 + SIX_HOURS + 1);
    await hub.sweep();
    expect((await hub.upload(id)).state).toBe('received');
  });

  test('ends the multipart upload of one that expired', async () => {
    const hub = anIntake();
    const multipartId = await hub.objects.startMultipart('key');
    hub.give({ upload: anUpload({ multipart: { id: multipartId, parts: [] } }) });
    hub.pass(3600 + SIX_HOURS + 1);
    await hub.sweep();
    expect(hub.objects.aborted).toEqual([multipartId]);
  });

  test.each([
    ['received, but never checked', inState.received()],
    ['left behind by a check that died', inState.checking()],
  ])('has one checked that was %s, and looks again later', async (_, upload) => {
    const hub = anIntake();
    hub.give({ upload });
    hub.pass(100);
    await hub.sweep();
    await hub.sweep();
    expect(hub.queue.sent).toHaveLength(1);
    expect(await hub.upload(id)).toEqual({ ...upload, lookAgainAt: later(190) });
  });

  test.each([
    ['being checked', inState.checking({ leaseUntil: later(500), lookAgainAt: later(90) })],
    ['accepted', inState.accepted()],
    ['refused', inState.refused()],
  ])('leaves one alone that is %s', async (_, upload) => {
    const hub = anIntake();
    hub.give({ upload });
    hub.pass(100);
    await hub.sweep();
    expect([hub.queue.sent, hub.evidence, await hub.upload(id)]).toEqual([[], [], upload]);
  });

  test('goes on with the others where one fails, and comes back to that one later', async () => {
    const hub = anIntake();
    const bad = anUpload({ uploadId: anId(1), key: 'bad' });
    hub.give({ upload: bad });
    hub.arrived(good, {}, 'awaiting');
    hub.pass(121);
    const find: typeof hub.objects.find = (key) =>
      key === 'bad' ? Promise.reject(new Error('S3 is slow')) : hub.objects.find(key);
    await sweepHandler({ ...hub.ports, objects: { ...hub.objects, find } })();
    expect((await hub.upload(id)).state).toBe('received');
    expect((await hub.upload(anId(1))).lookAgainAt).toBe(later(242));
    expect(hub.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', about: expect.objectContaining({ uploadId: anId(1) }) }),
    );
  });

  test('is bounded: what it does not manage in one run it manages in the next', async () => {
    const hub = anIntake();
    for (let each = 0; each < 600; each++) hub.give({ upload: inState.received({ uploadId: anId(1000 + each) }) });
    hub.pass(100);
    await hub.sweep();
    expect(hub.queue.sent).toHaveLength(500);
    await hub.sweep();
    expect(new Set(hub.queue.sent.map(({ uploadId }) => uploadId)).size).toBe(600);
  });
});

describe('whatever gets lost', () => {
  test('an upload whose event is lost, whose message is lost and whose check dies is accepted all the same', async () => {
    const hub = anIntake();
    hub.arrived(good, {}, 'awaiting');
    hub.pass(200);
    await hub.sweep();
    hub.pass(200);
    await hub.sweep();
    const received = await hub.upload(id);
    hub.give({ upload: inState.checking({ ...received, epoch: 1, leaseUntil: later(460), lookAgainAt: later(460) }) });
    hub.pass(200);
    await hub.sweep();
    for (const { uploadId } of hub.queue.sent) await hub.check({ uploadId });
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted', epoch: 2 });
    expect([hub.datasets.length, hub.evidence.length]).toEqual([1, 1]);
  });
});

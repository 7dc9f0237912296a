import { describe, expect, test } from '@jest/globals';
import { receiveHandler } from '../../functions/intake/receive.handler.ts';
import { anId } from '../support/builders.ts';
import { inState } from './an-upload.ts';
import { anIntake, createdEvent, good } from './hub.ts';

const id = anId(500);

describe('the event of an object', () => {
  function arriving() {
    const hub = anIntake();
    const upload = hub.arrived(good, {}, 'awaiting');
    return { hub, upload, event: createdEvent(upload.key, good.length, 'v1') };
  }

  test('marks its upload received and has it checked, in the group of its provider', async () => {
    const { hub, event } = arriving();
    await hub.receive(event);
    expect(await hub.upload(id)).toMatchObject({ state: 'received', object: { versionId: 'v1', bytes: good.length } });
    expect(hub.queue.sent).toEqual([{ uploadId: id, provider: 'quality' }]);
  });

  test('that comes again while the upload waits only reminds of it', async () => {
    const { hub, event } = arriving();
    await hub.receive(event);
    const before = await hub.upload(id);
    await hub.receive(event);
    expect(await hub.upload(id)).toEqual(before);
    expect(hub.queue.sent).toHaveLength(2);
  });

  test('of a second object at the same key changes nothing, in whichever order the two are told', async () => {
    const { hub, upload, event } = arriving();
    hub.objects.send(upload.key, good);
    await hub.receive(createdEvent(upload.key, good.length, 'v2'));
    await hub.receive(event);
    expect(await hub.upload(id)).toMatchObject({ state: 'received', object: { versionId: 'v2' } });
    expect(hub.queue.sent).toHaveLength(1);
    await hub.check({ uploadId: id });
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted' });
  });

  test('that comes after the check is ignored', async () => {
    const { hub, event } = arriving();
    await hub.receive(event);
    await hub.drain();
    await hub.receive(event);
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted' });
    expect(hub.queue.sent).toEqual([]);
  });

  test.each([
    ['of no upload', `uploads/quality/${anId(999)}`],
    ['that names another provider than the upload has', `uploads/tax/${id}`],
    ['of another kind', 'something/else'],
  ])('with a key %s is logged and ignored', async (_, key) => {
    const { hub } = arriving();
    await hub.receive(createdEvent(key, 5, 'v1'));
    expect([(await hub.upload(id)).state, hub.queue.sent]).toEqual(['awaiting', []]);
    expect(hub.log.lines).toMatchObject([{ level: 'warn', about: { key } }]);
  });

  test('that arrives while somebody else marks the upload still has it checked', async () => {
    const { hub, upload, event } = arriving();
    const find: typeof hub.uploads.find = async (uploadId) => {
      const read = await hub.uploads.find(uploadId);
      hub.give({
        upload: inState.received({
          ...upload,
          receivedAt: upload.announcedAt,
          object: { versionId: 'v1', bytes: good.length },
        }),
      });
      return read;
    };
    await receiveHandler({ ...hub.ports, uploads: { ...hub.uploads, find } })(event);
    expect(hub.queue.sent).toHaveLength(1);
  });

  test('whose message could not be sent is sent when the event comes again', async () => {
    const { hub, event } = arriving();
    await expect(
      receiveHandler({ ...hub.ports, queue: { send: () => Promise.reject(new Error('no queue')) } })(event),
    ).rejects.toThrow('no queue');
    await hub.receive(event);
    expect(hub.queue.sent).toHaveLength(1);
  });

  test('without a version is a fault: the bucket must keep versions', async () => {
    const { hub } = arriving();
    await expect(hub.receive({ detail: { object: { key: 'k', size: 1 } } })).rejects.toThrow('versions');
  });
});

import { describe, expect, test } from '@jest/globals';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import type { IntakeObjects } from '../../functions/intake/ports.ts';
import { aResource, anId } from '../support/builders.ts';
import { digest } from './an-upload.ts';
import { anIntake, good, intolerable, second, tolerable, type Intake } from './hub.ts';
import { mortal, type Death } from './mortal.ts';

const id = anId(500);
const dataset = (epoch: number, uploadId = id) => `datasets/legal-entities/${uploadId}/${epoch}.csv`;
const report = (epoch: number) => `reports/${id}/${epoch}.csv`;
const fixFile = (epoch: number) => `fixes/${id}/${epoch}.csv`;

async function checked(content: string, changes: Parameters<Intake['arrived']>[1] = {}) {
  const hub = anIntake();
  hub.arrived(content, changes);
  await hub.check({ uploadId: id });
  return { ...hub, end: await hub.upload(id) };
}

describe('an upload that is checked', () => {
  test('becomes the next dataset version, byte for byte what was checked, with evidence of both digests', async () => {
    const { end, datasets, evidence, checked: objects, resources } = await checked(good);
    expect(end).toMatchObject({
      state: 'accepted',
      datasetVersion: 1,
      rows: { read: 4, accepted: 4, rejected: 0 },
      violations: [],
    });
    expect(objects.visible()).toEqual({ [dataset(1)]: good });
    expect(datasets).toMatchObject([
      {
        datasetVersion: 1,
        rows: 4,
        bytes: good.length,
        sha256: digest(good),
        columns: ['code', 'amount', 'phone'],
        objects: [{ key: dataset(1) }],
      },
    ]);
    expect(evidence).toMatchObject([
      {
        act: 'upload-accepted',
        actor: { department: 'hub', session: 'check' },
        digests: { file: digest(good), dataset: digest(good) },
        subject: { uploadId: id, resourceId: 'legal-entities', resourceVersion: 1, datasetVersion: 1 },
      },
    ]);
    expect(await resources.head(end.resourceId)).toMatchObject({ datasetVersion: 1, committedSequence: 1 });
  });

  test('goes out without its rejected records, as long as they are tolerable, and keeps their report', async () => {
    const { end, checked: objects } = await checked(tolerable);
    expect(end).toMatchObject({
      state: 'accepted',
      rows: { read: 4, accepted: 3, rejected: 1 },
      reportKey: report(1),
      violations: [{ field: 'amount', rule: 'type', count: 1, firstLine: 3 }],
    });
    expect(objects.visible()[dataset(1)]).toBe('code,amount,phone\nA1,1,\nA3,3,\nA4,4,\n');
    expect(objects.visible()[report(1)]).toContain('3,2,amount,type,many');
  });

  test.each([
    ['too many records are rejected', intolerable, {}, 'too-many-rejections', [report(1)]],
    ['its digest is another', good, { sha256: digest('another') }, 'digest-mismatch', []],
    ['its length is another', good, { bytes: 5 }, 'length-mismatch', []],
    ['its header does not fit', 'code,colour\nA1,red\n', {}, 'header', []],
    ['it has no record', 'code,amount,phone\n', {}, 'empty', []],
  ])('is refused where %s: no dataset, and one evidence item', async (_, content, changes, code, left) => {
    const { end, datasets, evidence, checked: objects, resources } = await checked(content, changes);
    expect(end).toMatchObject({ state: 'refused', refusal: { code } });
    expect(Object.keys(objects.visible())).toEqual(left);
    expect(datasets).toEqual([]);
    expect(evidence).toMatchObject([{ act: 'upload-refused', subject: { uploadId: id, refusal: code } }]);
    expect(await resources.head(end.resourceId)).toMatchObject({ datasetVersion: 0, committedSequence: 0 });
  });

  test('is not even read where its length is another', async () => {
    const hub = anIntake();
    hub.arrived(good, { bytes: 5 });
    const unreadable: IntakeObjects = { ...hub.objects, read: () => Promise.reject(new Error('it was read')) };
    await checkHandler({ ...hub.ports, objects: unreadable })({ uploadId: id });
    expect((await hub.upload(id)).refusal?.code).toBe('length-mismatch');
  });

  test('is read in the version that arrived first, whatever was put on top', async () => {
    const hub = anIntake();
    const upload = hub.arrived(good);
    hub.objects.send(upload.key, 'code\nother bytes\n');
    await hub.check({ uploadId: id });
    expect(hub.checked.visible()).toEqual({ [dataset(1)]: good });
  });

  test('leaves no value of a record in the log', async () => {
    const { log } = await checked('code,amount,phone\nA1,plenty,13800000000\nA2,2,13900000000\n');
    expect(JSON.stringify(log.lines)).not.toMatch(/13800000000|plenty/);
  });
});

describe('two uploads of one resource', () => {
  const newer = 'code,amount,phone\nB1,1,\n';
  function both() {
    const hub = anIntake();
    hub.arrived(good, { sequence: 4 });
    hub.arrived(newer, { uploadId: second, sequence: 5 });
    return hub;
  }

  test('in their order make two dataset versions', async () => {
    const hub = both();
    await hub.check({ uploadId: id });
    await hub.check({ uploadId: second });
    expect(hub.datasets.map(({ datasetVersion, uploadId }) => [datasetVersion, uploadId])).toEqual([
      [1, id],
      [2, second],
    ]);
    expect(await hub.resources.head(aResource().resourceId)).toMatchObject({ datasetVersion: 2, committedSequence: 5 });
  });

  test('the other way round: the older snapshot is superseded, without being read', async () => {
    const hub = both();
    await hub.check({ uploadId: second });
    await checkHandler({
      ...hub.ports,
      objects: { ...hub.objects, read: () => Promise.reject(new Error('it was read')) },
    })({ uploadId: id });
    expect(await hub.upload(id)).toMatchObject({ state: 'refused', refusal: { code: 'superseded' } });
    expect(hub.datasets).toHaveLength(1);
    expect(Object.keys(hub.checked.visible())).toEqual([dataset(1, second)]);
  });

  test('where the newer one commits while the older one is read, the older one still does not replace it', async () => {
    const hub = both();
    await checkHandler({
      ...hub.ports,
      objects: {
        ...hub.objects,
        read: async (key, version) => {
          await hub.check({ uploadId: second });
          return hub.objects.read(key, version);
        },
      },
    })({ uploadId: id });
    expect(await hub.upload(id)).toMatchObject({
      state: 'refused',
      refusal: { code: 'superseded' },
      rows: { read: 4 },
    });
    expect(hub.datasets).toMatchObject([{ datasetVersion: 1, uploadId: second }]);
    expect(Object.keys(hub.checked.visible())).toEqual([dataset(1, second)]);
  });

  test('where an older one commits just before the newer one, both get a version', async () => {
    const hub = both();
    let meddled = false;
    const uploads = {
      ...hub.uploads,
      accept: async (acceptance: Parameters<typeof hub.uploads.accept>[0]) => {
        if (!meddled) {
          meddled = true;
          await hub.check({ uploadId: id });
        }
        return hub.uploads.accept(acceptance);
      },
    };
    await checkHandler({ ...hub.ports, uploads })({ uploadId: second });
    expect(hub.datasets.map(({ datasetVersion, uploadId }) => [datasetVersion, uploadId])).toEqual([
      [1, id],
      [2, second],
    ]);
    expect(hub.evidence).toHaveLength(2);
  });
});

describe('a message that comes again', () => {
  test.each([
    ['accepted', good],
    ['refused', intolerable],
  ])('after the upload was %s changes nothing', async (_, content) => {
    const hub = await checked(content);
    await hub.drain();
    const before = [await hub.upload(id), hub.datasets.length, hub.evidence.length, hub.checked.visible()];
    await hub.check({ uploadId: id });
    expect([await hub.upload(id), hub.datasets.length, hub.evidence.length, hub.checked.visible()]).toEqual(before);
  });
  test('while another attempt holds the upload is tried again later', async () => {
    const hub = anIntake();
    hub.arrived(good);
    let during: unknown;
    await checkHandler({
      ...hub.ports,
      objects: {
        ...hub.objects,
        read: async (key, version) => {
          during = await hub.check({ uploadId: id }).catch((fault: unknown) => fault);
          return hub.objects.read(key, version);
        },
      },
    })({ uploadId: id });
    expect(during).toMatchObject({ message: expect.stringContaining('held') });
    expect([(await hub.upload(id)).state, hub.datasets.length]).toEqual(['accepted', 1]);
  });
  test('for an upload that does not exist, or whose bytes have not come, is done with', async () => {
    const hub = anIntake();
    await hub.check({ uploadId: anId(1) });
    hub.arrived(good, {}, 'awaiting');
    await hub.check({ uploadId: id });
    expect((await hub.upload(id)).state).toBe('awaiting');
  });
});

describe('a check that comes to grief at any of its writes', () => {
  const cases = [
    ['accepted', tolerable, [dataset, report, fixFile]],
    ['refused', intolerable, [report]],
  ] as const;
  const griefs = (['process', 'fault'] as const).flatMap((death) =>
    (['before', 'after'] as const).map((when) => ({ death, when })),
  );

  /** Every write of a check, one after the other, until a check gets by without reaching the n-th. */
  async function everyWrite(
    content: string,
    grief: { death: Death; when: 'before' | 'after' },
    verify: (hub: Intake, nth: number) => Promise<void>,
  ) {
    for (let nth = 1; ; nth++) {
      const hub = anIntake();
      hub.arrived(content);
      const { ports, reached } = mortal(hub.ports, { nth, ...grief });
      await checkHandler(ports)({ uploadId: id }).catch(() => undefined);
      if (!reached()) return nth - 1;
      await verify(hub, nth);
    }
  }

  test.each(griefs)('of changes likewise: $death $when the write', async (grief) => {
    const edits = '{"code":"A1","amount":9}\n{"_op":"delete","code":"A2"}\n{"code":"N1","amount":1}\n';
    const merged = 'code,amount,phone\nA1,9,\nA3,3,\nA4,4,\nN1,1,\n';
    let writes = 0;
    for (let nth = 1; ; nth++) {
      const hub = await checked(good);
      await hub.drain();
      hub.arrived(edits, { uploadId: second, sequence: 2, content: 'changes', format: 'ndjson' });
      const { ports, reached } = mortal(hub.ports, { nth, ...grief });
      await checkHandler(ports)({ uploadId: second }).catch(() => undefined);
      if (!reached()) break;
      writes = nth;
      hub.pass(61);
      await hub.check({ uploadId: second });
      await hub.settle();
      const end = await hub.upload(second);
      expect({ nth, state: end.state, evidence: hub.evidence.length }).toEqual({ nth, state: 'accepted', evidence: 2 });
      expect(hub.checked.visible()).toEqual({ [dataset(1)]: good, [dataset(end.epoch, second)]: merged });
      expect(end).not.toHaveProperty('lookAgainAt');
      expect((await hub.qualities.list(end.resourceId, { limit: 9 })).items).toMatchObject([
        { sequence: 2, content: 'changes', datasetRows: 4, drift: 0, fields: expect.any(Array) },
        { sequence: 1, datasetRows: 4, fields: expect.any(Array) },
      ]);
    }
    expect(writes).toBeGreaterThanOrEqual(5);
  });

  test.each(
    cases.flatMap(([state, content, places]) =>
      griefs.map(({ death, when }) => ({ state, content, places, death, when })),
    ),
  )('ends like one that does not: $state, $death $when the write', async ({ state, content, places, death, when }) => {
    const writes = await everyWrite(content, { death, when }, async (hub, nth) => {
      // A process that is gone leaves its lease behind; one that met a fault may or may not have let go of it.
      hub.pass(61);
      await hub.check({ uploadId: id });
      await hub.settle();
      const end = await hub.upload(id);
      expect(end).not.toHaveProperty('lookAgainAt');
      expect({ nth, state: end.state, datasets: hub.datasets.length, evidence: hub.evidence.length }).toEqual({
        nth,
        state,
        datasets: state === 'accepted' ? 1 : 0,
        evidence: 1,
      });
      expect(Object.keys(hub.checked.visible()).sort()).toEqual(places.map((place) => place(end.epoch)).sort());
      expect(end.reportKey).toBe(report(end.epoch));
      if (state === 'accepted')
        expect(hub.datasets).toMatchObject([{ datasetVersion: 1, objects: [{ key: dataset(end.epoch) }] }]);
    });
    expect(writes).toBeGreaterThanOrEqual(4);
  });

  describe('what an attempt left behind', () => {
    const broken = () => Promise.reject(new Error('no answer'));
    async function left() {
      const hub = anIntake();
      hub.arrived(good);
      const first = checkHandler({ ...hub.ports, uploads: { ...hub.uploads, accept: broken } })({ uploadId: id });
      await expect(first).rejects.toThrow('no answer');
      await hub.check({ uploadId: id });
      await hub.drain();
      return hub;
    }

    test('stays while that attempt may still be writing, then goes, and with it the mark', async () => {
      const hub = await left();
      hub.pass(3599);
      await hub.sweep();
      await hub.check({ uploadId: id });
      expect([hub.queue.sent, Object.keys(hub.checked.visible())]).toEqual([[], [dataset(1), dataset(2)]]);
      await hub.settle();
      expect(Object.keys(hub.checked.visible())).toEqual([dataset(2)]);
      expect(hub.datasets).toMatchObject([{ objects: [{ key: dataset(2) }] }]);
      expect(await hub.upload(id)).not.toHaveProperty('lookAgainAt');
    });

    test('is looked for again until it could be removed', async () => {
      const hub = await left();
      hub.pass(3601);
      await checkHandler({ ...hub.ports, checked: { ...hub.checked, remove: broken } })({ uploadId: id });
      expect(Object.keys(hub.checked.visible())).toEqual([dataset(1), dataset(2)]);
      await hub.settle();
      expect(Object.keys(hub.checked.visible())).toEqual([dataset(2)]);
    });
  });

  test('of an upload whose check fails again and again somebody is told, by its ids alone', async () => {
    const hub = anIntake();
    const { resourceId } = hub.arrived(good);
    const unreadable = checkHandler({
      ...hub.ports,
      objects: { ...hub.objects, read: () => Promise.reject(new Error('no answer')) },
    });
    const told = () => hub.log.lines.filter(({ level }) => level === 'error').map(({ about }) => about);
    for (let attempt = 1; attempt <= 5; attempt++) await expect(unreadable({ uploadId: id })).rejects.toThrow();
    expect(told()).toEqual([]);
    for (let attempt = 6; attempt <= 7; attempt++) await expect(unreadable({ uploadId: id })).rejects.toThrow();
    expect(told()).toEqual([6, 7].map((epoch) => ({ code: 'upload-stuck', uploadId: id, resourceId, epoch })));
  });

  test('after a fault the next attempt need not wait for the lease to end', async () => {
    const hub = anIntake();
    hub.arrived(good);
    const { ports } = mortal(hub.ports, { nth: 2, when: 'before', death: 'fault' });
    await expect(checkHandler(ports)({ uploadId: id })).rejects.toThrow();
    await hub.check({ uploadId: id });
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted', epoch: 2 });
  });
});

describe('a check that is paused past its lease, while another finishes the upload', () => {
  /** Runs `between` at a moment of the first attempt; the second attempt starts a minute later and goes through. */
  const overtake = async (hub: Intake) => {
    hub.pass(61);
    await hub.check({ uploadId: id });
  };
  const unharmed = async (hub: Intake) => {
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted', epoch: 2, datasetVersion: 1 });
    expect(hub.datasets).toMatchObject([{ datasetVersion: 1, objects: [{ key: dataset(2) }] }]);
    expect(hub.evidence).toHaveLength(1);
    expect(hub.checked.visible()).toEqual({ [dataset(2)]: good });
  };

  test('while reading: it notices when it goes on, and fails', async () => {
    const hub = anIntake();
    hub.arrived(good);
    const read: IntakeObjects['read'] = async (key, version) => {
      await overtake(hub);
      return hub.objects.read(key, version);
    };
    await expect(checkHandler({ ...hub.ports, objects: { ...hub.objects, read } })({ uploadId: id })).rejects.toThrow(
      'lease',
    );
    await unharmed(hub);
  });

  test('while reading: a renewal that finds another attempt stops it at once and in silence', async () => {
    const hub = anIntake();
    hub.arrived(good);
    let read = 0;
    const readOn: IntakeObjects['read'] = async () =>
      (async function* endless() {
        await overtake(hub);
        hub.timer.tick();
        await new Promise((resolve) => setImmediate(resolve));
        for (; read < 1000; read++) yield Buffer.from(good);
      })();
    await checkHandler({ ...hub.ports, objects: { ...hub.objects, read: readOn } })({ uploadId: id });
    await unharmed(hub);
    expect(read).toBeLessThanOrEqual(1);
  });

  test('just before its commit: the commit does not land, and its objects go', async () => {
    const hub = anIntake();
    hub.arrived(good);
    const accept: typeof hub.uploads.accept = async (acceptance) => {
      await overtake(hub);
      return hub.uploads.accept(acceptance);
    };
    await checkHandler({ ...hub.ports, uploads: { ...hub.uploads, accept } })({ uploadId: id });
    await unharmed(hub);
  });

  test('a refusal does not land either', async () => {
    const hub = anIntake();
    hub.arrived(intolerable);
    let overtaken = false;
    const replace: typeof hub.uploads.replace = async (next, was, along) => {
      if (next.state === 'refused' && !overtaken) {
        overtaken = true;
        await overtake(hub);
      }
      return hub.uploads.replace(next, was, along);
    };
    await checkHandler({ ...hub.ports, uploads: { ...hub.uploads, replace } })({ uploadId: id });
    expect(hub.evidence).toHaveLength(1);
    expect(Object.keys(hub.checked.visible())).toEqual([report(2)]);
    expect(await hub.upload(id)).toMatchObject({ epoch: 2, reportKey: report(2) });
  });
});

describe('a long check', () => {
  async function slowly(hub: Intake, steps: number, each: () => Promise<void>) {
    const read: IntakeObjects['read'] = async (key, version) => {
      const chunks = await hub.objects.read(key, version);
      return (async function* slow() {
        for (let step = 0; step < steps; step++) {
          hub.pass(20);
          hub.timer.tick();
          await each();
        }
        yield* chunks;
      })();
    };
    await checkHandler({ ...hub.ports, objects: { ...hub.objects, read } })({ uploadId: id });
  }

  test('keeps its lease by renewing it, and the sweeper away', async () => {
    const hub = anIntake();
    hub.arrived(good);
    await slowly(hub, 30, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      await hub.sweep();
      expect(hub.queue.sent).toEqual([]);
    });
    expect(await hub.upload(id)).toMatchObject({ state: 'accepted', epoch: 1 });
  });
});

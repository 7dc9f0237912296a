import { describe, expect, test } from '@jest/globals';
import { lookForUnnamed, type UnnamedPorts } from '../../functions/intake/attachments/unnamed/look.handler.ts';
import { digestsOf } from '../../functions/datasets/attachments/references.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { jpeg } from '../records/attachments/pictures.ts';
import { zipOf } from '../records/formats/support.ts';
import { aDefinition, anAgreement, anId, aResourceVersion, terms } from '../support/builders.ts';
import { testAttachmentMacs } from '../support/memory/attachments.ts';
import { anIntake, definition } from './hub.ts';
import { mortal } from './mortal.ts';

const resourceId = 'legal-entities' as ResourceId;
const DAY = 86_400;
const photos = aDefinition({
  ...definition,
  schema: {
    ...definition.schema,
    fields: [...definition.schema.fields, { name: 'photo', type: 'string', reference: 'attachment' }],
  },
});

/** A hub whose newest pictures and records are these; each step is a day. */
function aHub() {
  const hub = anIntake(photos);
  let number = 0;
  const taken = async (content: string | Buffer, changes: object) => {
    number += 1;
    const { uploadId } = hub.arrived(content, { uploadId: anId(600 + number), sequence: number, ...changes });
    const head = (await hub.resources.head(resourceId))!;
    hub.store.give({ head: { ...head, lastSequence: number } });
    await hub.check({ uploadId });
    const upload = await hub.upload(uploadId);
    if (upload.state !== 'accepted') throw new Error(JSON.stringify(upload));
    await hub.settle();
    hub.attachmentMarks.marks.set(resourceId, hub.clock.now());
    return uploadId;
  };
  return {
    ...hub,
    /** Records of a version that knows of no pictures. */
    plain: () => taken('code,amount,phone\nA1,1,\n', {}),
    pictures: (...names: string[]) =>
      taken(zipOf(names.map((name, i) => ({ name, content: jpeg({ width: 8 + i }), flags: 0x800 }))), {
        content: 'attachments',
        format: 'auto',
      }),
    records: (...names: string[]) =>
      taken(`code,amount,phone,photo\n${names.map((name, i) => `A${i},1,,${name}\n`).join('')}`, {}),
    look: (ports: UnnamedPorts = hub.ports) => lookForUnnamed(ports)({ resourceId }),
    /** Looks once a day for so many days. */
    async looks(days: number): Promise<void> {
      for (let day = 0; day < days; day++) {
        hub.pass(DAY);
        await lookForUnnamed(hub.ports)({ resourceId });
      }
    },
    async there(): Promise<string[]> {
      const digestOf = await digestsOf(testAttachmentMacs, resourceId);
      const keys = Object.keys(hub.checked.visible()).filter((key) => key.startsWith('attachments/'));
      return ['a', 'b', 'c', 'd', 'e'].filter((name) => keys.some((key) => key.endsWith(digestOf(name))));
    },
    disposals: () => hub.evidence.filter(({ act }) => act === 'attachments-disposed'),
  };
}

type Hub = ReturnType<typeof aHub>;

const agreement = (changes: Partial<Agreement> = {}, retainDays = 365) =>
  anAgreement({
    state: 'active',
    resourceId,
    terms: terms({ duties: { disposal: { retainDays } } }),
    ...(changes as object),
  });

describe('a picture that no record names', () => {
  test('goes after thirty days in which no dataset has named it, with its evidence; those that are named stay', async () => {
    const hub = aHub();
    await hub.pictures('a', 'b', 'c');
    await hub.records('a', 'b', '');
    await hub.look();
    await hub.looks(29);
    expect(await hub.there()).toEqual(['a', 'b', 'c']);
    await hub.looks(1);
    expect(await hub.there()).toEqual(['a', 'b']);
    expect(hub.disposals()).toMatchObject([
      { subject: { resourceId, provider: 'quality', datasetVersion: 1 }, figures: { attachments: 1 } },
    ]);
    await hub.looks(40);
    expect(hub.disposals()).toHaveLength(1);
  });

  test('counts its days anew once a record has named it', async () => {
    const hub = aHub();
    await hub.pictures('a', 'b');
    await hub.records('a');
    await hub.looks(25);
    await hub.records('a', 'b');
    await hub.looks(1);
    await hub.records('a');
    await hub.looks(29);
    expect(await hub.there()).toEqual(['a', 'b']);
    await hub.looks(3);
    expect(await hub.there()).toEqual(['a']);
  });

  test('stays while the resource has no dataset, or none of a version that names pictures', async () => {
    const hub = aHub();
    await hub.pictures('a');
    await hub.looks(40);
    expect(await hub.there()).toEqual(['a']);
    const head = (await hub.resources.head(resourceId))!;
    hub.store.give({ version: aResourceVersion({ definition }) });
    await hub.plain();
    hub.store.give({
      version: aResourceVersion({ version: 2, definition: photos }),
      head: { ...(await hub.resources.head(resourceId))!, latestVersion: 2 },
    });
    await hub.looks(40);
    expect([head.datasetVersion, await hub.there()]).toEqual([0, ['a']]);
  });

  test('is kept as long as what may still be fetched under an agreement may name it', async () => {
    const hub = aHub();
    await hub.pictures('a', 'b');
    await hub.records('a', 'b');
    hub.agreements.push(
      agreement({}, 60),
      agreement({ state: 'terminated' }, 9_000),
      agreement({ state: 'proposed' }, 9_000),
    );
    await hub.records('a');
    await hub.looks(90);
    expect(await hub.there()).toEqual(['a', 'b']);
    await hub.looks(1);
    expect(await hub.there()).toEqual(['a']);
  });

  test.each([
    ['while an agreement is suspended', { state: 'suspended' } as const],
    ['as long after an agreement came into force again', undefined],
  ])('is kept %s: what waited for it goes out only then', async (_, changes) => {
    const hub = aHub();
    await hub.pictures('a', 'b');
    await hub.records('a');
    await hub.looks(100);
    await hub.pictures('c');
    await hub.looks(1);
    const history = [{ action: 'resume' as const, at: hub.clock.now(), by: 'quality' as never }];
    hub.agreements.push(agreement(changes ?? { history }, 60));
    await hub.looks(80);
    expect(await hub.there()).toEqual(['a', 'c']);
    await hub.looks(20);
    expect(await hub.there()).toEqual(changes ? ['a', 'c'] : ['a']);
  });

  test('is kept while lookups and comparisons read a dataset that names it', async () => {
    const hub = aHub();
    await hub.pictures('a', 'b');
    await hub.records('a', 'b');
    await hub.records('a');
    hub.represented.push(1);
    await hub.looks(60);
    expect(await hub.there()).toEqual(['a', 'b']);
    hub.represented.splice(0, 1, 2);
    await hub.looks(32);
    expect(await hub.there()).toEqual(['a']);
  });

  test('of a resource whose field is gone goes, too; and what took a picture away leaves nothing', async () => {
    const hub = aHub();
    await hub.pictures('a');
    hub.store.give({ version: aResourceVersion({ definition }) });
    await hub.plain();
    await hub.looks(33);
    expect(await hub.there()).toEqual([]);
    expect(hub.disposals()).toHaveLength(1);
  });
});

describe('an upload that is under way', () => {
  const ready = async (): Promise<Hub> => {
    const hub = aHub();
    await hub.pictures('a', 'b');
    await hub.records('a');
    await hub.looks(30);
    hub.pass(2 * DAY);
    return hub;
  };

  test('has the look wait for an hour, and nothing go: it may be about to name a picture', async () => {
    const hub = await ready();
    hub.arrived('code,amount,phone,photo\nA1,1,,b\n', { uploadId: anId(990), sequence: 3 });
    await hub.look();
    expect(await hub.there()).toEqual(['a', 'b']);
    expect(Date.parse(hub.attachmentMarks.marks.get(resourceId)!) - Date.parse(hub.clock.now())).toBe(3_600_000);
  });

  test.each(['announced', 'committed'] as const)('that was %s after the look began keeps everything', async (what) => {
    const hub = await ready();
    const { attachments } = hub.ports;
    const dispose: typeof attachments.dispose = async (...args) => {
      const head = (await hub.resources.head(resourceId))!;
      const changed = what === 'announced' ? { lastSequence: 3 } : { datasetVersion: 2 };
      hub.store.give({ head: { ...head, ...changed } });
      return attachments.dispose(...args);
    };
    await hub.look({ ...hub.ports, attachments: { ...attachments, dispose } });
    expect([await hub.there(), hub.disposals()]).toEqual([['a', 'b'], []]);
  });
});

describe('a look that dies', () => {
  test.each(['before', 'after'] as const)('%s any of its writes is made good by the next', async (when) => {
    for (let nth = 1; ; nth += 1) {
      const hub = aHub();
      await hub.pictures('a', 'b', 'c');
      await hub.records('a');
      await hub.looks(30);
      hub.pass(2 * DAY);
      const { ports, reached } = mortal(hub.ports, { nth, when, death: 'process' });
      await hub.look({ ...hub.ports, ...ports }).catch(() => undefined);
      await hub.look();
      expect({ nth, there: await hub.there() }).toEqual({ nth, there: ['a'] });
      expect(hub.disposals()).toMatchObject([{ figures: { attachments: 2 } }]);
      await hub.look();
      const left = [];
      for await (const one of hub.attachments.ofUpload(anId(601))) left.push(one);
      expect(left).toHaveLength(1);
      if (!reached()) break;
    }
  });

  test('two at once dispose of each once', async () => {
    const hub = aHub();
    await hub.pictures('a', 'b', 'c');
    await hub.records('a');
    await hub.looks(30);
    hub.pass(2 * DAY);
    await Promise.all([hub.look(), hub.look()]);
    expect([await hub.there(), hub.disposals().length]).toEqual([['a'], 1]);
  });
});

test('the sweeper has a resource looked at when it is due, and once more where that came to nothing', async () => {
  const hub = aHub();
  await hub.pictures('a');
  await hub.records('a');
  hub.queue.unnamed.length = 0;
  const sent = async (minutes: number) => {
    hub.pass(minutes * 60);
    await hub.sweep();
    return hub.queue.unnamed.splice(0);
  };
  expect(await sent(1)).toEqual([resourceId]);
  expect(await sent(29)).toEqual([]);
  expect(await sent(2)).toEqual([resourceId]);
  await hub.look();
  expect(await sent(6 * 24 * 60)).toEqual([]);
  expect(await sent(24 * 60 + 1)).toEqual([resourceId]);
});

test('names stand in no log line and no evidence', async () => {
  const hub = aHub();
  await hub.pictures('a', '110101199003074477');
  await hub.records('a');
  await hub.looks(33);
  expect(JSON.stringify([hub.log.lines, hub.evidence])).not.toContain('110101199003074477');
});

import { describe, expect, test } from '@jest/globals';
import { digestsOf } from '../../functions/datasets/attachments/references.ts';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { ResourceId, UploadId } from '../../schemas/contracts/ids.ts';
import { zipOf } from '../records/formats/support.ts';
import { exif, jpeg, png, SECRET, segment } from '../records/attachments/pictures.ts';
import { aDefinition, anId } from '../support/builders.ts';
import { testAttachmentMacs } from '../support/memory/attachments.ts';
import { callApi } from '../support/memory/api-call.ts';
import { anIntake, definition, good, second } from './hub.ts';
import { anUpload, type UploadChanges } from './an-upload.ts';
import { mortal, type Death } from './mortal.ts';

const { uploadId: id } = anUpload();
const third = anId(502);
const withPhotos = aDefinition({
  ...definition,
  schema: {
    ...definition.schema,
    fields: [
      ...definition.schema.fields,
      { name: 'photo', type: 'string', sensitivity: 'personal', reference: 'attachment' },
    ],
  },
});
const aHub = () => anIntake(withPhotos);
type Hub = ReturnType<typeof aHub>;

const archive = (pictures: Readonly<Record<string, Buffer | string>>): Buffer =>
  zipOf(Object.entries(pictures).map(([name, content]) => ({ name, content, flags: 0x800 })));
const [red, blue] = [jpeg({ width: 8 }), jpeg({ width: 9 })];
const attachments: UploadChanges = { content: 'attachments', format: 'auto' };

const taken = async (hub: Hub, pictures: Buffer, changes: UploadChanges = {}) => {
  const { uploadId } = hub.arrived(pictures, { ...attachments, ...changes });
  await hub.check({ uploadId });
  return hub.upload(uploadId);
};

/** What a consumer would be given: the picture in force of a name. */
async function inForce(hub: Hub, name: string): Promise<Buffer | undefined> {
  const resourceId = 'legal-entities' as ResourceId;
  const digest = (await digestsOf(testAttachmentMacs, resourceId))(name);
  for (const found of await hub.attachments.named(resourceId, digest)) {
    const upload = await hub.upload(found.uploadId);
    if (upload.state !== 'accepted' || upload.epoch !== found.epoch) continue;
    if (!found.picture) return undefined;
    const { object } = found.picture;
    const chunks: Uint8Array[] = [];
    for await (const chunk of await hub.checked.read(object.key, object.versionId)) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  return undefined;
}

const objectsOf = (hub: Hub): string[] =>
  Object.keys(hub.checked.visible()).filter((key) => key.startsWith('attachments/'));

describe('an upload of attachments', () => {
  test('is accepted with what is good, and tells what is not, by place, field and rule', async () => {
    const hub = aHub();
    const withPlace = jpeg({ before: [segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(1)]))] });
    const upload = await taken(
      hub,
      archive({ 张三: withPlace, 李四: png(), 王五: red, '../赵六': red, 钱七: blue, 孙八: blue }),
    );
    expect(upload).toMatchObject({
      state: 'accepted',
      rows: { read: 6, accepted: 5, rejected: 1 },
      violations: [{ field: 'photo', rule: 'attachment-name', count: 1, firstLine: 4, lines: [4] }],
    });
    expect(upload).not.toHaveProperty('datasetVersion');
    expect(await inForce(hub, '张三')).toEqual(red);
    expect(await inForce(hub, '李四')).toEqual(png());
    expect(await inForce(hub, '../赵六')).toBeUndefined();
    expect(hub.checked.visible()[`reports/${id}/1.csv`]).toBe(
      'line,column,field,rule,value\n4,,photo,attachment-name,***\n',
    );
    expect(hub.evidence).toMatchObject([
      {
        act: 'attachments-accepted',
        subject: { uploadId: id, resourceId: 'legal-entities', provider: 'quality' },
        digests: { file: upload.sha256 },
        figures: { read: 6, accepted: 5, rejected: 1, 'rule:attachment-name': 1 },
      },
    ]);
    expect((await hub.qualities.list(upload.resourceId, { limit: 9 })).items).toMatchObject([
      { content: 'attachments', state: 'accepted', rows: { read: 6 } },
    ]);
    // It is no dataset: none is made, superseded or delivered.
    expect(hub.datasets).toEqual([]);
    expect(await hub.resources.head(upload.resourceId)).toMatchObject({ datasetVersion: 0, committedSequence: 0 });
  });

  test('has names and pictures in no key, no log line and no evidence', async () => {
    const hub = aHub();
    await taken(hub, archive({ '110101199003074477': red, '../110101199003074478': red, a: red, b: red }));
    const told = JSON.stringify([hub.log.lines, hub.evidence, Object.keys(hub.checked.visible()), hub.queue.sent]);
    expect(told).not.toMatch(/11010119900307447|Zhang/);
    expect(JSON.stringify(hub.checked.visible())).not.toContain(SECRET);
    expect(objectsOf(hub)).toHaveLength(3);
    for (const key of objectsOf(hub)) expect(key).toMatch(/^attachments\/legal-entities\/\w{26}\/1\/[0-9a-f]{32}$/);
  });

  test.each([
    ['more of them are wrong than is tolerated', archive({ a: red, b: 'no picture' }), {}, 'too-many-rejections'],
    ['its digest is another', archive({ a: red }), { sha256: 'A'.repeat(43) + '=' }, 'digest-mismatch'],
    ['its length is another', archive({ a: red }), { bytes: 5 }, 'length-mismatch'],
    ['it is none', Buffer.from('code,amount\n'), {}, 'unknown-format'],
    ['it is empty', archive({}), {}, 'empty'],
    ['it is damaged', archive({ a: red }).subarray(0, -9), {}, 'unreadable'],
  ] as const)('is refused as a whole where %s, and nothing of it is left', async (_, bytes, changes, code) => {
    const hub = aHub();
    const upload = await taken(hub, bytes, changes);
    expect(upload).toMatchObject({ state: 'refused', refusal: { code } });
    expect(await inForce(hub, 'a')).toBeUndefined();
    expect(hub.evidence).toMatchObject([{ act: 'upload-refused', subject: { refusal: code } }]);
    await hub.settle();
    expect(objectsOf(hub)).toEqual([]);
    expect(await hub.upload(id)).not.toHaveProperty('lookAgainAt');
  });

  test('may be one picture, by its name', async () => {
    const hub = aHub();
    expect(await taken(hub, blue, { name: '张三' })).toMatchObject({
      state: 'accepted',
      rows: { read: 1, accepted: 1 },
    });
    expect(await inForce(hub, '张三')).toEqual(blue);
    // The name may be somebody’s: the upload forgets it with its verdict.
    await taken(hub, Buffer.from('no picture'), { name: '李四', uploadId: second, sequence: 2 });
    for (const ended of [id, second]) expect(await hub.upload(ended)).not.toHaveProperty('name');
  });
});

describe('what is uploaded later', () => {
  const sequences = [
    ['in their order', [1, 2]],
    ['in the other order', [2, 1]],
  ] as const;
  test.each(sequences)(
    'takes the place of what has the same name, and leaves all else, checked %s',
    async (_, order) => {
      const hub = aHub();
      const older = hub.arrived(archive({ a: red, b: red }), { ...attachments, sequence: 1 });
      const newer = hub.arrived(archive({ a: blue, c: blue }), { ...attachments, uploadId: second, sequence: 2 });
      for (const sequence of order) await hub.check({ uploadId: (sequence === 1 ? older : newer).uploadId });
      const all = async () => [await inForce(hub, 'a'), await inForce(hub, 'b'), await inForce(hub, 'c')];
      expect(await all()).toEqual([blue, red, blue]);
      expect(objectsOf(hub)).toHaveLength(4);
      await hub.settle();
      expect(await all()).toEqual([blue, red, blue]);
      // What was replaced is gone for good, an hour later: nobody has a URL of it any more.
      expect(objectsOf(hub)).toHaveLength(3);
      await hub.settle();
      expect(await all()).toEqual([blue, red, blue]);
    },
  );

  test('stays there for those who have just been given its URL, within the hour', async () => {
    const hub = aHub();
    await taken(hub, archive({ a: red }), { sequence: 1 });
    await hub.settle();
    await taken(hub, archive({ a: blue }), { uploadId: second, sequence: 2 });
    hub.pass(3500);
    await hub.sweep();
    await hub.drain();
    expect(objectsOf(hub)).toHaveLength(2);
    hub.pass(200);
    await hub.sweep();
    await hub.drain();
    expect(objectsOf(hub)).toHaveLength(1);
    expect(await inForce(hub, 'a')).toEqual(blue);
  });

  test('and is empty takes away what has the same name', async () => {
    const hub = aHub();
    await taken(hub, archive({ a: red, b: red }), { sequence: 1 });
    await hub.settle();
    const removal = archive({ a: '', c: '' });
    expect(await taken(hub, removal, { uploadId: second, sequence: 2 })).toMatchObject({ rows: { accepted: 2 } });
    expect([await inForce(hub, 'a'), await inForce(hub, 'b'), await inForce(hub, 'c')]).toEqual([
      undefined,
      red,
      undefined,
    ]);
    await hub.settle();
    expect([await inForce(hub, 'a'), await inForce(hub, 'b')]).toEqual([undefined, red]);
    expect(objectsOf(hub)).toHaveLength(1);
    // Nor does what was announced before it, and is checked only now, bring it back.
    await taken(hub, archive({ a: blue, b: red }), { uploadId: anId(503), sequence: 1 });
    expect(await inForce(hub, 'a')).toBeUndefined();
    // Uploaded again, it is there again.
    await taken(hub, archive({ a: blue }), { uploadId: third, sequence: 3 });
    expect(await inForce(hub, 'a')).toEqual(blue);
  });

  test('and is refused takes nothing’s place', async () => {
    const hub = aHub();
    await taken(hub, archive({ a: red }), { sequence: 1 });
    await taken(hub, archive({ a: blue, b: 'no picture' }), { uploadId: second, sequence: 2 });
    await hub.settle();
    expect(await inForce(hub, 'a')).toEqual(red);
    expect(objectsOf(hub)).toHaveLength(1);
  });
});

test('changes do not wait for attachments, nor does a dataset supersede them', async () => {
  const hub = aHub();
  const zip = hub.arrived(archive({ a: red }), { ...attachments, sequence: 1 });
  const rows = good.replaceAll('\n', ',\n').replace('phone,', 'phone,photo').replace(/,$/gm, ',');
  hub.arrived(rows, { uploadId: second, sequence: 2 });
  await hub.check({ uploadId: second });
  hub.arrived('{"code":"N1","amount":1}\n', { uploadId: third, sequence: 3, content: 'changes', format: 'ndjson' });
  await hub.check({ uploadId: third });
  expect(await hub.upload(third)).toMatchObject({ state: 'accepted', datasetVersion: 2 });
  await hub.check({ uploadId: zip.uploadId });
  expect(await hub.upload(zip.uploadId)).toMatchObject({ state: 'accepted' });
});

describe('a check that comes to grief', () => {
  const griefs = (['process', 'fault'] as const).flatMap((death) =>
    (['before', 'after'] as const).map((when) => ({ death, when })),
  );
  test.each(griefs)('at any write ($death $when it) is made good, and nothing is left of it', async (grief) => {
    let writes = 0;
    for (let nth = 1; ; nth += 1) {
      const hub = aHub();
      await taken(hub, archive({ a: red }), { sequence: 1 });
      hub.arrived(archive({ a: blue, b: blue }), { ...attachments, uploadId: second, sequence: 2 });
      const reached = await dying(hub, second, nth, grief);
      if (!reached) break;
      writes = nth;
      // Whatever is there by then, it is one or the other.
      const halfway = await inForce(hub, 'a');
      expect([red, blue].some((picture) => halfway?.equals(picture))).toBe(true);
      expect((await inForce(hub, 'b')) !== undefined).toBe(halfway?.equals(blue));
      hub.pass(61);
      await hub.check({ uploadId: second });
      await hub.settle();
      expect({ nth, state: (await hub.upload(second)).state }).toEqual({ nth, state: 'accepted' });
      expect([await inForce(hub, 'a'), await inForce(hub, 'b')]).toEqual([blue, blue]);
      expect(objectsOf(hub)).toHaveLength(2);
      expect(hub.evidence).toHaveLength(2);
    }
    expect(writes).toBeGreaterThan(8);
  });

  test.each(griefs)('while it tidies ($death $when it) is made good', async (grief) => {
    for (let nth = 1; ; nth += 1) {
      const hub = aHub();
      await taken(hub, archive({ a: red }), { sequence: 1 });
      await hub.settle();
      await taken(hub, archive({ a: blue }), { uploadId: second, sequence: 2 });
      hub.pass(3700);
      const reached = await dying(hub, second, nth, grief);
      if (!reached) break;
      await hub.settle();
      expect({ nth, objects: objectsOf(hub).length }).toEqual({ nth, objects: 1 });
      expect(await inForce(hub, 'a')).toEqual(blue);
      expect(await hub.upload(second)).not.toHaveProperty('lookAgainAt');
    }
  });
});

async function dying(
  hub: Hub,
  uploadId: UploadId,
  nth: number,
  grief: { readonly death: Death; readonly when: 'before' | 'after' },
): Promise<boolean> {
  const { ports, reached } = mortal(hub.ports, { nth, ...grief });
  await checkHandler(ports)({ uploadId }).catch(() => undefined);
  return reached();
}

test('of two attempts at once one is the verdict’s, and the other leaves nothing', async () => {
  const hub = aHub();
  hub.arrived(archive({ a: red, b: blue }), attachments);
  await Promise.allSettled([hub.check({ uploadId: id }), hub.check({ uploadId: id })]);
  await hub.check({ uploadId: id }).catch(() => undefined);
  await hub.settle();
  expect((await hub.upload(id)).state).toBe('accepted');
  expect(objectsOf(hub)).toHaveLength(2);
  expect(hub.evidence).toHaveLength(1);
});

describe('an announcement', () => {
  const body = { resourceId: 'legal-entities', content: 'attachments', bytes: 5, sha256: `${'A'.repeat(43)}=` };
  const announced = async (more: object, hub = aHub()) => {
    const { status, body: told } = await callApi(hub.api, {
      as: 'quality',
      route: routes.announceUpload,
      body: { ...body, ...more },
    });
    return [
      status,
      ...((told as { violations?: { path: string; rule: string }[] }).violations ?? []).map(
        ({ path, rule }) => `${path} ${rule}`,
      ),
    ];
  };
  test.each([
    ['as it should be', {}, [201]],
    ['of one picture', { name: '张三' }, [201]],
    ['found out by the bytes', { format: 'auto' }, [201]],
    ['in parts', { bytes: 6_000_000, parts: [{ bytes: 6_000_000, sha256: body.sha256 }] }, [201]],
    ['in a format of records', { format: 'xlsx' }, [422, '/format combination']],
    ['with a sheet', { sheet: '1' }, [422, '/sheet combination', '/sheet format']],
    ['that mends', { fixes: '01JDBV0H7N6Z8W3Q5X9R2T4YKM' }, [422, '/content fixes', '/fixes not-yours']],
    [
      'in segments',
      { segments: [body, body].map(({ bytes, sha256 }) => ({ bytes, sha256 })) },
      [422, '/segments combination', '/segments sum', '/sha256 digest'],
    ],
    ['of more than fits the disk', { bytes: 5 * 1024 ** 3 }, [422, '/bytes maximum']],
    ['of one picture of more than fits in memory', { name: 'a', bytes: 11 * 1024 ** 2 }, [422, '/bytes maximum']],
    ['of records, with a name', { content: 'snapshot', name: 'a' }, [422, '/name combination']],
    ['with a name that turns around', { name: 'a\u202egpj' }, [400, '/name characters']],
    ['with a name that is none', { name: '' }, [400, '/name too_small']],
  ])('%s', async (_, more, expected) => {
    expect(await announced(more)).toEqual(expected);
  });
  test('of a resource without attachments is refused', async () => {
    expect(await announced({}, anIntake())).toEqual([422, '/content no-attachments']);
  });
  test('of attachments cannot be mended by fixes', async () => {
    const hub = aHub();
    await taken(hub, archive({ a: red, b: red, c: red, d: 'no picture' }));
    expect(await announced({ content: 'snapshot', fixes: id }, hub)).toEqual([422, '/fixes attachments']);
  });
});

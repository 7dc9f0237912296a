import { describe, expect, test } from '@jest/globals';
import { checkHandler } from '../../functions/intake/check.handler.ts';
import { fixesProblem, leavesRecordsToMend } from '../../functions/intake/domain/fixes.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { AnnouncedUpload, Upload } from '../../schemas/contracts/uploads.ts';
import { aResource, anId, department, resource } from '../support/builders.ts';
import { callApi } from '../support/memory/api-call.ts';
import { digest, inState, type AnyUpload, type UploadChanges } from './an-upload.ts';
import { anIntake, tolerable, type Intake } from './hub.ts';
import { mortal } from './mortal.ts';

const id = anId(500);
const mending = anId(600);
const second = anId(601);
const joined = 'code,amount,phone\nA1,1,\nA3,3,\nA4,4,\nA2,2,\n';

/** The resource's dataset version 1, of an upload that had `A2` rejected. */
async function accepted(content = tolerable): Promise<Intake> {
  const hub = anIntake();
  hub.arrived(content, { sequence: 1 });
  await hub.check({ uploadId: id });
  return hub;
}

async function mended(hub: Intake, content: string, changes: UploadChanges = {}): Promise<AnyUpload> {
  const upload = hub.arrived(content, { uploadId: mending, sequence: 2, fixes: id, ...changes });
  await hub.check({ uploadId: upload.uploadId });
  return hub.upload(upload.uploadId);
}

const textAt = (hub: Intake, key: string | undefined) => hub.checked.visible()[key ?? ''];

describe('naming an upload to fix', () => {
  const head = aResource({ latestVersion: 1, datasetVersion: 1, lastSequence: 5 });
  const linked = inState.accepted({ rows: { read: 4, accepted: 3, rejected: 1 } });

  test('is right for the one whose dataset is in force', () => expect(fixesProblem(linked, head)).toBeUndefined());

  test.each([
    ['an unknown one', undefined, {}, 'not-yours'],
    ['one of another department', { ...linked, provider: department('tax') }, {}, 'not-yours'],
    ['one of another resource', { ...linked, resourceId: resource('streets') }, {}, 'other-resource'],
    ['one of changes', { ...linked, content: 'changes' as const }, {}, 'changes'],
    ['one that is held', inState.held(), {}, 'under-way'],
    ['one that is awaited', inState.awaiting(), {}, 'under-way'],
    ['one that is being checked', inState.checking(), {}, 'under-way'],
    ['one that was refused', inState.refused(), {}, 'refused-as-a-whole'],
    ['one that a newer dataset replaced', linked, { datasetVersion: 2 }, 'outdated'],
    ['one of an older version of the resource', linked, { latestVersion: 2 }, 'outdated'],
  ])('is wrong for %s', (_, upload, changes, rule) => {
    expect(fixesProblem(upload, { ...head, ...changes })).toEqual({
      path: '/fixes',
      rule,
      message: expect.any(String),
    });
  });

  test('says the same of an upload that is not there and of another department’s', () => {
    expect(fixesProblem({ ...linked, provider: department('tax') }, head)).toEqual(fixesProblem(undefined, head));
  });

  test('points from fixes that were refused to the upload that they were to fix', () => {
    expect(fixesProblem(inState.refused({ fixes: mending }), head)?.message).toContain(mending);
  });

  const rows = (took: number, rejected: number) => ({ rows: { read: took + rejected, accepted: took, rejected } });
  test.each([
    ['nothing was rejected', [rows(9, 0)], false],
    ['something was', [rows(9, 2)], true],
    ['all of it was mended', [rows(2, 0), rows(9, 2)], false],
    ['some of it was mended', [rows(1, 0), rows(9, 2)], true],
    ['some of it was mended, in two steps', [rows(1, 0), rows(1, 0), rows(9, 3)], true],
    ['all of it was mended, in two steps', [rows(2, 0), rows(1, 2), rows(9, 3)], false],
    ['the mended ones brought a new fault', [rows(1, 1), rows(9, 2)], true],
  ])('leaves records to mend: %s', (_, chain, leaves) => expect(leavesRecordsToMend(chain)).toBe(leaves));
});

describe('announcing mended records', () => {
  const announce = (hub: Intake, fixes: string) =>
    callApi<AnnouncedUpload & Problem>(hub.api, {
      as: 'quality',
      route: routes.announceUpload,
      body: { resourceId: 'legal-entities', bytes: 5, sha256: digest('mended'), fixes },
    });

  test('links the upload to the other, and to its version of the resource', async () => {
    const hub = await accepted();
    const { status, body } = await announce(hub, id);
    expect(status).toBe(201);
    expect(await hub.upload(body.uploadId)).toMatchObject({ fixes: id, resourceVersion: 1, sequence: 101 });
    expect(
      (await callApi<Upload>(hub.api, { as: 'quality', route: routes.readUpload, params: { uploadId: body.uploadId } }))
        .body.fixes,
    ).toBe(id);
  });

  test.each([
    ['an upload that does not exist', anId(999), 'not-yours'],
    ['an upload with nothing left to mend', second, 'nothing-to-fix'],
  ])('is refused for %s, and takes no number', async (_, fixes, rule) => {
    const hub = await accepted();
    await mended(hub, 'code,amount,phone\nA2,2,\n', { uploadId: second });
    const { status, body } = await announce(hub, fixes);
    expect([status, body.code, body.violations]).toEqual([
      422,
      'invalid-upload',
      [{ path: '/fixes', rule, message: expect.any(String) }],
    ]);
    expect((await hub.resources.head(aResource().resourceId))?.lastSequence).toBe(100);
  });

  test('can go on from fixes that left something', async () => {
    const hub = await accepted('code,amount,phone\nA1,1,\nA2,many,\nA3,3,\nA4,4,\nA5,few,\nA6,6,\nA7,7,\nA8,8,\n');
    await mended(hub, 'code,amount,phone\nA2,2,\n', { uploadId: second });
    expect((await announce(hub, second)).status).toBe(201);
    expect((await announce(hub, id)).body.violations).toMatchObject([{ rule: 'outdated' }]);
  });
});

describe('mended records', () => {
  test('join the dataset of their upload behind its own records, as the next version', async () => {
    const hub = await accepted();
    const fixFile = textAt(hub, (await hub.upload(id)).fixFileKey) ?? '';
    expect(fixFile).toMatch(/^\uFEFFcode,amount,phone,errors\nA2,many,,"?amount: type/);
    const end = await mended(hub, fixFile.replace('many', '2'));
    expect(end).toMatchObject({ state: 'accepted', datasetVersion: 2, rows: { read: 1, accepted: 1, rejected: 0 } });
    expect(end).not.toHaveProperty('fixFileKey');
    expect(hub.datasets[1]).toMatchObject({
      datasetVersion: 2,
      uploadId: mending,
      rows: 4,
      bytes: joined.length,
      sha256: digest(joined),
      columns: ['code', 'amount', 'phone'],
    });
    expect(textAt(hub, hub.datasets[1]?.objects[0]?.key)).toBe(joined);
    expect(hub.evidence[1]).toMatchObject({
      act: 'upload-accepted',
      subject: { uploadId: mending, datasetVersion: 2 },
      digests: { dataset: digest(joined) },
    });
  });

  test('that are still wrong are told apart again, however many: one good one is enough', async () => {
    const hub = await accepted();
    const end = await mended(hub, 'code,amount,phone\nA2,2,\nA5,x,\nA6,y,\nA7,z,\nA1,1,\n');
    expect(end).toMatchObject({
      state: 'accepted',
      rows: { read: 5, accepted: 1, rejected: 4 },
      reportKey: `reports/${mending}/1.csv`,
      violations: [
        { field: 'amount', rule: 'type', count: 3, firstLine: 3 },
        { field: 'code', rule: 'unique', count: 1, firstLine: 6 },
      ],
    });
    expect(textAt(hub, hub.datasets[1]?.objects[0]?.key)).toBe(joined);
    expect(textAt(hub, end.fixFileKey)).toContain('A5,x');
  });

  test('of which none is right change nothing; the refusal says how to go on, and a new fix-file is there', async () => {
    const hub = await accepted();
    const end = await mended(hub, 'code,amount,phone\nA2,still many,\n');
    expect(end).toMatchObject({
      state: 'refused',
      refusal: { code: 'too-many-rejections', detail: expect.stringContaining(`"fixes": "${id}"`) },
    });
    expect(textAt(hub, end.fixFileKey)).toContain('A2,still many');
    expect(hub.datasets).toHaveLength(1);
  });

  test('of a whole file that was refused have no fix-file: there is no dataset to join', async () => {
    const hub = await accepted('code,amount,phone\nA1,x,\nA2,y,\n');
    expect(await hub.upload(id)).toMatchObject({ state: 'refused', reportKey: `reports/${id}/1.csv` });
    expect(Object.keys(hub.checked.visible())).toEqual([`reports/${id}/1.csv`]);
  });

  test('are given by a URL beside the report, to their provider alone', async () => {
    const hub = await accepted();
    const read = (as: string) => callApi<Upload>(hub.api, { as, route: routes.readUpload, params: { uploadId: id } });
    expect((await read('quality')).body.fixFile).toEqual({
      url: expect.stringContaining(`fixes/${id}/1.csv`),
      expiresAt: '2026-12-01T01:10:00.000Z',
    });
    expect((await read('tax')).status).toBe(404);
  });

  test('whose base is not what was committed are not joined to it', async () => {
    const hub = await accepted();
    const { key, versionId } = hub.datasets[0]?.objects[0] ?? { key: '', versionId: '' };
    const damaged: typeof hub.checked.read = async (at, version) => {
      expect([at, version]).toEqual([key, versionId]);
      return (async function* () {
        yield Buffer.from('code,amount,phone\nA1,1,\nA3,3,\nA4,5,\n');
      })();
    };
    hub.arrived('code,amount,phone\nA2,2,\n', { uploadId: mending, sequence: 2, fixes: id });
    await expect(
      checkHandler({ ...hub.ports, checked: { ...hub.checked, read: damaged } })({ uploadId: mending }),
    ).rejects.toThrow('committed');
    expect(hub.datasets).toHaveLength(1);
  });
});

describe('mended records whose dataset is replaced', () => {
  const newer = 'code,amount,phone\nB1,1,\n';
  const one = 'code,amount,phone\nA2,2,\n';
  async function both() {
    const hub = await accepted();
    hub.arrived(newer, { uploadId: second, sequence: 2 });
    hub.arrived(one, { uploadId: mending, sequence: 3, fixes: id });
    return hub;
  }
  const superseded = { state: 'refused', refusal: { code: 'superseded', detail: expect.stringContaining(second) } };

  test('before they are checked do not join what replaced it, and are not even read', async () => {
    const hub = await both();
    await hub.check({ uploadId: second });
    await checkHandler({
      ...hub.ports,
      objects: { ...hub.objects, read: () => Promise.reject(new Error('it was read')) },
    })({ uploadId: mending });
    expect(await hub.upload(mending)).toMatchObject(superseded);
    expect(hub.datasets.map(({ uploadId }) => uploadId)).toEqual([id, second]);
  });

  test('while they are checked do not either, and leave nothing but a report', async () => {
    const hub = await both();
    await checkHandler({
      ...hub.ports,
      objects: {
        ...hub.objects,
        read: async (key, version) => {
          await hub.check({ uploadId: second });
          return hub.objects.read(key, version);
        },
      },
    })({ uploadId: mending });
    expect(await hub.upload(mending)).toMatchObject(superseded);
    expect(Object.keys(hub.checked.visible()).filter((key) => key.includes(mending))).toEqual([]);
  });

  test('in the very moment of their commit do not either', async () => {
    const hub = await both();
    let meddled = false;
    const accept: typeof hub.uploads.accept = async (acceptance) => {
      if (!meddled) {
        meddled = true;
        await hub.check({ uploadId: second });
      }
      return hub.uploads.accept(acceptance);
    };
    await checkHandler({ ...hub.ports, uploads: { ...hub.uploads, accept } })({ uploadId: mending });
    expect(await hub.upload(mending)).toMatchObject(superseded);
    expect(hub.datasets).toHaveLength(2);
  });

  test('by other mended records: one of the two joins, and the other may follow it', async () => {
    const hub = await accepted('code,amount,phone\nA1,1,\nA2,many,\nA3,3,\nA4,4,\nA5,few,\nA6,6,\nA7,7,\nA8,8,\n');
    const other = 'code,amount,phone\nA5,5,\n';
    hub.arrived(one, { uploadId: second, sequence: 2, fixes: id });
    hub.arrived(other, { uploadId: mending, sequence: 3, fixes: id });
    await Promise.all([hub.check({ uploadId: second }), hub.check({ uploadId: mending })]);
    const ends = [await hub.upload(second), await hub.upload(mending)];
    expect(ends.map(({ state }) => state).sort()).toEqual(['accepted', 'refused']);
    const [won, lost] = ends.sort((a) => (a.state === 'accepted' ? -1 : 1)) as [AnyUpload, AnyUpload];
    expect(lost.refusal).toEqual({ code: 'superseded', detail: expect.stringContaining(`"fixes": "${won.uploadId}"`) });
    const again = await mended(hub, lost.uploadId === mending ? other : one, {
      uploadId: anId(602),
      sequence: 4,
      fixes: won.uploadId,
    });
    expect(again).toMatchObject({ state: 'accepted', datasetVersion: 3 });
    expect(textAt(hub, hub.datasets[2]?.objects[0]?.key)?.split('\n').slice(-3).sort()).toEqual(['', 'A2,2,', 'A5,5,']);
  });
});

describe('a check of mended records that comes to grief at any of its writes', () => {
  const griefs = (['process', 'fault'] as const).flatMap((death) =>
    (['before', 'after'] as const).map((when) => ({ death, when })),
  );
  const half = 'code,amount,phone\nA2,2,\nA5,x,\n';

  test.each(griefs)('ends like one that does not, and leaves nothing behind: $death $when the write', async (grief) => {
    let writes = 0;
    for (let nth = 1; ; nth++) {
      const hub = await accepted();
      hub.arrived(half, { uploadId: mending, sequence: 2, fixes: id });
      const { ports, reached } = mortal(hub.ports, { nth, ...grief });
      await checkHandler(ports)({ uploadId: mending }).catch(() => undefined);
      if (!reached()) break;
      writes = nth;
      hub.pass(61);
      await hub.check({ uploadId: mending });
      await hub.settle();
      const end = await hub.upload(mending);
      expect({
        nth,
        state: end.state,
        datasets: hub.datasets.map(({ rows }) => rows),
        evidence: hub.evidence.length,
      }).toEqual({ nth, state: 'accepted', datasets: [3, 4], evidence: 2 });
      expect(
        Object.keys(hub.checked.visible())
          .filter((key) => key.includes(mending))
          .sort(),
      ).toEqual(['datasets/legal-entities', 'fixes', 'reports'].map((place) => `${place}/${mending}/${end.epoch}.csv`));
    }
    expect(writes).toBeGreaterThanOrEqual(6);
  });
});

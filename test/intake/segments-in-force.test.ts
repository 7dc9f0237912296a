import { describe, expect, test } from '@jest/globals';
import { routes } from '../../schemas/contracts/routes.ts';
import { aResourceVersion, anId } from '../support/builders.ts';
import { callApi } from '../support/memory/api-call.ts';
import { anIntake, definition, good } from './hub.ts';
import { announcedInSegments, pieces } from './in-segments.ts';

async function accepted() {
  const hub = anIntake();
  const sent = announcedInSegments(hub, pieces);
  for (const number of pieces.keys()) await sent.arrives(number + 1);
  await hub.drain();
  return { hub, sent, before: sent.dataset() ?? '' };
}

describe('a dataset of several objects', () => {
  test('is what mended records join', async () => {
    const { hub, sent, before } = await accepted();
    hub.arrived('code,amount,phone,errors\nA6,6,,\nA1,1,,\n', {
      uploadId: anId(501),
      sequence: 2,
      fixes: sent.uploadId,
    });
    await hub.check({ uploadId: anId(501) });
    expect(await hub.upload(anId(501))).toMatchObject({ state: 'accepted', rows: { accepted: 1, rejected: 1 } });
    expect(sent.dataset()).toBe(`${before}A6,6,\n`);
  });

  test('is what changes are merged into', async () => {
    const { hub, sent, before } = await accepted();
    const changes = '_op,code,amount,phone\ndelete,A1,,\nupsert,A15,16,\n';
    hub.arrived(changes, { uploadId: anId(501), sequence: 2, content: 'changes' });
    await hub.check({ uploadId: anId(501) });
    expect(sent.dataset()).toBe(before.replace('A1,1,\n', '').replace('A15,15,', 'A15,16,'));
    expect(hub.datasets.at(-1)?.objects).toHaveLength(1);
  });

  test('is profiled', async () => {
    const { hub, sent } = await accepted();
    const { body } = await callApi<{ items: object[] }>(hub.api, {
      as: 'quality',
      route: routes.readQuality,
      params: { resourceId: 'legal-entities' },
    });
    expect(body.items).toMatchObject([
      {
        uploadId: sent.uploadId,
        fields: expect.arrayContaining([expect.objectContaining({ name: 'code', distinct: 12 })]),
      },
    ]);
  });

  test('whose bytes are others than were committed is a fault for whoever reads it', async () => {
    const { hub, sent } = await accepted();
    const { key = '', versionId = '' } = hub.datasets[0]?.objects[1] ?? {};
    await hub.checked.remove(key, versionId);
    const writer = hub.checked.open(key);
    await writer.write(Buffer.from('B1,1,\n'));
    await writer.close();
    hub.arrived('code,amount,phone\nA6,6,\n', { uploadId: anId(501), sequence: 2, fixes: sent.uploadId });
    await expect(hub.check({ uploadId: anId(501) })).rejects.toThrow();
  });
});

test('an upload in segments that came too late is superseded, and nothing of it is left', async () => {
  const hub = anIntake();
  const sent = announcedInSegments(hub, pieces);
  for (const number of pieces.keys()) await sent.arrives(number + 1);
  hub.arrived(good, { uploadId: anId(501), sequence: 2 });
  await hub.check({ uploadId: anId(501) });
  await hub.drain();
  expect(await sent.upload()).toMatchObject({ state: 'refused', refusal: { code: 'superseded' } });
  await hub.settle();
  const { reportKey } = await sent.upload();
  const left = [hub.datasets[0]?.objects[0]?.key, reportKey].filter((key) => key !== undefined);
  expect(Object.keys(hub.checked.visible()).sort()).toEqual(left.sort());
});

test('one that is held is put together again once it is confirmed', async () => {
  const hub = anIntake();
  hub.give({ version: aResourceVersion({ definition: { ...definition, drift: { rowCount: 0.5 } } }) });
  hub.arrived(good, { uploadId: anId(501) });
  await hub.check({ uploadId: anId(501) });
  hub.queue.sent.length = 0;
  const sent = announcedInSegments(hub, pieces, { sequence: 2 });
  for (const number of pieces.keys()) await sent.arrives(number + 1);
  await hub.drain();
  expect(await sent.upload()).toMatchObject({ state: 'held', held: { previousRows: 4, rows: 12 } });
  await callApi(hub.api, {
    as: 'quality',
    route: routes.decideUpload,
    params: { uploadId: sent.uploadId },
    body: { decision: 'accept' },
  });
  await hub.drain();
  expect(await sent.upload()).toMatchObject({ state: 'accepted', datasetVersion: 2, rows: { read: 16, accepted: 12 } });
  expect(sent.dataset()?.split('\n')).toHaveLength(14);
});

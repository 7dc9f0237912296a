import { expect, test } from '@jest/globals';
import { anUpload } from './an-upload.ts';
import { anIntake, intolerable, tolerable } from './hub.ts';

const linesOf = (hub: ReturnType<typeof anIntake>, message: string) =>
  hub.log.lines.filter((line) => line.message === message).map(({ about }) => about);

test('an accepted upload is counted with its records and bytes, and is one line', async () => {
  const hub = anIntake();
  const { uploadId, resourceId, bytes } = hub.arrived(tolerable);
  await hub.check({ uploadId });
  expect(hub.metrics.counts).toEqual({
    UploadsAccepted: 1,
    BytesChecked: bytes,
    RowsRead: 4,
    RowsAccepted: 3,
    RowsRejected: 1,
  });
  expect(linesOf(hub, 'upload checked')).toEqual([
    {
      uploadId,
      resourceId,
      epoch: 1,
      outcome: 'accepted',
      datasetVersion: 1,
      bytes,
      rows: 4,
      accepted: 3,
      rejected: 1,
      seconds: 0,
    },
  ]);
});

test('of a refused one no record counts as accepted, and the line says why', async () => {
  const hub = anIntake();
  const { uploadId } = hub.arrived(intolerable);
  await hub.check({ uploadId });
  expect(hub.metrics.counts).toMatchObject({ UploadsRefused: 1, RowsRead: 4, RowsAccepted: 0, RowsRejected: 2 });
  expect(linesOf(hub, 'upload checked')).toMatchObject([{ outcome: 'refused', code: 'too-many-rejections' }]);
});

test('an upload whose message was lost is late; one that fails again and again is stuck', async () => {
  const hub = anIntake();
  const { uploadId } = hub.arrived(tolerable);
  hub.pass(100);
  await hub.sweep();
  expect(hub.metrics.counts).toEqual({ SweptLate: 1 });
  hub.give({ upload: { ...(await hub.upload(uploadId)), epoch: 6 } });
  hub.pass(1000);
  await hub.sweep();
  expect(hub.metrics.counts).toEqual({ SweptLate: 2, UploadStuck: 1 });
  expect(linesOf(hub, 'upload stuck')).toEqual([expect.objectContaining({ uploadId, code: 'upload-stuck' })]);
});

test('to look for a file that has not come yet is nobody’s delay', async () => {
  const hub = anIntake();
  hub.give({ upload: anUpload() });
  hub.pass(130);
  await hub.sweep();
  expect(linesOf(hub, 'swept')).toEqual([{ uploads: 1, late: 0 }]);
  expect(hub.metrics.counts).toEqual({});
});

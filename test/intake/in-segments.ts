import type { StoredUpload } from '../../schemas/stored/uploads.ts';
import { digestOfAll } from '../../functions/kernel/digest.ts';
import { segmentKey } from '../../functions/intake/domain/places.ts';
import { anUpload, digest, type AnyUpload, type UploadChanges } from './an-upload.ts';
import { createdEvent, type Intake } from './hub.ts';

/** Five pieces: rejects in several, keys that stand in two of them, blank lines at a piece's end. */
export const pieces = [
  'code,amount,phone\nA1,1,\nA2,2,\nA3,3,\n',
  'A4,4,\nA1,5,\nA6,many,13800000000\n\n',
  'A7,7,\nA8,8,\nA9,9,\n',
  'A5,10,\nA7,11,\n',
  'A12,12,\nA13,13,\nA14,14,\nA15,15,',
];

/** An upload in segments, announced, of which nothing has come. */
export function announcedInSegments(hub: Intake, texts: readonly string[], changes: UploadChanges = {}) {
  const declared = texts.map((text) => ({ bytes: Buffer.byteLength(text), sha256: digest(text) }));
  const upload: StoredUpload = anUpload({
    bytes: Buffer.byteLength(texts.join('')),
    sha256: digestOfAll(declared),
    segments: texts.length,
    pieces: declared,
    ...changes,
  });
  hub.store.give({ upload });
  const { uploadId } = upload;
  return {
    uploadId,
    upload: () => hub.upload(uploadId),
    /** Its object is there, whoever knows of it. */
    put: (number: number, text = texts[number - 1] ?? '') => hub.objects.send(segmentKey(upload, number), text),
    /** Its object is there, and S3 tells of it. */
    async arrives(number: number, text = texts[number - 1] ?? ''): Promise<void> {
      const key = segmentKey(upload, number);
      const { versionId, bytes } = hub.objects.send(key, text);
      await hub.receive(createdEvent(key, bytes, versionId));
    },
    /** The dataset in force, put together. */
    dataset: () => {
      const visible = hub.checked.visible();
      return hub.datasets
        .at(-1)
        ?.objects.map(({ key }) => visible[key])
        .join('');
    },
  };
}

/** What a hub says of the same file uploaded whole. */
export async function asOneFile(hub: Intake, texts: readonly string[]) {
  const content = texts.join('');
  const { uploadId } = hub.arrived(content);
  await hub.check({ uploadId });
  return whatCameOf(hub, await hub.upload(uploadId));
}

/** All that a provider and its consumers see. */
export function whatCameOf(hub: Intake, { state, rows, violations, refusal, reportKey, fixFileKey }: AnyUpload) {
  const visible = hub.checked.visible();
  const dataset = hub.datasets.at(-1);
  return {
    state,
    rows,
    violations,
    refusal: refusal?.code,
    report: visible[reportKey ?? ''],
    fixFile: visible[fixFileKey ?? ''],
    dataset: dataset?.objects.map(({ key }) => visible[key]).join(''),
    datasetRows: dataset?.rows,
    bytes: dataset?.bytes,
    columns: dataset?.columns,
  };
}

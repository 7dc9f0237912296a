import { UploadId } from '../../../../schemas/contracts/ids.ts';
import type { StoredAnswer } from '../../../../schemas/stored/answers.ts';
import { StoredUpload } from '../../../../schemas/stored/uploads.ts';
import type { Uploads } from '../../../intake/ports.ts';
import { writeAnswer } from '../answers.ts';
import { markUnnamed } from '../attachments/marks.ts';
import { commitVersion } from '../datasets/commit.ts';
import { writeEvidence } from '../evidence.ts';
import { mark, marked, unmark } from '../table/due.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { commit, putFenced, putNew, type Write } from '../table/write.ts';
import { readUnderWay, removeUnderWay, writeUnderWay } from './order.ts';
import { readParts, writeParts } from './parts.ts';
import { writeQuality } from './quality.ts';
import { setLastSequence } from './resources.ts';

export const dynamoUploads = (table: Table): Uploads => ({
  async find(uploadId) {
    const item = await readItem(table, keyOf.upload(uploadId));
    if (!item) return undefined;
    const upload = uploadOf(item);
    if (upload.segments !== undefined) return { ...upload, pieces: await readParts(table, uploadId) };
    return upload.multipart
      ? { ...upload, multipart: { ...upload.multipart, parts: await readParts(table, uploadId) } }
      : upload;
  },

  list(provider, { limit, cursor, resourceId, state }) {
    const listing = {
      from: { list: `UPLOADS#${provider}`, keyOf: (position: string) => keyOf.upload(position as UploadId) },
      newestFirst: true,
    };
    const chosen = (upload: StoredUpload) =>
      (resourceId ?? upload.resourceId) === upload.resourceId && (state ?? upload.state) === upload.state;
    return pageOf(table, listing, { limit, cursor }, (item) => {
      const upload = uploadOf(item);
      return chosen(upload) ? upload : undefined;
    });
  },

  async dueBy(until, most) {
    const found: UploadId[] = [];
    for await (const { uploadId } of marked(table, 'upload', until)) {
      const id = UploadId.parse(uploadId);
      // A mark of another version of the hub, which ended the upload and has marks of its own.
      if ((await readItem(table, keyOf.upload(id)))?.['lookAgainAt'] === undefined)
        await commit(table, [unmark(table, 'upload', keyOf.upload(id))]);
      else if (found.push(id) === most) break;
    }
    return found;
  },

  underWay: (resourceId, between) => readUnderWay(table, resourceId, between),

  async announce(upload, lastSequence, answer) {
    const writes = [
      setLastSequence(table, upload, lastSequence),
      putNew(table, itemOf(upload)),
      whenDue(table, upload),
      writeUnderWay(table, upload),
      ...writeParts(table, upload),
      ...writeAnswer(table, answer),
    ];
    const result = await commit(table, writes);
    if (result.committed) return 'announced';
    return answer && result.failed.includes(writes.length - 1) ? 'answered' : 'sequence-taken';
  },

  async replace(next, was, { evidence, answer, quality } = {}) {
    const result = await commit(table, [
      putFenced(table, itemOf(next), was),
      whenDue(table, next),
      ...(hasVerdict(next.state) && !hasVerdict(was.state) ? [removeUnderWay(table, next)] : []),
      ...(next.state === 'accepted' && was.state !== 'accepted' && next.content === 'attachments'
        ? [markUnnamed(table, next, next.finishedAt)]
        : []),
      ...writeQuality(table, quality),
      ...(evidence ? writeEvidence(table, evidence) : []),
      ...writeAnswer(table, answer),
    ]);
    return result.committed;
  },

  async accept({ upload, was, next, evidence, quality }) {
    const result = await commit(table, [
      putFenced(table, itemOf(upload), was),
      whenDue(table, upload),
      removeUnderWay(table, upload),
      ...writeQuality(table, quality),
      ...commitVersion(table, next),
      ...writeEvidence(table, evidence),
    ]);
    if (result.committed) return 'accepted';
    return result.failed.includes(0) ? 'stale' : 'overtaken';
  },

  async keepAnswer(answer: StoredAnswer) {
    return (await commit(table, writeAnswer(table, answer))).committed;
  },
});

const hasVerdict = (state: StoredUpload['state']): boolean => state === 'accepted' || state === 'refused';

/** Parts have an item of their own: 10,000 of them are most of the 400 KB that an item may have. */
const withoutParts = (upload: StoredUpload): StoredUpload => {
  if (upload.segments !== undefined) return { ...upload, pieces: [] };
  return upload.multipart ? { ...upload, multipart: { ...upload.multipart, parts: [] } } : upload;
};

const itemOf = (upload: StoredUpload): Item =>
  toItem('upload', keyOf.upload(upload.uploadId), withoutParts(upload), {
    list: { partition: `UPLOADS#${upload.provider}`, position: upload.uploadId },
  });

function whenDue(table: Table, upload: StoredUpload): Write {
  const key = keyOf.upload(upload.uploadId);
  return upload.lookAgainAt === undefined
    ? unmark(table, 'upload', key)
    : mark(table, 'upload', key, upload, upload.lookAgainAt);
}

const uploadOf = (item: Item): StoredUpload => fromItem(StoredUpload, item);

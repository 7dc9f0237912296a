import { readDataset } from '../../../../functions/adapters/dynamodb/datasets/store.ts';
import { readUnderWay } from '../../../../functions/adapters/dynamodb/intake/order.ts';
import { writeParts } from '../../../../functions/adapters/dynamodb/intake/parts.ts';
import { dynamoAttachments } from '../../../../functions/adapters/dynamodb/attachments/written.ts';
import { dynamoQualities } from '../../../../functions/adapters/dynamodb/intake/quality.ts';
import { dynamoSegments } from '../../../../functions/adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../../../../functions/adapters/dynamodb/intake/uploads.ts';
import { toItem } from '../../../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../../../functions/adapters/dynamodb/table/keys.ts';
import type { Table } from '../../../../functions/adapters/dynamodb/table/reads.ts';
import { released } from '../../../../functions/intake/domain/claim.ts';
import { inState, later } from '../../../intake/an-upload.ts';
import { aStoredDataset, instant, sha256 } from '../../../support/builders.ts';
import { all, id, page, there, resourceId, until } from './played.ts';
import { mark, marked, postpone } from '../../../../functions/adapters/dynamodb/table/due.ts';
import { renewedSegment } from '../../../../functions/intake/domain/segment.ts';

export function intake(table: Table) {
  const uploads = dynamoUploads(table);
  const segments = dynamoSegments(table);
  const dataset = aStoredDataset();
  const checking = inState.checking({ uploadId: id(1) });
  const inParts = inState.awaiting({ uploadId: id(2), multipart: { id: 'm', parts: [{ bytes: 5, sha256 }] } });
  const segment = {
    uploadId: id(3),
    number: 1,
    state: 'received',
    object: { versionId: 'v1', bytes: 5 },
    receivedAt: instant,
    epoch: 0,
  } as const;
  const about = { resourceId, uploadId: id(4), sequence: 4 };
  const quality = {
    ...about,
    resourceVersion: 1,
    content: 'snapshot',
    state: 'accepted',
    at: instant,
    rows: { read: 2, accepted: 1, rejected: 1 },
    violations: [{ field: 'name', rule: 'required', count: 1, firstLine: 2, looksLike: [{ kind: 'x', count: 1 }] }],
    datasetVersion: 1,
  };
  const attachments = dynamoAttachments(table);
  const digest = '0123456789abcdef0123456789abcdef';
  const written = { resourceId, digest, uploadId: id(5), sequence: 4, epoch: 1 };
  const object = { key: `attachments/one/${digest}`, versionId: 'v1' };
  const attachment = { ...written, picture: { type: 'jpeg', bytes: 5, sha256, object } };
  const [parts] = writeParts(table, inParts);
  return {
    dataset: [
      {
        item: toItem('dataset', keyOf.dataset(resourceId, 1), dataset),
        read: () => readDataset(table, resourceId, 1),
      },
    ],
    due: [
      {
        item: mark(table, 'dataset', keyOf.dataset(resourceId, 1), dataset, instant).Put?.Item ?? {},
        read: () => all(marked(table, 'dataset', until)),
        change: () => postpone(table, 'dataset', keyOf.dataset(resourceId, 1), later(60)),
      },
    ],
    'upload-under-way': [
      {
        item: toItem('upload-under-way', keyOf.underWay(resourceId, 7), { sequence: 7, uploadId: id(7) }),
        read: () => all(readUnderWay(table, resourceId)),
      },
    ],
    upload: [
      {
        item: toItem('upload', keyOf.upload(checking.uploadId), checking),
        read: () => uploads.find(checking.uploadId),
        change: async () => {
          const found = there(await uploads.find(checking.uploadId));
          return found.state === 'checking' && uploads.replace(released(found, later(5)), found);
        },
      },
      {
        item: toItem('upload', keyOf.upload(inParts.uploadId), { ...inParts, multipart: { id: 'm', parts: [] } }),
        read: () => uploads.find(inParts.uploadId),
      },
    ],
    attachment: [
      {
        item: toItem('attachment', keyOf.attachment(resourceId, digest, 4, 1), attachment),
        read: () => attachments.named(resourceId, digest),
      },
    ],
    'attachment-written': [
      {
        item: toItem('attachment-written', keyOf.attachmentWritten(written.uploadId, 1, digest), written),
        read: () => all(attachments.ofUpload(written.uploadId)),
      },
    ],
    'upload-parts': [{ item: parts?.Put?.Item ?? {}, read: () => uploads.find(inParts.uploadId) }],
    'upload-segment': [
      {
        item: toItem('upload-segment', keyOf.segment(segment.uploadId, 1), segment),
        read: () => segments.find(segment.uploadId, 1),
        change: async () => {
          const found = there(await segments.find(segment.uploadId, 1));
          return found.state !== 'checked' && segments.put(renewedSegment(found, later(5)), found);
        },
      },
    ],
    quality: [
      {
        item: toItem('quality', keyOf.quality(resourceId, about.sequence), quality),
        read: async () => (await dynamoQualities(table).list(resourceId, page)).items,
        change: () => dynamoQualities(table).describe(about, [{ name: 'name', missing: 0, distinct: 1 }]),
      },
    ],
  };
}

import { agreementId, comparisonId, deliveryId, sha } from './things.ts';

const list = {
  format: 'csv',
  encoding: 'utf-8',
  bytes: 48_210,
  sha256: sha,
  columns: { id_number: '身份证号', name: '姓名' },
};
const announced = {
  comparisonId,
  agreementId,
  termsVersion: 1,
  resourceId: 'population',
  provider: 'public-security',
  consumer: 'social-security',
  kind: 'verify',
  purpose: '社会保障卡申领人身份核验',
  announcedAt: '2026-12-01T02:00:00.000Z',
};
const received = { ...announced, receivedAt: '2026-12-01T02:00:03.000Z' };
const done = {
  ...received,
  state: 'done',
  finishedAt: '2026-12-01T02:00:09.000Z',
  datasetVersion: 7,
  resourceVersion: 1,
  rows: { read: 1200, rejected: 0 },
  deliveryId,
};
const counts = { match: 1141, mismatch: 32, absent: 25, invalid: 1, repeated: 1 };

export const exampleOf = {
  announceComparison: {
    request: { agreementId, kind: 'verify', ...list },
    response: {
      comparisonId,
      put: {
        url: 'https://intake.example/lists/…?X-Amz-Signature=…',
        headers: { 'content-length': '48210', 'x-amz-checksum-sha256': sha },
      },
      expiresAt: '2026-12-01T03:00:00.000Z',
    },
  },
  listComparisons: { response: { items: [{ ...done, result: { hits: 1141 } }] } },
  readComparison: { response: { ...done, list, result: { hits: 1141, counts } } },
  decideComparison: {
    request: { decision: 'approve' },
    response: { ...received, state: 'received', approvedAt: '2026-12-01T02:10:00.000Z' },
  },
  cancelComparison: { response: { ...received, list, state: 'cancelled', finishedAt: '2026-12-01T02:11:00.000Z' } },
};

import { sha, uploadId, upload } from './things.ts';

export const exampleOf = {
  announceUpload: {
    request: {
      resourceId: 'legal-entities',
      content: 'snapshot',
      format: 'csv',
      encoding: 'utf-8',
      bytes: 901_222,
      sha256: sha,
    },
    response: {
      uploadId,
      expiresAt: '2026-12-01T02:50:00.000Z',
      put: {
        url: 'https://intake.example/uploads/…?X-Amz-Signature=…',
        headers: { 'content-length': '901222', 'x-amz-checksum-sha256': sha },
      },
    },
  },
  listUploads: { response: { items: [upload] } },
  readUpload: { response: upload },
  decideUpload: {
    request: { decision: 'accept', reason: 'two districts were merged' },
    response: {
      ...upload,
      state: 'received',
      held: { reason: 'row-count', previousRows: 9120, rows: 18_211, limit: 0.5 },
      reason: 'two districts were merged',
      datasetVersion: undefined,
      finishedAt: undefined,
      report: undefined,
      confirmedAt: '2026-12-01T02:10:00.000Z',
    },
  },
  postRecords: {
    request: { records: [{ org_code: '00251805-7', name: '北京长安商贸有限公司', division: '110102', capital: 50 }] },
    response: { uploadId },
  },
  readQuality: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          uploadId,
          sequence: 7,
          resourceVersion: 1,
          content: 'snapshot',
          state: 'accepted',
          at: '2026-12-01T01:51:02.000Z',
          rows: upload.rows,
          violations: upload.violations,
          datasetVersion: 7,
          datasetRows: 18_211,
          drift: 0.0012,
          fields: [
            { name: 'org_code', missing: 0, distinct: 18_211, minimum: '00251805-7', maximum: 'ZX002518-0' },
            { name: 'capital', missing: 204, distinct: 1120, minimum: '0', maximum: '9800000' },
          ],
        },
      ],
    },
  },
  listParts: {
    response: {
      items: [
        {
          number: 1,
          url: 'https://intake.example/uploads/…?partNumber=1&X-Amz-Signature=…',
          headers: { 'content-length': '8388608', 'x-amz-checksum-sha256': sha },
        },
      ],
      next: 101,
    },
  },
  completeUpload: {
    response: {
      ...upload,
      state: 'received',
      rows: undefined,
      violations: undefined,
      datasetVersion: undefined,
      finishedAt: undefined,
      report: undefined,
    },
  },
};

/** Examples of the OpenAPI document; a test parses each against its schema. */
const sha = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
const agreementId = '01JDBV0H7N6Z8W3Q5X9R2T4YKM';
const uploadId = '01JDBV4S2C8E5G7J9M1P3Q6R0T';
const deliveryId = '7Q3M9K2V5X8Z1B4D6F0H2J5N8P';

const definition = {
  title: '法人基础信息',
  titleEn: 'Legal entities',
  description: 'One row for each registered legal entity.',
  provider: 'quality',
  category: '1-02-001',
  themes: ['economy'],
  shareType: 'conditional',
  shareCondition: 'for the consumer’s own statutory duties',
  legalBasis: '政务数据共享条例 第十二条',
  modes: ['delivery'],
  updateCycle: 'daily',
  tolerance: 0.05,
  schema: {
    primaryKey: ['org_code'],
    missingValues: [''],
    fields: [
      {
        name: 'org_code',
        title: '组织机构代码',
        type: 'string',
        check: 'gb11714',
        sensitivity: 'public',
        constraints: { required: true, unique: true },
      },
      {
        name: 'name',
        title: '机构名称',
        type: 'string',
        sensitivity: 'public',
        constraints: { required: true, maxLength: 200 },
      },
      { name: 'division', type: 'string', sensitivity: 'public', constraints: { pattern: '\\d{6}' } },
      { name: 'capital', type: 'number', sensitivity: 'internal', constraints: { minimum: 0 } },
    ],
  },
};
const version = {
  resourceId: 'legal-entities',
  version: 1,
  provider: 'quality',
  publishedAt: '2026-12-01T01:00:00.000Z',
  digest: sha,
  definition,
};

const terms = {
  fields: ['org_code', 'name'],
  filter: [{ field: 'division', op: 'prefix', value: '110102' }],
  mask: {},
  mode: 'delivery',
  content: 'snapshot',
  format: 'csv',
  frequency: 'on-arrival',
  at: '02:00',
  purpose: 'tax registration',
  legalBasis: '税收征收管理法 第十五条',
  validFrom: '2026-12-01',
  validTo: '2027-11-30',
  duties: {
    provision: 'daily',
    use: 'tax registration only',
    disposal: { retainDays: 365 },
    security: 'in-house network only',
  },
};
const proposed = {
  agreementId,
  resourceId: 'legal-entities',
  resourceVersion: 1,
  provider: 'quality',
  consumer: 'tax',
  state: 'proposed',
  termsVersion: 1,
  termsDigest: sha,
  terms: [{ version: 1, proposedBy: 'tax', proposedAt: '2026-12-01T01:10:00.000Z', digest: sha, terms }],
  signatures: [] as string[],
  history: [{ at: '2026-12-01T01:10:00.000Z', by: 'tax', action: 'propose', termsVersion: 1 }] as object[],
};
const accepted = {
  ...proposed,
  state: 'agreed',
  history: [...proposed.history, { at: '2026-12-01T01:20:00.000Z', by: 'quality', action: 'accept', termsVersion: 1 }],
};
const signed = {
  ...accepted,
  state: 'signed',
  signatures: ['tax', 'quality'],
  history: [
    ...accepted.history,
    { at: '2026-12-01T01:30:00.000Z', by: 'tax', action: 'sign', termsVersion: 1 },
    { at: '2026-12-01T01:31:00.000Z', by: 'quality', action: 'sign', termsVersion: 1 },
  ],
};
const active = {
  ...signed,
  state: 'active',
  filingNumber: 'BJ-2026-0117',
  history: [
    ...signed.history,
    { at: '2026-12-01T01:40:00.000Z', by: 'eitc', action: 'file', termsVersion: 1, filingNumber: 'BJ-2026-0117' },
  ],
};
const terminated = {
  ...active,
  state: 'terminated',
  history: [
    ...active.history,
    {
      at: '2027-03-01T08:00:00.000Z',
      by: 'tax',
      action: 'terminate',
      termsVersion: 1,
      reason: 'merged into another agreement',
    },
  ],
};
const { terms: _terms, history: _history, signatures: _signatures, ...agreementSummary } = active;

const upload = {
  uploadId,
  resourceId: 'legal-entities',
  resourceVersion: 1,
  provider: 'quality',
  sequence: 7,
  content: 'snapshot',
  format: 'csv',
  encoding: 'utf-8',
  bytes: 901_222,
  sha256: sha,
  state: 'accepted',
  announcedAt: '2026-12-01T01:50:00.000Z',
  expiresAt: '2026-12-01T02:50:00.000Z',
  receivedAt: '2026-12-01T01:51:00.000Z',
  finishedAt: '2026-12-01T01:51:02.000Z',
  rows: { read: 18_214, accepted: 18_211, rejected: 3 },
  violations: [{ field: 'org_code', rule: 'gb11714', count: 3, firstLine: 77 }],
  datasetVersion: 7,
  report: { url: 'https://datasets.example/reports/…?X-Amz-Signature=…', expiresAt: '2026-12-01T02:01:00.000Z' },
};
const delivery = {
  deliveryId,
  agreementId,
  termsVersion: 1,
  resourceId: 'legal-entities',
  resourceVersion: 1,
  datasetVersion: 7,
  provider: 'quality',
  consumer: 'tax',
  content: 'snapshot',
  format: 'csv',
  state: 'noticed',
  plannedAt: '2026-12-01T01:51:03.000Z',
  releasedAt: '2026-12-01T01:51:04.000Z',
  rows: 18_211,
  bytes: 901_222,
  sha256: sha,
};

export const exampleOf = {
  me: {
    response: {
      department: 'tax',
      roles: ['department'],
      mailbox: { queueUrl: 'https://sqs.example/123456789012/hub-prod-mailbox-tax' },
    },
  },
  listDepartments: {
    response: { items: [{ id: 'tax', name: '地方税务局', nameEn: 'Local Taxation', roles: ['department'] }] },
  },
  publishResource: { request: definition, response: version },
  readResource: { response: version },
  listResources: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          version: 1,
          title: '法人基础信息',
          titleEn: 'Legal entities',
          provider: 'quality',
          themes: ['economy'],
          shareType: 'conditional',
          modes: ['delivery'],
          updateCycle: 'daily',
          publishedAt: '2026-12-01T01:00:00.000Z',
        },
      ],
    },
  },
  listDatasets: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          datasetVersion: 7,
          resourceVersion: 1,
          uploadId,
          rows: 18_211,
          bytes: 901_222,
          sha256: sha,
          committedAt: '2026-12-01T01:51:02.000Z',
        },
      ],
    },
  },
  proposeAgreement: { request: { resourceId: 'legal-entities', terms }, response: proposed },
  listAgreements: { response: { items: [agreementSummary], cursor: 'eyJrIjoiMDFKRCJ9' } },
  readAgreement: { response: active },
  acceptAgreement: { request: { termsVersion: 1 }, response: accepted },
  signAgreement: { request: { termsVersion: 1, termsDigest: sha }, response: signed },
  fileAgreement: { request: { filingNumber: 'BJ-2026-0117' }, response: active },
  terminateAgreement: { request: { reason: 'merged into another agreement' }, response: terminated },
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
  listDeliveries: { response: { items: [delivery], cursor: 'eyJhIjo3fQ' } },
  readDelivery: { response: delivery },
  readContent: {
    response: {
      url: 'https://deliveries.example/extracts/…?X-Amz-Signature=…',
      expiresAt: '2026-12-01T02:01:00.000Z',
      sha256: sha,
      bytes: 901_222,
    },
  },
  giveReceipt: { request: { sha256: sha }, response: { ...delivery, receivedAt: '2026-12-01T02:00:30.000Z' } },
};

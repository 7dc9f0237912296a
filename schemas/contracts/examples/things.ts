/** Examples of the OpenAPI document; a test parses each against its schema. */
export const sha = 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=';
export const agreementId = '01JDBV0H7N6Z8W3Q5X9R2T4YKM';
export const uploadId = '01JDBV4S2C8E5G7J9M1P3Q6R0T';
export const comparisonId = '01JDC3A6K9M2P5R8T1V4X7Z0BD';
export const deliveryId = '7Q3M9K2V5X8Z1B4D6F0H2J5N8P';

export const definition = {
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
export const version = {
  resourceId: 'legal-entities',
  version: 1,
  provider: 'quality',
  publishedAt: '2026-12-01T01:00:00.000Z',
  digest: sha,
  definition,
};

export const terms = {
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
export const proposed = {
  agreementId,
  resourceId: 'legal-entities',
  resourceVersion: 1,
  provider: 'quality',
  consumer: 'tax',
  state: 'proposed',
  termsVersion: 1,
  termsDigest: sha,
  terms: [
    { version: 1, resourceVersion: 1, proposedBy: 'tax', proposedAt: '2026-12-01T01:10:00.000Z', digest: sha, terms },
  ],
  signatures: [] as string[],
  history: [{ at: '2026-12-01T01:10:00.000Z', by: 'tax', action: 'propose', termsVersion: 1 }] as object[],
};
export const accepted = {
  ...proposed,
  state: 'agreed',
  history: [...proposed.history, { at: '2026-12-01T01:20:00.000Z', by: 'quality', action: 'accept', termsVersion: 1 }],
};
export const signed = {
  ...accepted,
  state: 'signed',
  signatures: ['tax', 'quality'],
  history: [
    ...accepted.history,
    { at: '2026-12-01T01:30:00.000Z', by: 'tax', action: 'sign', termsVersion: 1 },
    { at: '2026-12-01T01:31:00.000Z', by: 'quality', action: 'sign', termsVersion: 1 },
  ],
};
export const active = {
  ...signed,
  state: 'active',
  filingNumber: 'BJ-2026-0117',
  history: [
    ...signed.history,
    { at: '2026-12-01T01:40:00.000Z', by: 'eitc', action: 'file', termsVersion: 1, filingNumber: 'BJ-2026-0117' },
  ],
};
const entry = (at: string, by: string, action: string, more: object = {}) => ({
  at,
  by,
  action,
  termsVersion: 1,
  ...more,
});

export const countered = {
  ...proposed,
  termsVersion: 2,
  terms: [
    ...proposed.terms,
    {
      version: 2,
      resourceVersion: 1,
      proposedBy: 'quality',
      proposedAt: '2026-12-01T01:15:00.000Z',
      digest: sha,
      terms: { ...terms, frequency: 'daily' },
    },
  ],
  history: [...proposed.history, entry('2026-12-01T01:15:00.000Z', 'quality', 'counter', { termsVersion: 2 })],
};
export const commented = {
  ...proposed,
  history: [
    ...proposed.history,
    entry('2026-12-01T01:12:00.000Z', 'quality', 'comment', { reason: 'daily would do?' }),
  ],
};
export const withdrawn = {
  ...active,
  terms: countered.terms,
  history: [
    ...active.history,
    entry('2027-01-10T01:00:00.000Z', 'quality', 'counter', { termsVersion: 2 }),
    entry('2027-01-12T01:00:00.000Z', 'quality', 'withdraw', { termsVersion: 2, reason: 'not before next year' }),
  ],
};
export const suspended = {
  ...active,
  state: 'suspended',
  suspensions: [
    { holder: 'provider', by: 'quality', at: '2027-02-01T01:00:00.000Z', reason: 'the register is being corrected' },
  ],
  history: [
    ...active.history,
    entry('2027-02-01T01:00:00.000Z', 'quality', 'suspend', {
      holder: 'provider',
      reason: 'the register is being corrected',
    }),
  ],
};
export const resumed = {
  ...active,
  history: [
    ...suspended.history,
    entry('2027-02-03T01:00:00.000Z', 'quality', 'resume', { holder: 'provider', reason: 'corrected' }),
  ],
};
export const disputed = {
  ...active,
  dispute: { state: 'open', openedBy: 'tax', openedAt: '2027-02-10T01:00:00.000Z' },
  history: [
    ...active.history,
    entry('2027-02-10T01:00:00.000Z', 'tax', 'dispute', { reason: 'nothing for two weeks' }),
  ],
};
export const answered = {
  ...disputed,
  dispute: { ...disputed.dispute, state: 'answered' },
  history: [
    ...disputed.history,
    entry('2027-02-11T01:00:00.000Z', 'quality', 'answer', { reason: 'our system is being moved' }),
  ],
};
export const decided = {
  ...answered,
  dispute: { ...answered.dispute, state: 'decided' },
  history: [
    ...answered.history,
    entry('2027-02-15T01:00:00.000Z', 'eitc', 'decide', { reason: 'deliveries resume by 20 February' }),
  ],
};
export const terminated = {
  ...active,
  state: 'terminated',
  disposal: { owedSince: '2027-03-01', due: '2028-02-29' },
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
const statement = { method: 'deleted', disposedOn: '2027-03-15', words: 'copies and backups deleted' };
export const disposed = {
  ...terminated,
  disposal: { ...terminated.disposal, statement: { at: '2027-03-16T01:00:00.000Z', by: 'tax', ...statement } },
  history: [...terminated.history, entry('2027-03-16T01:00:00.000Z', 'tax', 'dispose')],
};
export const { terms: _terms, history: _history, signatures: _signatures, ...agreementSummary } = active;

export const upload = {
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
export const delivery = {
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

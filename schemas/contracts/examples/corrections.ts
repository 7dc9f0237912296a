import { agreementId, deliveryId } from './things.ts';

const correctionId = '01JDC1V8P4S6T0W2X5Y7Z9A1BC';

const report = {
  key: { org_code: '00251805-7' },
  field: 'name',
  reason: 'outdated',
  proposed: '北京长安商贸集团有限公司',
  words: 'The company changed its name in November; we saw the new licence.',
};
const open = {
  correctionId,
  deliveryId,
  agreementId,
  termsVersion: 1,
  resourceId: 'legal-entities',
  datasetVersion: 7,
  provider: 'quality',
  consumer: 'tax',
  state: 'open',
  ...report,
  reportedAt: '2026-12-01T03:00:00.000Z',
};
const answer = { decision: 'will-correct', words: 'The change was registered and missed the export.' };
const answered = { ...open, state: 'answered', answer: { at: '2026-12-02T01:00:00.000Z', ...answer } };

export const exampleOf = {
  reportCorrection: { request: report, response: open },
  listCorrections: { response: { items: [answered] } },
  readCorrection: {
    response: { ...answered, state: 'closed', closedAt: '2026-12-02T02:00:04.000Z', closedByDatasetVersion: 8 },
  },
  answerCorrection: { request: answer, response: answered },
};

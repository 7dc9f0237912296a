import { agreementId } from './things.ts';

const reply = {
  duty: 'reply-to-request',
  by: 'quality',
  to: ['tax'],
  about: { agreementId, resourceId: 'legal-entities' },
  since: '2026-12-01',
  due: '2026-12-15',
  overdue: false,
  binding: true,
  source: '政务数据共享条例（国务院令第809号）：无条件共享 1 个工作日、有条件共享 10 个工作日内答复',
};

export const exampleOf = {
  listDuties: { response: { items: [reply], cursor: 'MjAyNi0xMi0xNSMwMUpE' } },
  readAgreementDuties: { response: { items: [reply] } },
};

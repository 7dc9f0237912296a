import { agreementId } from './things.ts';

const lookupId = '01JDC3N6R8T0V2X4Z6B8D0F2HJ';
const asked = { caseNumber: '(2026)京0107执1024号', reason: '执行案件查找被执行人' };
const answered = { resourceId: 'population', datasetVersion: 7, at: '2026-12-01T02:10:00.000Z' };
const parties = { provider: 'public-security', consumer: 'court-shijingshan' };
const made = {
  lookupId,
  agreementId,
  termsVersion: 1,
  ...answered,
  resourceVersion: 1,
  ...parties,
  reason: asked.reason,
  keys: 1,
  found: 1,
  officer: 'li.wei',
  caseNumber: asked.caseNumber,
};

export const exampleOf = {
  lookUp: {
    request: { agreementId, key: { id_no: '11010519491231002X' }, ...asked },
    response: {
      lookupId,
      found: true,
      record: { id_no: '11010519491231002X', residence_address: '石景山路18号' },
      ...answered,
    },
  },
  readLookupAttachment: {
    response: {
      url: 'https://datasets.example/attachments/…?X-Amz-Signature=…',
      expiresAt: '2026-12-01T02:11:00.000Z',
      type: 'jpeg',
      sha256: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
      bytes: 48_211,
    },
  },
  listLookups: { response: { items: [made] } },
  watchLookups: {
    response: {
      items: [
        {
          day: '2026-12-01',
          agreementId,
          resourceId: 'population',
          ...parties,
          officerRef: '7Q3M9K2V5X8Z1B4D6F0H2J5N8P',
          lookups: 40,
          keys: 40,
          misses: 31,
          longestMissRun: 17,
          consecutive: 29,
          oddHours: 0,
          refused: 0,
          lastAt: '2026-12-01T02:30:00.000Z',
          signs: ['consecutive', 'misses'],
        },
      ],
    },
  },
  reportLookups: {
    request: { resourceId: 'population', key: { id_no: '11010519491231002X' } },
    response: {
      resourceId: 'population',
      title: '人口基础信息',
      provider: 'public-security',
      asOf: '2026-12-02T01:00:00.000Z',
      items: [
        {
          lookupId,
          at: answered.at,
          department: 'court-shijingshan',
          ...asked,
          legalBasis: '民事诉讼法 第二百五十三条',
          purpose: '查找被执行人',
          agreementId,
          filingNumber: 'BJ-2026-0117',
          found: true,
        },
      ],
    },
  },
};

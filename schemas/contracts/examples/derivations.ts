const resourceId = 'presales-at-85';
const inputs = { projects: { resourceId: 'housing-projects' }, sales: { resourceId: 'presale-contracts' } };
const agreementId = '01JD0000000000000000000117';

const terms = {
  termsDigest: '9Zl1vAMB7SlqSiVUBVgqKHFHFPBqUa0QVb4aoQBhVIY=',
  mode: 'delivery',
  purpose: 'clearance of land value tax',
  legalBasis: '土地增值税暂行条例 第十一条',
  validFrom: '2027-01-01',
  validTo: '2027-12-31',
  retainDays: 365,
  reshare: 'no',
  mask: {},
  filter: [],
};
const use = (state: string, consent: object) => ({
  agreementId: '01JD0000000000000000000118',
  resourceId,
  provider: 'housing',
  consumer: 'tax',
  state,
  terms: [{ termsVersion: 1, fields: ['developer'], asked: { ...terms, consent } }],
});

/** What a department answers about terms that grant its fields, which it reads in `listUses`. */
export const consentExamples = {
  consentToAgreement: {
    request: { termsVersion: 1, termsDigest: terms.termsDigest },
    response: use('agreed', { state: 'given', at: '2026-12-03T01:00:00.000Z' }),
  },
  objectToAgreement: {
    request: { termsVersion: 1, reason: 'only the projects of the year are needed for that' },
    response: use('agreed', { state: 'refused', at: '2026-12-03T01:00:00.000Z' }),
  },
};

export const exampleOf = {
  listUses: { response: { items: [use('agreed', { state: 'asked' })] } },
  readDerivation: {
    response: {
      resourceId,
      resourceVersion: 1,
      state: 'committed',
      startedAt: '2026-12-01T01:00:00.000Z',
      endedAt: '2026-12-01T01:00:09.000Z',
      rows: 6,
      datasetVersion: 4,
      lost: ['price'],
      inputs: {
        projects: { resourceId: 'housing-projects', datasetVersion: 12 },
        sales: { resourceId: 'presale-contracts', datasetVersion: 40, agreementId, termsVersion: 1 },
      },
    },
  },
  readLineage: {
    response: {
      resourceId,
      resourceVersion: 1,
      inputs,
      fields: [
        {
          field: 'project',
          from: [{ input: 'projects', field: 'project', how: 'copied' }],
          decidedBy: [],
          inherits: { providers: ['housing'] },
        },
      ],
      records: [
        { input: 'projects', by: 'presence' },
        { input: 'sales', field: 'project', by: 'join' },
      ],
    },
  },
  readImpact: {
    response: {
      resourceId,
      resourceVersion: 1,
      without: agreementId,
      outcome: 'ends',
      because: 'records',
      lost: ['project'],
      agreements: [{ agreementId: '01JD0000000000000000000118', consumer: 'tax', fields: ['project'] }],
      contentStops: true,
    },
  },
};

const resourceId = 'presales-at-85';
const inputs = { projects: { resourceId: 'housing-projects' }, sales: { resourceId: 'presale-contracts' } };
const agreementId = '01JD0000000000000000000117';

export const exampleOf = {
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

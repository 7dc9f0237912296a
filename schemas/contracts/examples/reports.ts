import { agreementId, comparisonId, deliveryId } from './things.ts';

const figures = {
  deliveries: 412,
  records: 7_502_932,
  bytes: 371_303_464,
  onTime: 409,
  late: 3,
  contentRequests: 415,
  receipts: 410,
  uploadsAccepted: 31,
  uploadsRefused: 1,
  recordsRead: 564_541,
  recordsAccepted: 564_448,
  recordsRejected: 93,
  resourcesPublished: 2,
  resourcesRetired: 0,
  agreementsProposed: 4,
  agreementsFiled: 3,
  agreementsTerminated: 1,
  agreementsExpired: 0,
  corrections: 2,
  lookups: 223,
  keysLookedUp: 223,
  recordsShown: 198,
  comparisons: 3,
  comparedRows: 4_100,
  comparisonHits: 3_870,
  benefitAsked: 1_240,
  benefitFound: 1_102,
  casesSolved: 117,
  visitsSaved: 20_400,
  documentsSaved: 41_000,
  amountRecovered: 12_500_000,
  hoursSaved: 3_100,
};
const parties = { provider: 'quality', consumer: 'tax' };
const about = { agreementId, resourceId: 'legal-entities', ...parties, termsVersion: 1 };
const stated = {
  period: '2026-12',
  casesSolved: 117,
  amountRecovered: 12_500_000,
  restsOn: { comparisons: [comparisonId] },
  words: 'Registrations found that never filed a return.',
};
const benefit = {
  agreementId,
  resourceId: 'legal-entities',
  ...parties,
  ...stated,
  found: {
    lookups: 0,
    keysLookedUp: 0,
    recordsShown: 0,
    comparisons: 1,
    comparedRows: 1_240,
    comparisonHits: 1_102,
  },
  statedAt: '2027-01-04T02:10:00.000Z',
};

export const exampleOf = {
  platformReport: {
    response: {
      asOf: '2026-12-31T08:00:00.000Z',
      from: '2026-12',
      to: '2026-12',
      by: 'pair',
      totals: {
        departments: 40,
        resources: 212,
        agreements: 553,
        agreementsByState: {
          proposed: 12,
          agreed: 3,
          signed: 2,
          active: 501,
          suspended: 4,
          terminated: 20,
          expired: 11,
        },
        pairs: 310,
        ...figures,
      },
      items: [{ ...parties, ...figures }],
      cursor: 'cXVhbGl0eXx0YXg',
    },
  },
  readUsage: {
    response: {
      ...about,
      state: 'active',
      inForceSince: '2026-12-01T01:40:00.000Z',
      asOf: '2027-03-15T08:00:00.000Z',
      days: 90,
      deliveries: 104,
      fetched: 103,
      contentRequests: 105,
      receipts: 103,
      lastReleasedAt: '2027-03-15T02:00:04.000Z',
      lastFetchedAt: '2027-03-14T02:01:10.000Z',
      unfetched: {
        count: 1,
        since: '2027-03-15T02:00:04.000Z',
        deliveries: [{ deliveryId, termsVersion: 1, datasetVersion: 110, releasedAt: '2027-03-15T02:00:04.000Z' }],
      },
      fields: ['org_code', 'name'],
      unreadFields: [] as string[],
    },
  },
  listUnusedGrants: {
    response: {
      items: [
        {
          ...about,
          inForceSince: '2026-12-01T01:40:00.000Z',
          reason: 'never-fetched',
          deliveries: 104,
          unfetched: 104,
          unfetchedSince: '2026-12-01T01:51:04.000Z',
          unreadFields: ['org_code', 'name'],
        },
      ],
    },
  },
  stateBenefit: { request: stated, response: benefit },
  listBenefits: { response: { items: [benefit] } },
};

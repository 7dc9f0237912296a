import { agreementId, sha } from './things.ts';

const watchId = '01JDC7W1R9M2P5R8T1V4X7Z0BD';

const lodged = {
  watchId,
  agreementId,
  termsVersion: 1,
  resourceId: 'population',
  provider: 'public-security',
  consumer: 'social-security',
  purpose: '养老待遇领取人状态变化',
  lodgedAt: '2026-12-01T02:00:00.000Z',
};
const active = {
  ...lodged,
  state: 'active',
  keys: 40_210,
  since: '2026-12-01T02:00:09.000Z',
  datasetVersion: 9,
  lookedAt: '2026-12-03T01:12:40.000Z',
  told: { keys: 31, datasets: 2 },
};

export const exampleOf = {
  lodgeKeys: {
    request: {
      agreementId,
      list: { format: 'csv', encoding: 'utf-8', bytes: 1_608_400, sha256: sha, columns: { id_number: '身份证号' } },
    },
    response: {
      watchId,
      put: {
        url: 'https://intake.example/lists/…?X-Amz-Signature=…',
        headers: { 'content-length': '1608400', 'x-amz-checksum-sha256': sha },
      },
      expiresAt: '2026-12-01T03:00:00.000Z',
    },
  },
  listWatches: { response: { items: [active] } },
  readWatch: { response: active },
  endWatch: {
    response: {
      ...lodged,
      state: 'ended',
      end: 'consumer',
      finishedAt: '2027-01-04T06:30:00.000Z',
      keys: 40_210,
      told: { keys: 31, datasets: 2 },
    },
  },
};

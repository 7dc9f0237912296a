import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { allRoutes, routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { aDefinition, amended, anId, department, instant } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { testHub, type ApiCall } from '../support/memory/api-call.ts';
import { announced, firms, late, offerBody, terms20to99, themeBody, World } from './authorization-world.ts';

/** A status; `unseen` is a list that is there and does not hold the thing, where 200 is one that does. */
type Cell = number | 'unseen';

/** A call about a thing that exists, and what of it a list would show. */
interface Asked extends Omit<ApiCall, 'as' | 'route'> {
  readonly seen?: string;
}

/** In the order of `callers`, for a thing of the provider and the consumer. */
type Row = readonly [Cell, Cell, Cell, Cell, Cell, Cell, (world: World, as: string) => Asked | Promise<Asked>];

const callers = [
  ['its provider', 'quality'],
  ['its consumer', 'tax'],
  ['another department', 'press'],
  ['the authority', 'eitc'],
  ['the auditor', 'auditor'],
  ['a role of no department', `arn:aws:sts::${testHub.account}:assumed-role/hub-${testHub.stage}-dept-nobody/x`],
] as const;

const reason = { reason: 'a word' };
const nothing = () => ({});
const ofFirms = () => ({ params: { resourceId: firms } });
const on = (state: Parameters<World['agreement']>[0], body?: Asked['body'], query?: Asked['query']) =>
  async function (world: World): Promise<Asked> {
    const { agreementId } = await world.agreement(state);
    return { params: { agreementId }, body, ...(query && { query }) };
  };
const fresh = (body?: unknown) => async (world: World) => ({ params: await world.published(), body });
const ofDemand =
  (body?: object, more: object = {}) =>
  async (world: World) => ({ params: await world.demand(more), body });
const ofUpload = (body?: object) => async (world: World) => ({ params: await world.upload(), body });
const ofDelivery =
  (body?: unknown) =>
  ({ delivery: { deliveryId } }: World) => ({ params: { deliveryId }, body });
/** Of no attachment. */
const reference = 'A'.repeat(22);
const named = { title: '法人', from: ['health'], fields: [{ name: 'name' }], purpose: '核对', legalBasis: '法' };
const active = { state: 'active' } as const;
const disputed = { ...active, dispute: { state: 'open', openedBy: department('tax'), openedAt: instant } } as const;
const askedOfPress = [{ department: department('press'), state: 'asked' as const }];
const over = { state: 'terminated', disposal: { owedSince: '2026-01-02', due: '2099-01-02' } } as const;
const benefit = { period: '2026-01', casesSolved: 7, words: '查出未登记企业' };

/** Every route, and what each kind of caller is answered. A route without a row does not compile. */
const matrix: Readonly<Record<RouteId, Row>> = {
  // The catalog is everybody's; how much data there is and how it comes is between provider and consumer.
  me: [200, 200, 200, 200, 200, 403, nothing],
  listDepartments: [200, 200, 200, 200, 200, 403, nothing],
  listCategories: [200, 200, 200, 200, 200, 403, nothing],
  listResources: [200, 200, 200, 200, 200, 403, () => ({ query: { limit: 100 }, seen: firms })],
  readResource: [200, 200, 200, 200, 200, 403, ofFirms],
  readResourceVersion: [200, 200, 200, 200, 200, 403, () => ({ params: { resourceId: firms, version: '1' } })],
  readCatalog: [200, 200, 200, 200, 200, 403, () => ({ query: { limit: 100 }, seen: firms })],
  publishResource: [200, 403, 403, 403, 403, 403, fresh(aDefinition())],
  compareResource: [200, 403, 403, 403, 403, 403, fresh(aDefinition())],
  deprecateResource: [200, 403, 403, 403, 403, 403, fresh({ retireOn: '2099-06-30', reason: '合并' })],
  retireResource: [200, 403, 403, 403, 403, 403, fresh({ reason: '合并' })],
  listLateResources: [200, 200, 'unseen', 200, 200, 403, () => ({ query: { limit: 100 }, seen: late })],
  listDatasets: [200, 200, 404, 404, 404, 403, ofFirms],

  // How a resource is made is its owner's: here of the consumer, of what the provider delivers to it.
  readDerivation: [404, 200, 404, 200, 200, 403, async (w) => ({ params: (await w.derived()).params })],
  readLineage: [200, 200, 404, 200, 200, 403, async (w) => ({ params: (await w.derived()).params })],
  readImpact: [
    200,
    200,
    404,
    200,
    200,
    403,
    async (w) => {
      const { params, agreementId } = await w.derived();
      return { params, query: { without: agreementId } };
    },
  ],

  listUses: [200, 200, 404, 200, 200, 403, async (w) => ({ params: (await w.derived()).params })],

  // A theme is everybody's, its sheet its members'; a demand is between those whom it concerns.
  defineTheme: [403, 200, 403, 403, 403, 403, async (w) => ({ params: await w.theme(), body: themeBody })],
  listThemes: [200, 200, 200, 200, 200, 403, async (w) => ({ seen: (await w.theme()).themeId })],
  readTheme: [200, 200, 200, 200, 200, 403, async (w) => ({ params: await w.theme() })],
  readCoverage: [200, 200, 404, 200, 200, 403, async (w) => ({ params: await w.theme() })],
  stateThemeDemand: [201, 201, 403, 403, 403, 403, async (w) => ({ params: await w.theme(), body: named })],
  stateDemand: [201, 201, 201, 201, 403, 403, () => ({ body: named })],
  listDemands: [200, 200, 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.demand()).demandId })],
  readDemand: [200, 200, 404, 200, 200, 403, ofDemand()],
  listMatches: [200, 200, 404, 200, 200, 403, ofDemand()],
  matchDemand: [200, 200, 404, 403, 403, 403, ofDemand({ resourceId: firms })],
  draftAgreement: [403, 200, 404, 403, 403, 403, ofDemand({}, { resourceId: firms })],
  declineDemand: [200, 403, 404, 403, 403, 403, ofDemand(reason)],
  withdrawDemand: [403, 200, 404, 403, 403, 403, ofDemand({})],

  // Parties, authority and auditor know of an agreement. Nobody files or decides what is its own.
  proposeAgreement: [422, 201, 201, 201, 403, 403, () => ({ body: { resourceId: firms, terms: terms20to99 } })],
  listAgreements: [200, 200, 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.agreement()).agreementId })],
  readAgreement: [200, 200, 404, 200, 200, 403, on({})],
  readHistory: [200, 200, 404, 200, 200, 403, on({})],
  counterAgreement: [200, 200, 404, 403, 403, 403, on({}, { terms: terms20to99 })],
  commentOnAgreement: [200, 200, 404, 200, 403, 403, on({}, { text: '一句话' })],
  acceptAgreement: [200, 422, 404, 403, 403, 403, on({}, { termsVersion: 1 })],
  signAgreement: [
    200,
    200,
    404,
    403,
    403,
    403,
    async (world) => {
      const { agreementId, termsDigest } = await world.agreement({ state: 'agreed' });
      return { params: { agreementId }, body: { termsVersion: 1, termsDigest } };
    },
  ],
  // Only a department whose fields are granted, and which is asked, has a say: here it is the stranger's.
  consentToAgreement: [
    403,
    403,
    200,
    403,
    403,
    403,
    async (world) => {
      const { agreementId, termsDigest } = await world.agreement({ state: 'signed', consents: askedOfPress });
      return { params: { agreementId }, body: { termsVersion: 1, termsDigest } };
    },
  ],
  objectToAgreement: [
    403,
    403,
    200,
    403,
    403,
    403,
    on({ state: 'active', consents: askedOfPress }, { ...reason, termsVersion: 1 }),
  ],
  fileAgreement: [403, 403, 403, 200, 403, 403, on({ state: 'signed' }, { filingNumber: 'BJ-1' })],
  withdrawAmendment: [
    200,
    200,
    404,
    403,
    403,
    403,
    async (world) => {
      const { agreementId } = await world.agreement(active, (agreement) => amended(agreement, 'proposed'));
      return { params: { agreementId }, body: reason };
    },
  ],
  suspendAgreement: [200, 200, 404, 200, 403, 403, on(active, reason)],
  // The provider suspended it: each lifts its own.
  resumeAgreement: [200, 409, 404, 409, 403, 403, on({ state: 'suspended' }, reason)],
  terminateAgreement: [200, 200, 404, 200, 403, 403, on(active, reason)],
  openDispute: [200, 200, 404, 403, 403, 403, on(active, reason)],
  answerDispute: [200, 422, 404, 403, 403, 403, on(disputed, reason)],
  decideDispute: [403, 403, 403, 200, 403, 403, on(disputed, reason)],
  stateDisposal: [
    403,
    200,
    404,
    403,
    403,
    403,
    on(over, { method: 'deleted', disposedOn: '2026-01-03', words: '已删除' }),
  ],

  // What an agreement says is for all who know of it; what it would deliver is data.
  compareTerms: [200, 200, 404, 200, 200, 403, on({}, undefined, { from: 1, to: 1 })],
  readText: [200, 200, 404, 200, 200, 403, on({})],
  readOdrl: [200, 200, 404, 200, 200, 403, on({})],
  previewTerms: [200, 200, 404, 403, 403, 403, on({ state: 'agreed' })],
  listPrecedents: [200, 403, 403, 403, 403, 403, ofFirms],
  stateOffer: [200, 403, 403, 403, 403, 403, fresh(offerBody)],
  readOffer: [200, 200, 404, 200, 200, 403, async (w) => ({ params: await w.offer() })],
  withdrawOffer: [200, 403, 404, 403, 403, 403, async (w) => ({ params: await w.offer() })],
  proposeScheme: [
    201,
    201,
    201,
    201,
    403,
    403,
    () => ({ body: { name: '法人', proposals: [{ resourceId: firms, terms: terms20to99 }] } }),
  ],
  readScheme: [200, 200, 404, 200, 200, 403, async (w) => ({ params: (await w.scheme()).params })],
  acceptScheme: [
    200,
    200,
    404,
    403,
    403,
    403,
    async (world) => {
      const { params, agreementId } = await world.scheme();
      return { params, body: { agreements: [{ agreementId, termsVersion: 1 }] } };
    },
  ],
  signScheme: [
    200,
    200,
    404,
    403,
    403,
    403,
    async (world) => {
      const { params, agreementId, termsDigest } = await world.scheme();
      return { params, body: { agreements: [{ agreementId, termsVersion: 1, termsDigest }] } };
    },
  ],

  // A department sees what it owes; those who see every agreement see every duty.
  listDuties: [200, 'unseen', 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.owing()).agreementId })],
  readAgreementDuties: [200, 200, 404, 200, 200, 403, on({})],

  // Uploads are their provider's own. In the last three cases there is nothing to decide, or to put together.
  announceUpload: [201, 403, 403, 403, 403, 403, async (w) => ({ body: { ...(await w.published()), ...announced } })],
  listUploads: [200, 'unseen', 'unseen', 'unseen', 403, 403, async (w) => ({ seen: (await w.upload()).uploadId })],
  readUpload: [200, 404, 404, 404, 403, 403, ofUpload()],
  postRecords: [201, 403, 403, 403, 403, 403, fresh({ records: [{ org_code: '00251805-7', name: '甲' }] })],
  readQuality: [200, 403, 403, 200, 200, 403, ofFirms],
  decideUpload: [409, 404, 404, 404, 403, 403, ofUpload({ decision: 'accept' })],
  listParts: [409, 404, 404, 404, 403, 403, ofUpload()],
  completeUpload: [409, 404, 404, 404, 403, 403, ofUpload()],

  // Deliveries and corrections are between provider and consumer alone; the content is the consumer's alone.
  listDeliveries: [
    200,
    200,
    'unseen',
    'unseen',
    403,
    403,
    ({ delivery }, as) => ({
      query: { role: as === 'quality' ? 'provider' : 'consumer' },
      seen: delivery.deliveryId,
    }),
  ],
  readDelivery: [200, 200, 404, 404, 403, 403, ofDelivery()],
  readContent: [403, 200, 404, 404, 403, 403, ofDelivery()],
  readAttachment: [403, 404, 404, 404, 403, 403, (w) => ({ params: { deliveryId: w.delivery.deliveryId, reference } })],
  giveReceipt: [403, 200, 404, 404, 403, 403, ofDelivery({ sha256: announced.sha256 })],
  reportCorrection: [
    403,
    201,
    404,
    404,
    403,
    403,
    ofDelivery({ line: 2, field: 'name', reason: 'wrong', words: '不符' }),
  ],
  // A comparison is run by the consumer; the provider, the authority and the auditor see that it was.
  announceComparison: [
    403,
    201,
    404,
    403,
    403,
    403,
    async (w) => ({ body: { agreementId: (await w.compared()).agreementId, kind: 'verify', ...announced } }),
  ],
  listComparisons: [200, 200, 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.comparison()).comparisonId })],
  readComparison: [200, 200, 404, 200, 200, 403, async (w) => ({ params: await w.comparison() })],
  decideComparison: [
    200,
    403,
    404,
    403,
    403,
    403,
    async (w) => ({ params: await w.comparison(), body: { decision: 'approve' } }),
  ],
  cancelComparison: [403, 200, 404, 403, 403, 403, async (w) => ({ params: await w.comparison() })],
  lodgeKeys: [
    403,
    201,
    404,
    403,
    403,
    403,
    async (w) => ({ body: { agreementId: (await w.watched()).agreementId, keys: [{ org_code: '11-1' }] } }),
  ],
  listWatches: [200, 200, 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.watch()).watchId })],
  readWatch: [200, 200, 404, 200, 200, 403, async (w) => ({ params: await w.watch() })],
  endWatch: [403, 200, 404, 403, 403, 403, async (w) => ({ params: await w.watch() })],
  orderReconciliation: [403, 201, 404, 403, 403, 403, async (w) => ({ body: await w.reconcilable() })],
  listReconciliations: [
    200,
    200,
    'unseen',
    200,
    200,
    403,
    async (w) => ({ seen: (await w.reconciliation()).reconciliationId }),
  ],
  readReconciliation: [200, 200, 404, 200, 200, 403, async (w) => ({ params: await w.reconciliation() })],
  endReconciliation: [403, 200, 404, 403, 403, 403, async (w) => ({ params: await w.reconciliation() })],

  listCorrections: [
    200,
    200,
    'unseen',
    'unseen',
    403,
    403,
    async (w) => ({ seen: (await w.correction()).correctionId }),
  ],
  readCorrection: [200, 200, 404, 404, 403, 403, async (w) => ({ params: await w.correction() })],
  answerCorrection: [
    200,
    403,
    404,
    404,
    403,
    403,
    async (w) => ({ params: await w.correction(), body: { decision: 'unclear', words: '查' } }),
  ],

  // Looked up by its consumer alone; what was looked up is between both, who stands out is for the provider and overseers.
  lookUp: [403, 200, 404, 403, 403, 403, async (w) => ({ body: await w.lookable() })],
  readLookupAttachment: [
    403,
    404,
    404,
    403,
    403,
    403,
    async (w) => ({ params: { lookupId: (await w.lookup()).lookupId, reference } }),
  ],
  listLookups: [200, 200, 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.lookup()).lookupId })],
  watchLookups: [200, 'unseen', 'unseen', 200, 200, 403, async (w) => ({ seen: (await w.lookup()).agreementId })],
  reportLookups: [403, 403, 403, 200, 403, 403, () => ({ body: { resourceId: firms, key: { org_code: '11-1' } } })],

  // Figures are those of one's own exchange, but for those who watch over all.
  platformReport: [
    200,
    200,
    'unseen',
    200,
    200,
    403,
    async (world) => {
      const { agreementId } = await world.agreement(active);
      await world.did('stateBenefit', 'tax', { params: { agreementId }, body: benefit });
      return { query: { by: 'pair', from: '2026-01', to: '2026-01' }, seen: '"tax"' };
    },
  ],
  readUsage: [200, 200, 404, 200, 200, 403, on(active)],
  listUnusedGrants: [
    200,
    200,
    'unseen',
    200,
    200,
    403,
    async (w) => ({ query: { days: 1, limit: 100 }, seen: (await w.agreement(active)).agreementId }),
  ],
  stateBenefit: [403, 201, 404, 403, 403, 403, on(active, benefit)],
  listBenefits: [200, 200, 404, 200, 200, 403, on(active)],
};
const rows = Object.entries(matrix) as [RouteId, Row][];

let aws: LocalAws;
let world: World;
beforeAll(async () => {
  aws = await startLocalAws();
  world = await World.on(aws);
});
afterAll(() => aws.stop());

/** What the caller is answered; of a list all pages. */
async function answered(route: RouteId, as: string, { seen, ...asked }: Asked): Promise<Cell> {
  let text = '';
  for (let cursor: string | undefined; ;) {
    const query = { ...asked.query, ...(cursor !== undefined && { cursor }) };
    const { status, body } = await world.call<{ cursor?: string }>(route, as, { ...asked, query });
    if (status >= 400 || seen === undefined) return status;
    text += JSON.stringify(body);
    cursor = body.cursor;
    if (cursor === undefined) return text.includes(seen) ? status : 'unseen';
  }
}

/** By route: a thing for all whose call leaves it as it is. */
const untouched = new Map<RouteId, Promise<Asked>>();
/** Who reads or is refused changes nothing and needs no thing of its own. */
async function thingFor(route: RouteId, as: string, cell: Cell): Promise<Asked> {
  const make = matrix[route][6];
  const isChanged = routes[route].method !== 'GET' && typeof cell === 'number' && cell < 300;
  if (isChanged || make.length > 1) return make(world, as);
  const thing = untouched.get(route) ?? Promise.resolve(make(world, as));
  untouched.set(route, thing);
  return thing;
}

describe('of a thing that exists', () => {
  test.each(rows)('%s answers each caller what it may know', async (route, row) => {
    const told: Record<string, Cell> = {};
    for (const [i, [name, as]] of callers.entries())
      told[name] = await answered(route, as, await thingFor(route, as, row[i] as Cell));
    expect(told).toEqual(Object.fromEntries(callers.map(([name], i) => [name, row[i]])));
  });
});

const absent: Readonly<Record<string, string>> = {
  resourceId: 'no-such-thing',
  themeId: 'no-such-thing',
  reference: 'B'.repeat(21) + 'A',
};
const hidden = rows.flatMap(([route, row]) =>
  callers.flatMap(([, as], i) => (row[i] === 404 ? [[route, as] as const] : [])),
);
test.each(hidden)('%s answers %s alike whether a thing is there that it may not know of', async (route, as) => {
  const { seen: _seen, ...asked } = await thingFor(route, as, 404);
  const params = Object.fromEntries(
    Object.keys(asked.params ?? {}).map((name) => [name, absent[name] ?? anId(9_999_999)]),
  );
  const { status, body } = await world.call(route, as, asked);
  expect({ status, body }).toEqual({ status: 404, body: expect.objectContaining({ code: 'not-found' }) });
  const { status: ofNothing, body: ofAbsent } = await world.call(route, as, { ...asked, params });
  expect({ status: ofNothing, body: ofAbsent }).toEqual({ status, body });
});

const refused = (route: RouteId, caller: (typeof callers)[number][1]): boolean => {
  const cell = matrix[route][callers.findIndex(([, as]) => as === caller)];
  return typeof cell === 'number' && cell >= 400;
};

describe('the matrix', () => {
  test('lets the auditor read and do nothing else', () => {
    const writing = allRoutes.filter(({ method }) => method !== 'GET').map(({ id }) => id as RouteId);
    expect(writing.filter((id) => !refused(id, 'auditor'))).toEqual([]);
  });
  test.each(['eitc', 'auditor'] as const)('shows %s no data', (watcher) => {
    const data: RouteId[] = [
      'readContent',
      'previewTerms',
      'readUpload',
      'listParts',
      'readCorrection',
      'readDelivery',
    ];
    expect(data.filter((id) => !refused(id, watcher))).toEqual([]);
  });
  test('has nobody file, or decide on, what is its own', () => {
    for (const party of ['quality', 'tax'] as const)
      expect([refused('fileAgreement', party), refused('decideDispute', party)]).toEqual([true, true]);
  });
  test('knows every route by its own name', () => {
    expect(Object.keys(matrix).toSorted()).toEqual(Object.keys(routes).toSorted());
  });
});

test('a consumer is named by itself, or by the provider of what it is to have', async () => {
  const body = { resourceId: firms, consumer: 'tax', terms: terms20to99 };
  const statuses = await Promise.all(
    callers.map(async ([, as]) => (await world.call('proposeAgreement', as, { body })).status),
  );
  expect(statuses).toEqual([201, 201, 403, 403, 403, 403]);
});

test('an idempotency key of one department is nothing to another', async () => {
  const headers = { 'Idempotency-Key': 'the-same' };
  const ask = async (as: string) => (await world.did('stateDemand', as, { body: named, headers }))['demandId'];
  const [once, again, other] = [await ask('tax'), await ask('tax'), await ask('press')];
  expect(again).toBe(once);
  expect(other).not.toBe(once);
  const params = { demandId: once! };
  expect((await world.call('readDemand', 'press', { params })).status).toBe(404);
});

/** What may be kept of an answer as it was: ids, states and figures, and what everybody may read. Whatever else refers. */
const keptWhole: ReadonlySet<string> = new Set([
  'acceptScheme',
  'giveReceipt',
  'postRecords',
  'signScheme',
  'withdrawOffer',
]);
/** Routes that change nothing: a repetition asks anew. */
const unkept: ReadonlySet<string> = new Set(['compareResource', 'compareTerms']);

describe('what is kept for thirty days of the answer to', () => {
  const permitted = rows.flatMap(([route, row]) => {
    const at = [0, 1, 2, 3].find((i) => typeof row[i] === 'number' && row[i] < 300);
    return routes[route].method === 'POST' && at !== undefined ? [[route, callers[at]![1], row[6]] as const] : [];
  });
  test.each(permitted)(
    '%s holds no words, values or URLs, and a repetition is answered alike',
    async (route, as, make) => {
      const { seen: _seen, ...asked } = await make(world, as);
      const headers = { 'Idempotency-Key': `once-${route}` };
      const first = await world.call(route, as, { ...asked, headers });
      expect(await world.call(route, as, { ...asked, headers })).toMatchObject({
        status: first.status,
        body: first.body,
      });
      const kept = await world.keptAnswer(route, as, `once-${route}`);
      expect(kept === undefined).toBe(unkept.has(route));
      expect(kept?.body === undefined).toBe(!keptWhole.has(route));
      expect(JSON.stringify(kept ?? {})).not.toMatch(/https?:|X-Amz|\p{Script=Han}|a word/u);
    },
  );
});

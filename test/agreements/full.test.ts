import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { agreementEndpoints } from '../../functions/agreements/endpoints.ts';
import { MAX_OWN_BYTES } from '../../functions/agreements/domain/room.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { departments } from '../../schemas/registry/departments.ts';
import type { Agreement, HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { Page } from '../../schemas/contracts/paging.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { amended, anAct, anAgreement, anId, day, department, instant, terms } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { callApi, testHub } from '../support/memory/api-call.ts';
import { countingIds, recordingLog, recordingMetrics } from '../support/memory/kernel.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { anAgreementsApi } from './api.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

/** As many characters as words may have, three bytes each. */
const words = '数'.repeat(2000);
const tax = department('tax');
let drawn = 0;

/** The agreements API on a real table. */
function anApi() {
  const { ports, clock } = anAgreementsApi();
  const agreements = dynamoAgreements(aws.table);
  const handler = api(agreementEndpoints({ ...ports, agreements, ids: countingIds(1_000_000 + 1000 * ++drawn) }), {
    answers: dynamoAnswers(aws.table),
    clock,
    log: recordingLog(),
    metrics: recordingMetrics(),
    identity: testHub,
  });
  const call = <T = Agreement>(
    route: keyof typeof routes,
    as: string,
    id: string,
    body?: object,
    query: object = {},
    key = `key-${++drawn}`,
  ) =>
    callApi<T>(handler, {
      as,
      route: routes[route],
      params: { agreementId: id },
      ...(body && { body, headers: { 'Idempotency-Key': key } }),
      query: query as Record<string, string>,
    });
  return { agreements, call };
}

/** Both parties have put as many terms on the table as they may; whoever can suspends it, and the hub has noted much. */
function crammed(state: Agreement['state'], changes: Partial<Agreement> = {}): Agreement {
  const agreement = { ...anAgreement({ agreementId: anId(10_000 + ++drawn), state }), ...changes };
  const [first] = agreement.terms;
  const share = [70_000, MAX_OWN_BYTES - 75_000];
  const more = [tax, department('quality')].flatMap((proposedBy) =>
    share.map((bytes, index) => ({
      ...first!,
      proposedBy,
      version: 10 + index + (proposedBy === tax ? 0 : 2),
      terms: terms({ filter: [{ field: 'name', op: 'prefix', value: 'x'.repeat(bytes) }] }),
    })),
  );
  return {
    ...agreement,
    terms: [...agreement.terms, ...more],
    // A register of which every department of the registry has a part.
    consents: departments.map(({ id }) => ({ department: id, state: 'given', at: instant })),
    ...((state === 'active' || state === 'suspended') && {
      outdated: { resourceVersion: 2, fields: ['名'.repeat(9990)], graceUntil: '2027-03-01' },
    }),
  };
}

/** As it was stored when words were in the item: 56 comments of the longest. */
const talkative = (agreement: Agreement): Agreement => ({
  ...agreement,
  history: [
    ...agreement.history,
    ...Array.from({ length: 50 }, (): HistoryEntry => ({ at: instant, by: tax, action: 'comment', reason: words })),
  ],
});

const suspendedBy = (...holders: Agreement['suspensions'][number]['holder'][]): Partial<Agreement> => ({
  suspensions: holders.map((holder) => ({ holder, by: 'hub', at: instant, reason: words })),
});
const disputed = (state: 'open' | 'answered') => ({ dispute: { state, openedBy: tax, openedAt: instant } });
const reason = { reason: words };

type Case = readonly [act: keyof typeof routes, as: string, agreement: () => Agreement, body: object];
const acts: readonly Case[] = [
  ['commentOnAgreement', 'tax', () => crammed('active'), { text: words }],
  ['commentOnAgreement', 'eitc', () => crammed('terminated'), { text: words }],
  ['suspendAgreement', 'quality', () => crammed('active'), reason],
  ['suspendAgreement', 'tax', () => crammed('suspended', suspendedBy('provider', 'authority', 'clock')), reason],
  ['suspendAgreement', 'eitc', () => crammed('suspended', suspendedBy('provider', 'consumer', 'clock')), reason],
  [
    'resumeAgreement',
    'quality',
    () => crammed('suspended', suspendedBy('provider', 'consumer', 'authority', 'clock')),
    reason,
  ],
  ['terminateAgreement', 'quality', () => crammed('active'), reason],
  ['terminateAgreement', 'eitc', () => crammed('suspended', suspendedBy('provider', 'consumer', 'clock')), reason],
  ['openDispute', 'tax', () => crammed('active'), reason],
  ['answerDispute', 'quality', () => crammed('active', disputed('open')), reason],
  ['decideDispute', 'eitc', () => crammed('active', disputed('answered')), reason],
  ['withdrawAmendment', 'quality', () => amended(crammed('active'), 'proposed'), reason],
  ['fileAgreement', 'eitc', () => crammed('signed'), { filingNumber: '号'.repeat(100) }],
  ['acceptAgreement', 'quality', () => crammed('proposed'), { termsVersion: 1 }],
  ['stateDisposal', 'tax', () => crammed('terminated'), { method: 'deleted', disposedOn: day, words }],
];

const bytesOfItem = async (id: Agreement['agreementId']) =>
  Buffer.byteLength(JSON.stringify(await readItem(aws.table, keyOf.agreement(id))));

describe.each([
  ['with all the terms that there can be', (agreement: Agreement) => agreement],
  [
    'that holds fifty long comments from before',
    (agreement: Agreement) => ({
      ...talkative(agreement),
      terms: agreement.terms.filter(({ version }) => [1, agreement.amendment?.termsVersion].includes(version)),
    }),
  ],
])('an agreement %s', (_kind, fill) => {
  test.each(acts)('takes %s by %s, and its repetition', async (act, as, build, body) => {
    const { agreements, call } = anApi();
    const agreement = fill(build());
    await agreements.add(anAct(agreement));
    const key = `once-${agreement.agreementId}`;
    const { status, body: after } = await call(act, as, agreement.agreementId, body, {}, key);
    expect(await call(act, as, agreement.agreementId, body, {}, key)).toMatchObject({ status, body: after });
    expect([status, (after as { code?: string }).code]).toEqual([200, undefined]);
    expect(after.history.length).toBe(agreement.history.length + 1);
    expect(await bytesOfItem(agreement.agreementId)).toBeLessThan(400_000);
  });
});

test('an agreement with all that there can be takes an objection, and its end', async () => {
  const { agreements, call } = anApi();
  const agreement = crammed('suspended', suspendedBy('provider', 'consumer', 'authority', 'clock'));
  const { agreementId, termsVersion, termsDigest } = agreement;
  await agreements.add(anAct(agreement));
  const objected = await call('objectToAgreement', 'press', agreementId, { termsVersion, reason: words });
  expect([objected.status, (await agreements.find(agreementId))?.value.suspensions.length]).toEqual([200, 5]);
  expect(await bytesOfItem(agreementId)).toBeLessThan(400_000);
  const consented = await call('consentToAgreement', 'press', agreementId, { termsVersion, termsDigest });
  expect([consented.status, (await agreements.find(agreementId))?.value.suspensions.length]).toEqual([200, 4]);
});

describe('words', () => {
  test('of hundreds of comments make no item larger, and stay readable', async () => {
    const { agreements, call } = anApi();
    const agreement = anAgreement({ agreementId: anId(10_000 + ++drawn), state: 'active' });
    const { agreementId } = agreement;
    await agreements.add(anAct(agreement));
    for (let said = 0; said < 60; said++)
      await call('commentOnAgreement', 'tax', agreementId, { text: `${said} ${words}`.slice(0, 2000) });
    expect(await bytesOfItem(agreementId)).toBeLessThan(5000);
    expect((await call('suspendAgreement', 'eitc', agreementId, reason)).body.state).toBe('suspended');
    const { body } = await call('readAgreement', 'quality', agreementId);
    expect(body.history.map(({ number }) => number)).toEqual(body.history.map((_, index) => index + 1));
    expect(body.history).toHaveLength(agreement.history.length + 61);
    expect(body.history.at(-1)).toMatchObject({ action: 'suspend', reason: words });
    expect(body.history.at(-2)).toMatchObject({ action: 'comment', by: 'tax', reason: `59 ${words}`.slice(0, 2000) });
  });
  test('from before are taken out of the item by the next acts, and nothing is lost or told twice', async () => {
    const { agreements, call } = anApi();
    const agreement = talkative(anAgreement({ agreementId: anId(10_000 + ++drawn), state: 'active' }));
    const { agreementId } = agreement;
    await agreements.add(anAct(agreement));
    const texts = (history: readonly HistoryEntry[]) => history.map(({ action, reason: said }) => [action, said]);
    for (const round of [1, 2]) {
      const { body } = await call('commentOnAgreement', 'tax', agreementId, { text: `after ${round}` });
      expect(texts(body.history).slice(0, agreement.history.length)).toEqual(texts(agreement.history));
      expect(body.history.at(-1)?.reason).toBe(`after ${round}`);
    }
    expect(await bytesOfItem(agreementId)).toBeLessThan(5000);
    const read: HistoryEntry[] = [];
    let cursor: string | undefined;
    do {
      const page = await call<Page<HistoryEntry>>('readHistory', 'quality', agreementId, undefined, {
        limit: 7,
        ...(cursor !== undefined && { cursor }),
      });
      read.push(...page.body.items);
      ({ cursor } = page.body);
    } while (cursor !== undefined);
    expect(read).toEqual((await call('readAgreement', 'quality', agreementId)).body.history);
  });
  test('of a party that suspends and resumes without end block nobody', async () => {
    const { agreements, call } = anApi();
    const agreement = anAgreement({ agreementId: anId(10_000 + ++drawn), state: 'active' });
    const { agreementId } = agreement;
    await agreements.add(anAct(agreement));
    await call('suspendAgreement', 'tax', agreementId, reason);
    await call('resumeAgreement', 'tax', agreementId, reason);
    const before = await bytesOfItem(agreementId);
    for (let round = 0; round < 5; round++) {
      await call('suspendAgreement', 'tax', agreementId, reason);
      await call('resumeAgreement', 'tax', agreementId, reason);
    }
    expect((await bytesOfItem(agreementId)) - before).toBeLessThan(50);
    const { body } = await call('readAgreement', 'quality', agreementId);
    expect(body.history.filter(({ action }) => action === 'suspend')).toHaveLength(6);
    expect(body.history.every(({ action, reason: said }) => action !== 'suspend' || said === words)).toBe(true);
  });
  test('beyond what an answer can hold are left out of it, the oldest first, and stay in the list', async () => {
    const { agreements, call } = anApi();
    const agreement = anAgreement({ agreementId: anId(10_000 + ++drawn), state: 'active' });
    const { agreementId } = agreement;
    const entries = Array.from({ length: 90 }, (_, index): HistoryEntry => ({
      number: index + 5,
      at: instant,
      by: tax,
      action: 'comment',
      reason: 'x'.repeat(80_000),
    }));
    const history = agreement.history.map((entry, index) => ({ ...entry, number: index + 1 }));
    // Words are shorter; these make the case without a thousand of them.
    await agreements.add(anAct({ ...agreement, history }));
    for (let from = 0; from < entries.length; from += 30) {
      const { value, revision } = (await agreements.find(agreementId))!;
      const added = entries.slice(from, from + 30);
      const act = anAct({ ...value, history: [...value.history, ...added] }, { entries: added });
      expect(await agreements.replace(act, revision)).toBe('replaced');
    }
    const { body } = await call('readAgreement', 'quality', agreementId);
    expect(body.olderHistory).toBe(true);
    expect(body.history.at(-1)?.number).toBe(94);
    expect(body.history.length).toBeLessThan(60);
    expect(body.history.map(({ number }) => number)).toEqual(
      body.history.map((_, index) => 95 - body.history.length + index),
    );
    const page = await call<Page<HistoryEntry>>('readHistory', 'quality', agreementId, undefined, { limit: 10 });
    expect(page.body.items.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});

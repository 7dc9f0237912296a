import { describe, expect, test } from '@jest/globals';
import { api } from '../../functions/kernel/api/api.ts';
import { endpoint } from '../../functions/kernel/endpoint.ts';
import { done } from '../../functions/kernel/outcome.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { callApi, testHub } from '../support/memory/api-call.ts';
import { memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';

const { response } = routes.terminateAgreement.example;
const params = { agreementId: response.agreementId };
const now = '2026-12-01T01:00:00.000Z';

/** Two routes that take the same request, each of which counts its effects. */
function aHub() {
  const journal = memoryJournal();
  const effects = { suspendAgreement: 0, terminateAgreement: 0 };
  const serve = (id: keyof typeof effects) =>
    endpoint(routes[id], async (call) => {
      journal.commit(() => void effects[id]++, undefined, call.answer(response as never));
      return done(response as never);
    });
  const handler = api([serve('suspendAgreement'), serve('terminateAgreement')], {
    answers: journal,
    clock: testClock(now),
    log: recordingLog(),
    metrics: recordingMetrics(),
    identity: testHub,
  });
  const call = (id: keyof typeof effects, as: string, key: string, reason = 'x') =>
    callApi(handler, { as, route: routes[id], params, body: { reason }, headers: { 'Idempotency-Key': key } });
  return { call, effects, journal };
}

describe('an Idempotency-Key', () => {
  test('of one request has one effect', async () => {
    const { call, effects } = aHub();
    await call('suspendAgreement', 'tax', 'one');
    expect((await call('suspendAgreement', 'tax', 'one')).status).toBe(200);
    expect(effects.suspendAgreement).toBe(1);
  });
  test('says nothing about another route', async () => {
    const { call, effects } = aHub();
    await call('suspendAgreement', 'tax', 'one');
    expect((await call('terminateAgreement', 'tax', 'one')).status).toBe(200);
    expect(effects).toEqual({ suspendAgreement: 1, terminateAgreement: 1 });
  });
  test('says nothing about another department', async () => {
    const { call, effects } = aHub();
    await call('suspendAgreement', 'tax', 'one');
    expect((await call('suspendAgreement', 'quality', 'one')).status).toBe(200);
    expect(effects.suspendAgreement).toBe(2);
  });
  test.each([['another body', 'tax', 'other words']])('with %s is refused', async (_case, as, reason) => {
    const { call, effects } = aHub();
    await call('suspendAgreement', 'tax', 'one');
    expect((await call('suspendAgreement', as, 'one', reason)).body).toMatchObject({ code: 'idempotency-key-reused' });
    expect(effects.suspendAgreement).toBe(1);
  });
  test('is remembered for thirty days', async () => {
    const { call, journal } = aHub();
    await call('suspendAgreement', 'tax', 'one');
    const [answer] = journal.stored.values();
    expect(new Date(answer!.expires * 1000).toISOString()).toBe('2026-12-31T01:00:00.000Z');
  });
  test('is not what is stored: only its digest is', async () => {
    const { call, journal } = aHub();
    await call('suspendAgreement', 'tax', 'a-person-chose-this');
    expect(JSON.stringify([...journal.stored])).not.toContain('a-person-chose-this');
  });
});

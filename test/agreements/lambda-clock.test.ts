import { expect, jest, test } from '@jest/globals';
import { Agreement } from '../../schemas/contracts/agreements.ts';
import type { RouteId } from '../../schemas/contracts/routes.ts';
import { aDefinition, terms } from '../support/builders.ts';
import { deployed, lambdaContext } from '../support/deployed.ts';

const { aws, call } = deployed('catalog', 'agreements');

/** In a file of its own: calls of a day to come use up a department's share until then. */
test('an agreement is amended, suspended, ended by its last day and disposed of, on the functions as they are deployed', async () => {
  const validTo = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const resourceId = 'legal-entities';
  await call('publishResource', 'quality', { params: { resourceId }, body: aDefinition() });
  const wanted = { resourceId, terms: terms({ validTo: '2099-12-31' }) };
  const { agreementId } = (await call<Agreement>('proposeAgreement', 'tax', { body: wanted })).body;
  const act = async (route: RouteId, as: string, body: object) => {
    const reply = await call<Agreement>(route, as, { params: { agreementId }, body });
    expect([route, reply.status]).toEqual([route, 200]);
    return Agreement.parse(reply.body);
  };
  const conclude = async (filingNumber: string) => {
    const read = Agreement.parse((await call('readAgreement', 'tax', { params: { agreementId } })).body);
    const { termsVersion, termsDigest } = read.amendment ?? read;
    await act('acceptAgreement', 'quality', { termsVersion });
    await act('signAgreement', 'tax', { termsVersion, termsDigest });
    await act('signAgreement', 'quality', { termsVersion, termsDigest });
    return act('fileAgreement', 'eitc', { filingNumber });
  };
  await conclude('BJ-1');
  await act('counterAgreement', 'tax', { terms: terms({ validTo, frequency: 'daily' }) });
  await act('suspendAgreement', 'eitc', { reason: 'an audit' });
  expect(await conclude('BJ-2')).toMatchObject({ state: 'suspended', termsVersion: 2, filingNumber: 'BJ-2' });
  expect((await act('resumeAgreement', 'eitc', { reason: 'done' })).state).toBe('active');

  // The clock's candidates come from the item that the last act wrote.
  const threeDays = new Date(Date.now() + 3 * 86_400_000).toISOString();
  jest.useFakeTimers({
    now: Date.parse(threeDays),
    doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
  });
  try {
    aws().advance(3 * 86_400);
    const { handler } = await import('../../functions/agreements/clock.lambda.ts');
    await handler({}, lambdaContext);
    const expired = Agreement.parse((await call('readAgreement', 'tax', { params: { agreementId } })).body);
    expect(expired).toMatchObject({ state: 'expired', disposal: { owedSince: expect.any(String) } });
    const { owedSince } = expired.disposal!;
    const statement = { method: 'deleted', disposedOn: owedSince, words: 'all copies' };
    expect((await act('stateDisposal', 'tax', statement)).disposal?.statement).toMatchObject(statement);
  } finally {
    jest.useRealTimers();
  }
});

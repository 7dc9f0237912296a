import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { resource, sha256 } from '../support/builders.ts';
import { aHub, codeOf, firm, type TestHub } from './hub.ts';

let hub: TestHub;
beforeAll(async () => {
  hub = await aHub();
});
afterAll(() => hub.stop());

test('a source that is suspended while its records are read has them answered no more', async () => {
  const source = await hub.agree({}, { resourceId: resource('population') });
  const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
  await hub.dataset(20, [firm(1)], { origin: { kind: 'derivation', run: sha256, inputs: {}, restsOn } });
  const agreement = await hub.agree();
  const { lookups } = hub.ports;
  const commit: typeof lookups.commit = async (act) => {
    await hub.put({ ...source, state: 'suspended' });
    return lookups.commit(act);
  };
  const { status, body } = await hub.lookUp(agreement, codeOf(1), { with: { lookups: { ...lookups, commit } } });
  expect([status, body.code]).toEqual([409, 'agreement-not-active']);
  expect(await hub.list('tax', { agreementId: agreement.agreementId })).toEqual([]);
});

test('what was derived of a source that is withdrawn answers nothing, whoever asks again included', async () => {
  const source = await hub.agree({}, { resourceId: resource('population') });
  const inputs = { people: { resourceId: source.resourceId, datasetVersion: 1 } };
  const restsOn = [{ agreementId: source.agreementId, termsVersion: 1 }];
  await hub.dataset(21, [firm(1)], { origin: { kind: 'derivation', run: sha256, inputs, restsOn } });
  const agreement = await hub.agree();
  const headers = { 'idempotency-key': 'derived' };
  const asked = async () => {
    const { status, body } = await hub.lookUp(agreement, codeOf(1), { headers });
    return [status, body.code];
  };
  expect(await asked()).toEqual([200, undefined]);
  await hub.put({ ...source, state: 'suspended' });
  expect(await asked()).toEqual([409, 'agreement-not-active']);
  expect((await hub.lookUp(agreement, codeOf(1))).status).toBe(409);
  await hub.put({ ...source, termsVersion: 2, terms: [...source.terms, { ...source.terms[0]!, version: 2 }] });
  expect(await asked()).toEqual([409, 'agreement-not-active']);
  await hub.put(source);
  expect(await asked()).toEqual([200, undefined]);
  const of = { input: 'people', resourceId: source.resourceId };
  const inherited = async () => [{ field: 'name', providers: [], mask: { value: 'hide' as const, of } }];
  const { facts } = hub.ports;
  const exceeded = await hub.lookUp(agreement, codeOf(1), { with: { facts: { ...facts, inherited } } });
  expect([exceeded.status, exceeded.body.code]).toEqual([409, 'not-answerable']);
  expect(await hub.list('quality', { agreementId: agreement.agreementId })).toHaveLength(1);
});

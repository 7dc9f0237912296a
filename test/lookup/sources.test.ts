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

test('of what was published on more sources than are taken by now, so many keys are looked up at once as have room beside them', async () => {
  const sources = [];
  for (let i = 0; i < 80; i++) sources.push(await hub.agree({}, { resourceId: resource(`source-${i}`) }));
  const restsOn = sources.map(({ agreementId }) => ({ agreementId, termsVersion: 1 }));
  const firms = Array.from({ length: 20 }, (_, i) => firm(i + 1));
  await hub.dataset(22, firms, { origin: { kind: 'derivation', run: sha256, inputs: {}, restsOn } });
  // Its quota is counted in sixteen parts, of which each key may take one.
  const agreement = await hub.agree({ keys: 20, perDay: 16_000, perUserPerDay: 1_000 });
  const ask = (count: number) =>
    hub.lookUp(agreement, { keys: firms.slice(0, count).map((_, i) => ({ org_code: codeOf(i + 1) })) });
  const { status, body } = await ask(7);
  const most =
    'this data is derived of so many sources, each of which is asked with a lookup, that at most 6 keys are looked up at once';
  expect([status, body]).toMatchObject([
    422,
    { code: 'invalid-lookup', violations: [{ path: '/keys', rule: 'too-many', message: most }] },
  ]);
  expect(await ask(6)).toMatchObject({
    status: 200,
    body: { results: firms.slice(0, 6).map(() => ({ found: true })) },
  });
});

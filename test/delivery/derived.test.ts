import { beforeEach, expect, test } from '@jest/globals';
import { anId, department, resource, sha256 } from '../support/builders.ts';
import { aHub, type TestHub } from './hub.ts';

/** What `quality` delivers to `tax` was derived of what `public-security` delivers to `quality`. */
const [own, source] = [anId(1), anId(2)];
const population = { resourceId: resource('population'), datasetVersion: 4 };
const restsOn = [{ agreementId: source, termsVersion: 1 }];
const origin = {
  kind: 'derivation' as const,
  run: sha256,
  inputs: { people: { ...population, agreement: restsOn[0]! } },
  restsOn,
};

let hub: TestHub;
beforeEach(() => {
  hub = aHub();
  hub.agree({ agreementId: own });
  hub.agree({
    agreementId: source,
    resourceId: population.resourceId,
    provider: department('public-security'),
    consumer: department('quality'),
  });
});

const content = async () => {
  const [{ deliveryId }] = hub.deliveries as [TestHub['deliveries'][number]];
  const { status, body } = await hub.call<{ code?: string }>('readContent', 'tax', { params: { deliveryId } });
  return [status, body.code];
};
const states = () => hub.deliveries.map(({ state }) => state);

test('what was delivered of it cannot be fetched while its source is suspended, and can again afterwards', async () => {
  await hub.dispatch(hub.commit(1, { origin }));
  await hub.deliver();
  expect(await content()).toEqual([200, undefined]);
  hub.suspend(source);
  expect(await content()).toEqual([409, 'agreement-not-active']);
  hub.resume(source);
  expect(await content()).toEqual([200, undefined]);
});

test.each([
  ['ended', () => hub.end(source)],
  ['has other terms', () => hub.amend(source, { fields: ['name'] })],
])('nor for good where its source %s', async (_, change) => {
  await hub.dispatch(hub.commit(1, { origin }));
  await hub.deliver();
  change();
  expect(await content()).toEqual([409, 'agreement-not-active']);
});

test('what is planned of it waits while its source is suspended', async () => {
  await hub.dispatch(hub.commit(1, { origin }));
  hub.suspend(source);
  expect(await hub.deliver()).toBe(0);
  expect([states(), hub.mailboxes.notices]).toEqual([['planned'], []]);
  hub.resume(source);
  await hub.settle();
  expect(states()).toEqual(['noticed']);
});

test.each([
  ['suspended: it waits', () => hub.suspend(source), 'planned'],
  ['ended: it is void', () => hub.end(source), 'void'],
  ['amended: it is void', () => hub.amend(source, { fields: ['name'] }), 'void'],
])('nothing goes out where its source is, at the last moment before the release, %s', async (_, change, state) => {
  await hub.dispatch(hub.commit(1, { origin }));
  hub.life.pauseWith(async (call) => {
    if (call === 'release') change();
  });
  expect(await hub.deliver()).toBe(0);
  hub.life.pauseWith(undefined);
  expect([states(), hub.mailboxes.notices, hub.evidenceOf('delivery-released')]).toEqual([[state], [], []]);
});

test('what is planned of it becomes void once its source ended', async () => {
  await hub.dispatch(hub.commit(1, { origin }));
  hub.end(source);
  expect(await hub.deliver()).toBe(0);
  expect([states(), hub.mailboxes.notices]).toEqual([['void'], []]);
});

test.each(['retainDays', 'mask'] as const)(
  'what goes further than a source allows by now is void, and both parties are told: %s',
  async (term) => {
    const of = { input: 'people', resourceId: population.resourceId };
    const bound = term === 'retainDays' ? { retainDays: { value: 30, of } } : { mask: { value: 'hide' as const, of } };
    hub.store.inherited.set('legal-entities', [
      { field: 'name', providers: [department('public-security')], ...bound },
    ]);
    await hub.dispatch(hub.commit(1, { origin }));
    await hub.deliver();
    expect(hub.deliveries).toMatchObject([{ state: 'void', voidReason: 'beyond-sources' }]);
    expect(hub.store.told.map(({ to, notice }) => [to, notice])).toMatchObject(
      ['quality', 'tax'].map((party) => [party, { event: 'delivery-void', state: 'beyond-sources' }]),
    );
  },
);

test('that a source ends earlier than the terms is no matter before it does', async () => {
  const validTo = { value: '2026-12-05' as never, of: { input: 'people', resourceId: population.resourceId } };
  hub.store.inherited.set('legal-entities', [{ field: 'name', providers: [department('public-security')], validTo }]);
  await hub.dispatch(hub.commit(1, { origin }));
  await hub.settle();
  expect(states()).toEqual(['noticed']);
});

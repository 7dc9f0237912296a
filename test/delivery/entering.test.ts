import { beforeEach, expect, test } from '@jest/globals';
import { anId, instant, sha256 } from '../support/builders.ts';
import { aHub, filedAt, type TestHub } from './hub.ts';

/** Each version of the resource has the records that entered with it, and no other version has them. */
const own = anId(1);
const origin = { kind: 'derivation' as const, run: sha256, inputs: {}, restsOn: [], entering: true as const };
const minutes = (count: number) => new Date(Date.parse(instant) + count * 60_000).toISOString();

let hub: TestHub;
let filed: ReturnType<TestHub['agree']>;
beforeEach(() => {
  hub = aHub();
  filed = hub.agree(filedAt(instant, { agreementId: own }));
});

/** Versions 1, 2 … a minute apart. */
const enter = (version: number) => hub.commit(version, { origin, committedAt: minutes(version) });
const came = async (version: number) => {
  hub.clock.set(minutes(version));
  await hub.dispatch(enter(version));
  await hub.deliver();
};
/** Which versions reached the consumer, under which terms. */
const got = () =>
  hub.deliveries
    .filter(({ state }) => state === 'noticed')
    .map(({ datasetVersion, termsVersion }) => `${datasetVersion} v${termsVersion}`)
    .toSorted();

test('each version comes once, also where its event is told again', async () => {
  await came(1);
  await came(2);
  await came(2);
  await hub.dispatch(filed);
  await hub.settle();
  expect(got()).toEqual(['1 v1', '2 v1']);
});

test('what entered while the agreement was suspended comes once it is not', async () => {
  await came(1);
  hub.suspend(own);
  for (const version of [2, 3, 4]) await came(version);
  expect(got()).toEqual(['1 v1']);
  await hub.dispatch(hub.resume(own));
  await hub.settle();
  expect(got()).toEqual(['1 v1', '2 v1', '3 v1', '4 v1']);
});

test('an amendment sends nothing again, and what could not go out before it goes out under it', async () => {
  await came(1);
  hub.suspend(own);
  await came(2);
  await hub.dispatch(hub.amend(own, { fields: ['org_code'] }));
  await hub.dispatch(hub.resume(own));
  await hub.settle();
  await came(3);
  expect(got()).toEqual(['1 v1', '2 v2', '3 v2']);
});

test('what was planned under terms that were replaced goes out under those in their place', async () => {
  await came(1);
  hub.clock.set(minutes(2));
  await hub.dispatch(enter(2));
  await hub.dispatch(hub.amend(own, { fields: ['org_code'] }));
  await hub.settle();
  expect(got()).toEqual(['1 v1', '2 v2']);
});

test('of what entered before the agreement only what was newest at its filing comes', async () => {
  hub = aHub();
  for (const version of [1, 2]) hub.commit(version, { origin, committedAt: minutes(version - 10) });
  filed = hub.agree(filedAt(instant, { agreementId: own }));
  await hub.dispatch(filed);
  await hub.settle();
  await came(3);
  expect(got()).toEqual(['2 v1', '3 v1']);
});

import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { aDefinition } from '../support/builders.ts';
import { eventually } from '../support/city.ts';
import { HubRecords } from '../support/hub-records.ts';
import { today, type Place } from '../support/place.ts';

const day = 86_400;

function recordsIn({ hub, city }: Place) {
  const records = new HubRecords(hub);
  const contentOf = (department: string, deliveryId: string) =>
    city.as(department).ask(routes.readContent, { params: { deliveryId } });
  const agreementOf = (department: string, agreementId: string) =>
    city.as(department).call(routes.readAgreement, { params: { agreementId } });
  const keys = () => records.objectKeys().filter((key) => key.includes('/extracts/'));
  const before = new Set(keys());
  /** Objects that the hub holds for deliveries since now, in any version. */
  const extracts = () => keys().filter((key) => !before.has(key));
  const gone = () =>
    eventually(
      async () => extracts(),
      (keys) => keys.length === 0,
    );

  /** Two consumers of one resource on equal terms: they share every extract. */
  async function share(resourceId: string, terms: object): Promise<readonly [Agreement, Agreement]> {
    const schema = { fields: [{ name: 'id', type: 'string' }] };
    await city.publish('housing', resourceId, aDefinition({ provider: 'housing', schema } as never));
    const agreed = { fields: ['id'], ...terms };
    return [
      await city.agree('culture', 'housing', resourceId, agreed),
      await city.agree('health', 'housing', resourceId, agreed),
    ];
  }

  return { records, contentOf, agreementOf, extracts, gone, share };
}

/** What a consumer may keep for some days only is unreadable afterwards, though its agreement goes on. */
export async function keptForSomeDays(place: Place): Promise<void> {
  const { hub, city } = place;
  const { records, contentOf, agreementOf, gone, share } = recordsIn(place);
  const [agreement] = await share('permits-kept', { duties: { disposal: { retainDays: 2 } } });
  await city.upload('housing', 'permits-kept', 'id\nfirst\n');
  const [received] = await city.receive('culture');
  await city.receive('health');
  expect(received?.notice.purpose).toBe('a statutory duty');
  const { deliveryId } = received!.notice;
  expect((await contentOf('culture', deliveryId)).status).toBe(200);

  await hub.advance(3 * day);
  expect(await contentOf('culture', deliveryId)).toMatchObject({ status: 409, problem: { code: 'retention-over' } });
  await gone();
  const delivery = await eventually(
    () => city.as('culture').call(routes.readDelivery, { params: { deliveryId } }),
    ({ retentionEndedAt }) => retentionEndedAt !== undefined,
  );
  expect(delivery).toMatchObject({ state: 'noticed', receivedAt: expect.any(String) });
  expect((await agreementOf('culture', agreement.agreementId)).state).toBe('active');
  expect((await records.evidenceOf(`delivery#${deliveryId}`)).map(({ act }) => act)).toContain('retention-ended');

  await city.upload('housing', 'permits-kept', 'id\nsecond\n');
  expect((await city.receive('culture')).map(({ text }) => text)).toEqual(['id\nsecond\n']);
  await city.receive('health');
  await hub.advance(3 * day);
  await gone();
}

/** After a termination nothing is readable, and the consumer owes a statement that it files once. */
export async function disposedOfAfterTheEnd(place: Place): Promise<void> {
  const { city } = place;
  const { contentOf, agreementOf, extracts, gone, share } = recordsIn(place);
  const [one, two] = await share('plans-ended', {});
  await city.upload('housing', 'plans-ended', 'id\nfirst\n');
  const [received] = await city.receive('culture');
  await city.receive('health');
  const { deliveryId } = received!.notice;
  expect(extracts()).toHaveLength(1);
  const params = { agreementId: one.agreementId };
  const body = { method: 'deleted', disposedOn: await today(place), words: 'all copies were deleted' } as const;
  const statedBy = (department: string) => city.as(department).ask(routes.stateDisposal, { params, body });
  expect(await statedBy('culture')).toMatchObject({ problem: { code: 'nothing-owed' } });

  await city
    .as('housing')
    .call(routes.terminateAgreement, { params, body: { reason: 'merged into another register' } });
  expect(await contentOf('culture', deliveryId)).toMatchObject({
    status: 409,
    problem: { code: 'agreement-not-active' },
  });
  const { disposal } = await agreementOf('culture', one.agreementId);
  expect(disposal).toMatchObject({ owedSince: await today(place) });
  expect(disposal?.statement).toBeUndefined();
  expect(extracts()).toHaveLength(1);

  await city
    .as('housing')
    .call(routes.terminateAgreement, { params: { agreementId: two.agreementId }, body: { reason: 'merged as well' } });
  await gone();

  expect((await statedBy('housing')).status).toBe(403);
  expect((await statedBy('culture')).status).toBe(200);
  expect((await agreementOf('housing', one.agreementId)).disposal?.statement).toMatchObject({
    by: 'culture',
    method: 'deleted',
  });
  expect(await statedBy('culture')).toMatchObject({ problem: { code: 'already-stated' } });
  const { items } = await city.as('culture').call(routes.listDeliveries, {
    query: {
      agreementId: one.agreementId,
    },
  });
  expect(items.map(({ deliveryId: id }) => id)).toEqual([deliveryId]);
}

import { expect } from '@jest/globals';
import { routes } from '../../clients/protocol/routes.ts';
import { eventually, type Delivered } from '../support/city.ts';
import { enforcementCsv, enforcementFields, enforcementRecords } from '../support/enforcement-records.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';

const definitionOf = (provider: string, fields: readonly object[] = enforcementFields) => ({
  title: `${provider} 执法记录`,
  provider,
  shareType: 'conditional',
  shareCondition: 'for the consumer’s own enforcement',
  updateCycle: 'daily',
  schema: { primaryKey: ['case_no'], fields },
});

/** Neighbours, and how many records each of them has. */
export const groups = [
  { members: ['planning', 'housing', 'urban-management', 'landscaping'], count: 1_500 },
  { members: ['culture-enforcement', 'press', 'culture'], count: 500 },
] as const;
type Group = (typeof groups)[number];

const prefixOf = (department: string): string => department.slice(0, 2).toUpperCase();
const recordsOf = (department: string, count: number) =>
  enforcementRecords(prefixOf(department), count, department.length);
const resourceOf = (department: string): string => `cases-${department}`;
const others = (members: readonly string[], department: string) => members.filter((member) => member !== department);

/** Everybody publishes, and agrees with everybody else: each is provider and consumer at once. */
export async function enforcementBothWays({ city }: Place, { members, count }: Group): Promise<void> {
  const received = new Map<string, Delivered[]>();

  await step('everybody publishes, and agrees with everybody else on its own fields', async () => {
    for (const provider of members) await city.publish(provider, resourceOf(provider), definitionOf(provider));
    for (const provider of members) {
      for (const consumer of others(members, provider)) {
        const agreement = await city.agree(consumer, provider, resourceOf(provider), {
          fields: ['case_no', 'division', 'offence', 'party_id', 'decided_on'],
          mask: { party_id: 'last4' },
        });
        expect(agreement.state).toBe('active');
      }
    }
  });

  await step('each is provider and consumer at once: every file reaches all the others', async () => {
    await Promise.all(
      members.map(async (provider) => {
        const verdict = await city.upload(provider, resourceOf(provider), enforcementCsv(recordsOf(provider, count)));
        expect(verdict).toMatchObject({ state: 'accepted', rows: { read: count, accepted: count, rejected: 0 } });
      }),
    );
    await Promise.all(
      members.map(async (consumer) => received.set(consumer, await city.receive(consumer, members.length - 1))),
    );
    for (const consumer of members) {
      const deliveries = received.get(consumer) ?? [];
      expect(deliveries.map(({ notice }) => notice.provider).toSorted()).toEqual(others(members, consumer).toSorted());
      for (const { notice, text } of deliveries) {
        const expected = recordsOf(notice.provider, count).map((record) => ({
          ...record,
          party_id: `****${record.party_id.slice(-4)}`,
        }));
        expect(text).toBe(enforcementCsv(expected, ['case_no', 'division', 'offence', 'party_id', 'decided_on']));
      }
    }
  });

  await step('a delivery that cannot go out to one holds up nobody else', async () => {
    const [provider, victim] = members;
    // The victim alone was granted the fine, which the provider now writes in another way.
    const agreement = await city.agree(victim, provider, resourceOf(provider), { fields: ['case_no', 'fine'] });
    await city.receive(victim);
    const changed = enforcementFields.map((field) =>
      field.name === 'fine' ? { name: 'fine', type: 'string' } : field,
    );
    await city.publish(provider, resourceOf(provider), {
      ...definitionOf(provider, changed),
      breaking: 'accepted',
    });
    const verdict = await city.upload(provider, resourceOf(provider), enforcementCsv(recordsOf(provider, count + 1)));
    expect(verdict).toMatchObject({ state: 'accepted', datasetVersion: 2 });
    for (const consumer of others(members, provider)) {
      const [delivered] = await city.receive(consumer);
      expect(delivered?.notice).toMatchObject({ provider, datasetVersion: 2, rows: count + 1 });
    }
    const { agreementId } = agreement;
    const { items } = await eventually(
      () => city.as(provider).call(routes.listDeliveries, { query: { role: 'provider', agreementId } }),
      (page) => page.items.some(({ datasetVersion }) => datasetVersion === 2),
    );
    expect(items.find(({ datasetVersion }) => datasetVersion === 2)).toMatchObject({
      state: 'void',
      voidReason: 'incompatible-version',
      consumer: victim,
    });
  });

  await step('nobody has anything left over, and nobody reads another’s deliveries', async () => {
    for (const consumer of members) expect(await city.peek(consumer, 1)).toEqual([]);
    const [first, second] = members;
    const [own] = received.get(first) ?? [];
    const stranger = members.find((member) => member !== first && member !== own?.notice.provider) ?? second;
    await expect(
      city.as(stranger).call(routes.readDelivery, { params: { deliveryId: own!.notice.deliveryId } }),
    ).rejects.toThrow('404 not-found');
  });
}

import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { eventually } from '../support/city.ts';
import { type Place } from '../support/place.ts';
export const provider = 'quality';
export const minute = 60;
export const day = 86_400;

export const isOutdated = ({ outdated }: Agreement) => outdated !== undefined;
export const steps = ({ history }: Agreement) => history.map(({ action }) => action);

/** What the stories of versions do and look at. */
export function versionsIn({ city }: Place) {
  const parties = (consumer: string) => ({
    consumer: city.as(consumer),
    provider: city.as(provider),
    authority: city.as('eitc'),
  });
  const agreementOf = ({ agreementId }: Agreement) =>
    city.as('auditor').get<Agreement>(`/v1/agreements/${agreementId}`);
  const put = (resourceId: string, body: object) =>
    city.as(provider).ask<ResourceVersion & Problem>('PUT', `/v1/resources/${resourceId}`, { body });
  const contentOf = (consumer: string, deliveryId: string) =>
    city.as(consumer).ask<Problem>('GET', `/v1/deliveries/${deliveryId}/content`);
  const textsOf = async (consumer: string, count = 1) =>
    (await city.receive(consumer, count)).map(({ notice: { content, termsVersion }, text }) => ({
      content,
      termsVersion,
      text,
    }));

  /** What was delivered, or was not, of a dataset version to each agreement. */
  async function fates(resourceId: string, datasetVersion: number): Promise<ReadonlyMap<string, string>> {
    const query = { role: 'provider', resourceId };
    const { items } = await city.as(provider).get<{ items: Delivery[] }>('/v1/deliveries', query);
    return new Map(
      items
        .filter((delivery) => delivery.datasetVersion === datasetVersion)
        .map(({ consumer, state, voidReason }) => [consumer, voidReason ?? state]),
    );
  }

  /** So many notices of this event that a department has had of an agreement. */
  const toldOf = (department: string, event: string, { agreementId }: Agreement, count: number) =>
    eventually(
      async () =>
        (await city.told(department)).filter(
          (notice) => notice.type === 'agreement' && notice.event === event && notice.agreementId === agreementId,
        ),
      (notices) => notices.length >= count,
    );

  return { parties, agreementOf, put, contentOf, textsOf, fates, toldOf };
}

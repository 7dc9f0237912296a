import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
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
    city.as('auditor').call(routes.readAgreement, { params: { agreementId } });
  const put = (resourceId: string, body: object) =>
    city.as(provider).ask(routes.publishResource, { params: { resourceId }, body: body as never });
  const contentOf = (consumer: string, deliveryId: string) =>
    city.as(consumer).ask(routes.readContent, { params: { deliveryId } });
  const textsOf = async (consumer: string, count = 1) =>
    (await city.receive(consumer, count)).map(({ notice: { content, termsVersion }, text }) => ({
      content,
      termsVersion,
      text,
    }));

  /** What was delivered, or was not, of a dataset version to each agreement. */
  async function fates(resourceId: string, datasetVersion: number): Promise<ReadonlyMap<string, string>> {
    const query = { role: 'provider', resourceId } as const;
    const { items } = await city.as(provider).call(routes.listDeliveries, { query });
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

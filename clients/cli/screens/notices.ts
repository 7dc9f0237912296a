import type { DeliveryNotice } from '../../../schemas/contracts/messages.ts';
import { bold, type Look } from '../look.ts';
import { count, moment, size } from '../quantity.ts';
import { table } from '../table.ts';
import { word } from './words.ts';

export function noticesScreen(notices: readonly DeliveryNotice[], look: Look): string {
  const listing = table(
    notices,
    [
      { head: word('delivery', look), value: ({ deliveryId }) => deliveryId },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('dataset', look), value: ({ datasetVersion }) => String(datasetVersion), right: true },
      { head: word('provider', look), value: ({ provider }) => provider, flexible: true },
      { head: word('format', look), value: ({ format }) => format },
      { head: word('rows', look), value: ({ rows }) => count(rows), right: true },
      { head: word('bytes', look), value: ({ bytes }) => count(bytes), right: true },
      { head: word('released', look), value: ({ releasedAt }) => moment(releasedAt) },
    ],
    look,
  );
  return `${listing}\n\n${bold(word('next', look), look)}  hub fetch ${notices[0]?.deliveryId ?? 'DELIVERY'}`;
}

/** One notice as it comes. */
export const noticeLine = (notice: DeliveryNotice, look: Look): string => {
  const { deliveryId, resourceId, datasetVersion, rows, bytes, format, releasedAt } = notice;
  return `${moment(releasedAt)}  ${bold(deliveryId, look)}  ${resourceId} ${datasetVersion}  ${count(rows)} ${word('rows', look)}, ${size(bytes)} ${format}`;
};

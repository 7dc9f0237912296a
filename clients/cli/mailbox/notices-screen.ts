import type { DeliveryNotice } from '../../../schemas/contracts/notices.ts';
import type { Notice } from '../../protocol/notices.ts';
import { count, moment, size } from '../../words/quantity.ts';
import { word } from '../../words/speech.ts';
import { bold, type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';
import { eventLine } from './event-notices.ts';

/** Deliveries to fetch first, then what happened or is owed, in order of time. */
export function noticesScreen(notices: readonly Notice[], look: Look): string {
  const deliveries = notices.filter((notice) => notice.type === 'delivery');
  const events = notices
    .filter((notice) => notice.type !== 'delivery')
    .toSorted((one, other) => one.at.localeCompare(other.at));
  return [
    ...(deliveries.length > 0 ? [deliveriesOf(deliveries, look)] : []),
    ...(events.length > 0 ? [events.map((event) => eventLine(event, look)).join('\n')] : []),
  ].join('\n\n');
}

function deliveriesOf(notices: readonly DeliveryNotice[], look: Look): string {
  const listing = table(
    notices,
    [
      { head: word('delivery', look), value: ({ deliveryId }) => deliveryId, id: true },
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
export const noticeLine = (notice: Notice, look: Look): string =>
  notice.type === 'delivery' ? deliveryLine(notice, look) : eventLine(notice, look);

const deliveryLine = (notice: DeliveryNotice, look: Look): string => {
  const { deliveryId, resourceId, datasetVersion, rows, bytes, format, releasedAt } = notice;
  return `${moment(releasedAt)}  ${bold(deliveryId, look)}  ${resourceId} ${datasetVersion}  ${count(rows)} ${word('rows', look)}, ${size(bytes)} ${format}`;
};

import type { Delivery } from '../../../schemas/contracts/deliveries.ts';
import { count, moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { dim, type Look, type Screen } from '../terminal/look.ts';
import { table, type Column } from '../terminal/table.ts';

/** The history of a consumer names providers, that of a provider consumers. */
export const deliveriesScreen =
  (as: 'consumer' | 'provider'): Screen<{ readonly items: readonly Delivery[] }> =>
  ({ items }, look) =>
    items.length === 0
      ? dim(either(look, 'No deliveries.', '没有交付。'), look)
      : table(items, columns(as === 'consumer' ? 'provider' : 'consumer', look), look);

const columns = (other: 'consumer' | 'provider', look: Look): Column<Delivery>[] => [
  { head: word('delivery', look), value: ({ deliveryId }) => deliveryId, id: true },
  { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
  { head: word('dataset', look), value: ({ datasetVersion }) => String(datasetVersion), right: true },
  { head: word(other, look), value: (delivery) => delivery[other], flexible: true },
  { head: word('rows', look), value: ({ rows }) => (rows === undefined ? '' : count(rows)), right: true },
  { head: word('bytes', look), value: ({ bytes }) => (bytes === undefined ? '' : count(bytes)), right: true },
  { head: word('released', look), value: ({ releasedAt }) => (releasedAt === undefined ? '' : moment(releasedAt)) },
  { head: word('receipt', look), value: (delivery) => receipt(delivery, look) },
];

/** The receipt is what counts; before there is one, how far the delivery has come, and whether it still can be fetched. */
function receipt({ receivedAt, state, voidReason, retentionEndedAt }: Delivery, look: Look): string {
  if (receivedAt !== undefined) return moment(receivedAt);
  const isOver = retentionEndedAt !== undefined && either(look, 'retention over', '保存期满');
  return [isOver || word(state, look), voidReason].filter(Boolean).join(' ');
}

import type { Endpoint } from '../kernel/http.ts';
import { giveReceipt } from './give-receipt.handler.ts';
import { listDeliveries } from './list-deliveries.handler.ts';
import { readContent, type ContentPorts } from './read-content.handler.ts';
import { readDelivery } from './read-delivery.handler.ts';

/** The routes of this capability. */
export const deliveryEndpoints = (ports: ContentPorts): readonly Endpoint[] => [
  listDeliveries(ports),
  readDelivery(ports),
  readContent(ports),
  giveReceipt(ports),
];

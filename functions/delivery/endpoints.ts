import type { Endpoint } from '../kernel/http.ts';
import { answerCorrection } from './answer-correction.handler.ts';
import { giveReceipt } from './give-receipt.handler.ts';
import { listCorrections } from './list-corrections.handler.ts';
import { listDeliveries } from './list-deliveries.handler.ts';
import { readContent, type ContentPorts } from './read-content.handler.ts';
import { readCorrection } from './read-correction.handler.ts';
import { readDelivery } from './read-delivery.handler.ts';
import { reportCorrection, type ReportPorts } from './report-correction.handler.ts';

/** The routes of this capability. */
export const deliveryEndpoints = (ports: ContentPorts & ReportPorts): readonly Endpoint[] => [
  listDeliveries(ports),
  readDelivery(ports),
  readContent(ports),
  giveReceipt(ports),
  reportCorrection(ports),
  listCorrections(ports),
  readCorrection(ports),
  answerCorrection(ports),
];

import type { Endpoint } from '../kernel/endpoint.ts';
import { answerCorrection } from './corrections/answer-correction.handler.ts';
import { giveReceipt } from './history/give-receipt.handler.ts';
import { listCorrections } from './corrections/list-corrections.handler.ts';
import { listDeliveries } from './history/list-deliveries.handler.ts';
import { readAttachment, type ReadAttachmentPorts } from './history/read-attachment.handler.ts';
import { readContent, type ContentPorts } from './history/read-content.handler.ts';
import { readCorrection } from './corrections/read-correction.handler.ts';
import { readDelivery } from './history/read-delivery.handler.ts';
import { reportCorrection, type ReportPorts } from './corrections/report-correction.handler.ts';

/** The routes of this capability. */
export const deliveryEndpoints = (ports: ContentPorts & ReadAttachmentPorts & ReportPorts): readonly Endpoint[] => [
  listDeliveries(ports),
  readDelivery(ports),
  readContent(ports),
  readAttachment(ports),
  giveReceipt(ports),
  reportCorrection(ports),
  listCorrections(ports),
  readCorrection(ports),
  answerCorrection(ports),
];

import * as z from 'zod';
import { AttachmentContent, AttachmentReference } from '../attachments.ts';
import { Delivery, DeliveryContent, DeliveryList, DeliveryQuery, ReceiptBody } from '../deliveries.ts';
import { exampleOf } from '../examples/delivery.ts';
import { DeliveryId } from '../ids.ts';
import { members, route } from './route.ts';

export const deliveryRoutes = {
  listDeliveries: route('listDeliveries', {
    capability: 'delivery',
    roles: members,
    summary: 'The delivery history',
    description:
      'Oldest first, complete and without repeats: a consumer that lost its mailbox replays from its last cursor (`after`), or asks for what it never gave a receipt for (`receipt=none`).',
    query: DeliveryQuery,
    response: DeliveryList,
    example: exampleOf.listDeliveries,
  }),
  readDelivery: route('readDelivery', {
    capability: 'delivery',
    roles: members,
    summary: 'Read a delivery',
    description: 'For its consumer and its provider.',
    params: z.strictObject({ deliveryId: DeliveryId }),
    response: Delivery,
    errors: { 'not-found': 404 },
    example: exampleOf.readDelivery,
  }),
  readContent: route('readContent', {
    capability: 'delivery',
    roles: members,
    summary: 'A URL of the delivered bytes',
    description:
      'For the consumer; it lives 60 seconds. Every call is written into the evidence before the URL is given.',
    params: z.strictObject({ deliveryId: DeliveryId }),
    response: DeliveryContent,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'not-released': 409,
      'retention-over': 409,
      'agreement-not-active': 409,
    },
    example: exampleOf.readContent,
  }),
  readAttachment: route('readAttachment', {
    capability: 'delivery',
    roles: members,
    summary: 'A URL of an attachment of a delivered record',
    description:
      'For the consumer, by the reference that stands in the record; it lives 60 seconds. It is refused as the content is, and written into the evidence before the URL is given. A reference that is none of this delivery is not there, like one whose attachment was not uploaded.',
    params: z.strictObject({ deliveryId: DeliveryId, reference: AttachmentReference }),
    response: AttachmentContent,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'not-released': 409,
      'retention-over': 409,
      'agreement-not-active': 409,
    },
    example: exampleOf.readAttachment,
  }),
  giveReceipt: route('giveReceipt', {
    capability: 'delivery',
    roles: members,
    summary: 'Confirm what was received',
    description: 'The digest of the bytes as they arrived; giving the same receipt again changes nothing.',
    params: z.strictObject({ deliveryId: DeliveryId }),
    body: ReceiptBody,
    response: Delivery,
    errors: {
      'not-found': 404,
      'not-the-consumer': 403,
      'not-released': 409,
      'digest-differs': 422,
      'changed-meanwhile': 409,
    },
    example: exampleOf.giveReceipt,
  }),
} as const;

import { serving } from '../adapters/api-function.ts';
import { attachmentsInForce } from '../adapters/dynamodb/attachments/in-force.ts';
import { dynamoCorrections } from '../adapters/dynamodb/delivery/corrections.ts';
import { dynamoDeliveries } from '../adapters/dynamodb/delivery/deliveries.ts';
import { dynamoExtracts } from '../adapters/dynamodb/delivery/extracts.ts';
import { dynamoFacts } from '../adapters/dynamodb/delivery/facts.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { kmsClient } from '../adapters/kms/client.ts';
import { kmsAttachmentMacs } from '../adapters/kms/macs.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3AttachmentUrls } from '../adapters/s3/attachment-urls.ts';
import { presigningClient } from '../adapters/s3/client.ts';
import { s3Extracts } from '../adapters/s3/extract-store.ts';
import { deliveryEndpoints } from './endpoints.ts';

const served = hubFunction('delivery-api');
const table = hubTable();
const presigning = presigningClient();
const ports = {
  facts: dynamoFacts(table),
  deliveries: dynamoDeliveries(table),
  corrections: dynamoCorrections(table),
  extracts: dynamoExtracts(table),
  objects: s3Extracts(presigning, env('HUB_DELIVERIES_BUCKET')),
  attachments: attachmentsInForce(table),
  attachmentMacs: kmsAttachmentMacs(kmsClient(), env('HUB_ATTACHMENTS_KEY')),
  attachmentObjects: s3AttachmentUrls(presigning, env('HUB_DATASETS_BUCKET')),
  ...served.hub,
};

export const handler = serving(served, deliveryEndpoints(ports), table);

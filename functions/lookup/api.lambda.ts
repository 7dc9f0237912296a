import { serving } from '../adapters/api-function.ts';
import { attachmentsInForce } from '../adapters/dynamodb/attachments/in-force.ts';
import { dynamoLookupFacts } from '../adapters/dynamodb/lookup/facts.ts';
import { dynamoLookups } from '../adapters/dynamodb/lookup/lookups.ts';
import { dynamoRepresentations } from '../adapters/dynamodb/lookup/representations.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { kmsClient } from '../adapters/kms/client.ts';
import { kmsAttachmentMacs, kmsMacs } from '../adapters/kms/macs.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3AttachmentUrls } from '../adapters/s3/attachment-urls.ts';
import { presigningClient, s3Client } from '../adapters/s3/client.ts';
import { s3Rows } from '../adapters/parquet/s3-rows.ts';
import { lookupEndpoints } from './endpoints.ts';
import { requestDigest } from '../kernel/request-digest.ts';

const served = hubFunction('lookup-api');
const table = hubTable();
const kms = kmsClient();
const macs = kmsMacs(kms, env('HUB_LOOKUPS_KEY'), 'lookups');
const ports = {
  facts: dynamoLookupFacts(table),
  representations: dynamoRepresentations(table),
  rows: s3Rows(s3Client(), env('HUB_DATASETS_BUCKET')),
  lookups: dynamoLookups(table),
  macs,
  attachments: attachmentsInForce(table),
  attachmentMacs: kmsAttachmentMacs(kms, env('HUB_ATTACHMENTS_KEY')),
  attachmentObjects: s3AttachmentUrls(presigningClient(), env('HUB_DATASETS_BUCKET')),
  ...served.hub,
};

export const handler = serving(served, lookupEndpoints(ports), table, requestDigest(macs));

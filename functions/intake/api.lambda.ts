import { serving } from '../adapters/api-function.ts';
import { dynamoQualities } from '../adapters/dynamodb/intake/quality.ts';
import { intakeResources } from '../adapters/dynamodb/intake/resources.ts';
import { dynamoSegments } from '../adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../adapters/dynamodb/intake/uploads.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3CheckedObjects } from '../adapters/s3/checked-objects.ts';
import { presigningClient, s3Client } from '../adapters/s3/client.ts';
import { s3IntakeObjects } from '../adapters/s3/intake-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { intakeQueues, sqsIntakeQueue } from '../adapters/sqs/intake-queue.ts';
import { announceUpload } from './announce.handler.ts';
import { completeUpload } from './complete-upload.handler.ts';
import { decideUpload } from './decide-upload.handler.ts';
import { listParts } from './list-parts.handler.ts';
import { listUploads } from './list-uploads.handler.ts';
import { postRecords } from './post-records.handler.ts';
import { readQuality } from './read-quality.handler.ts';
import { readUpload } from './read-upload.handler.ts';

const served = hubFunction('intake-api');
const table = hubTable();
const presigning = presigningClient();
const ports = {
  uploads: dynamoUploads(table),
  segments: dynamoSegments(table),
  resources: intakeResources(table),
  objects: s3IntakeObjects(s3Client(), env('HUB_INTAKE_BUCKET'), presigning),
  checked: s3CheckedObjects(presigning, env('HUB_DATASETS_BUCKET')),
  qualities: dynamoQualities(table),
  queue: sqsIntakeQueue(sqsClient(), table, intakeQueues()),
  ...served.hub,
};

export const handler = serving(
  served,
  [
    announceUpload(ports),
    postRecords(ports),
    listUploads(ports),
    readUpload(ports),
    listParts(ports),
    completeUpload(ports),
    decideUpload(ports),
    readQuality(ports),
  ],
  table,
);

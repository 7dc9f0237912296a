import { CheckMessage } from '../../schemas/contracts/messages.ts';
import { systemTimer as timer } from '../adapters/clock.ts';
import { dynamoAttachmentMarks } from '../adapters/dynamodb/attachments/marks.ts';
import { dynamoAttachments } from '../adapters/dynamodb/attachments/written.ts';
import { dynamoQualities } from '../adapters/dynamodb/intake/quality.ts';
import { intakeResources } from '../adapters/dynamodb/intake/resources.ts';
import { dynamoSegments } from '../adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../adapters/dynamodb/intake/uploads.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { countBuffersAsHeap } from '../adapters/external-memory.ts';
import { kmsClient } from '../adapters/kms/client.ts';
import { kmsAttachmentMacs } from '../adapters/kms/macs.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3CheckedObjects } from '../adapters/s3/checked-objects.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3IntakeObjects } from '../adapters/s3/intake-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { hideFor } from '../adapters/sqs/visibility.ts';
import { held } from '../kernel/holding.ts';
import { consume } from '../kernel/queue.ts';
import { lookForUnnamed } from './attachments/unnamed/look.handler.ts';
import { checkHandler } from './check.handler.ts';

countBuffersAsHeap();
const { hub, worker } = hubFunction('check');
const table = hubTable();
const s3 = s3Client();

const ports = {
  uploads: dynamoUploads(table),
  segments: dynamoSegments(table),
  resources: intakeResources(table),
  qualities: dynamoQualities(table),
  objects: s3IntakeObjects(s3, env('HUB_INTAKE_BUCKET')),
  checked: s3CheckedObjects(s3, env('HUB_DATASETS_BUCKET')),
  attachments: dynamoAttachments(table),
  attachmentMacs: kmsAttachmentMacs(kmsClient(), env('HUB_ATTACHMENTS_KEY')),
  attachmentMarks: dynamoAttachmentMarks(table),
  timer,
  ...hub,
};
const [check, look] = [checkHandler(ports), lookForUnnamed(ports)];

const queues = {
  ...hub,
  timer,
  hideFor: hideFor(sqsClient(), [env('HUB_INTAKE_QUEUE_URL'), env('HUB_LARGE_QUEUE_URL')]),
};

export const handler = worker(
  consume(
    CheckMessage,
    held((message) => ('uploadId' in message ? check(message) : look(message)), queues),
    queues,
  ),
);

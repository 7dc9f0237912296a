import { dynamoAttachmentMarks } from '../adapters/dynamodb/attachments/marks.ts';
import { intakeResources } from '../adapters/dynamodb/intake/resources.ts';
import { dynamoSegments } from '../adapters/dynamodb/intake/segments.ts';
import { dynamoUploads } from '../adapters/dynamodb/intake/uploads.ts';
import { hubTable } from '../adapters/dynamodb/table/client.ts';
import { env } from '../adapters/env.ts';
import { hubFunction } from '../adapters/lambda.ts';
import { s3Client } from '../adapters/s3/client.ts';
import { s3IntakeObjects } from '../adapters/s3/intake-objects.ts';
import { sqsClient } from '../adapters/sqs/client.ts';
import { intakeQueues, sqsIntakeQueue } from '../adapters/sqs/intake-queue.ts';
import { anotherTurn } from '../kernel/turns.ts';
import { sweepHandler } from './sweep.handler.ts';

const table = hubTable();
const { hub, worker } = hubFunction('intake-sweep');

export const handler = worker(
  sweepHandler({
    uploads: dynamoUploads(table),
    segments: dynamoSegments(table),
    resources: intakeResources(table),
    attachmentMarks: dynamoAttachmentMarks(table),
    objects: s3IntakeObjects(s3Client(), env('HUB_INTAKE_BUCKET')),
    queue: sqsIntakeQueue(sqsClient(), table, intakeQueues(), anotherTurn(Math.random)),
    ...hub,
  }),
);

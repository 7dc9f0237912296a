import { dynamoRepresentMarks } from '../../adapters/dynamodb/datasets/represent-marks.ts';
import { hubTable } from '../../adapters/dynamodb/table/client.ts';
import { env } from '../../adapters/env.ts';
import { hubFunction } from '../../adapters/lambda.ts';
import { sqsClient } from '../../adapters/sqs/client.ts';
import { sqsDueResources } from '../../adapters/sqs/due-resources.ts';
import { sweepHandler } from './sweep.handler.ts';

const { hub, worker } = hubFunction('represent-sweep');

export const handler = worker(
  sweepHandler({
    marks: dynamoRepresentMarks(hubTable()),
    queue: sqsDueResources(sqsClient(), env('HUB_REPRESENT_QUEUE_URL')),
    ...hub,
  }),
);

import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { IntakeMessage } from '../../../schemas/contracts/messages.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { hasBase, isLarge, turnOf } from '../../intake/domain/weight.ts';
import type { IntakeQueue } from '../../intake/ports.ts';
import { readResourceHead } from '../dynamodb/catalog/resources.ts';
import { readDataset } from '../dynamodb/datasets/store.ts';
import type { Table } from '../dynamodb/table/reads.ts';
import { env } from '../env.ts';

export interface IntakeQueues {
  readonly queueUrl: string;
  /** First in, first out within a group: of the messages of one group one is in flight. */
  readonly largeQueueUrl: string;
  /** Groups that a department has there, and with that large checks at once. */
  readonly largeTurns: number;
}

export const intakeQueues = (): IntakeQueues => ({
  queueUrl: env('HUB_INTAKE_QUEUE_URL'),
  largeQueueUrl: env('HUB_LARGE_QUEUE_URL'),
  largeTurns: Number(env('HUB_LARGE_TURNS')),
});

/** Small uploads into a queue that is fair between providers, large ones into one where each provider has so many turns. */
export const sqsIntakeQueue = (
  client: SQSClient,
  table: Table,
  { queueUrl, largeQueueUrl, largeTurns }: IntakeQueues,
  turn = turnOf,
): IntakeQueue => ({
  async send(upload, segment) {
    const { uploadId, provider } = upload;
    const message: IntakeMessage = { uploadId, ...(segment !== undefined && { segment }) };
    const MessageBody = JSON.stringify(message);
    const large = isLarge(upload, segment, await baseBytes(table, upload));
    await client.send(
      new SendMessageCommand(
        large
          ? {
              QueueUrl: largeQueueUrl,
              MessageBody,
              MessageGroupId: `${provider}/${turn(uploadId, segment, largeTurns)}`,
              // Sent again it is meant again: whoever takes it finds out whether there is anything left to do.
              MessageDeduplicationId: randomUUID(),
            }
          : // Fair queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
            { QueueUrl: queueUrl, MessageBody, MessageGroupId: provider },
      ),
    );
  },
});

/** Of the dataset in force; another may be by the time of the check, of much the same size. */
async function baseBytes(table: Table, upload: StoredUpload): Promise<number> {
  if (!hasBase(upload)) return 0;
  const head = await readResourceHead(table, upload.resourceId);
  if (!head || head.datasetVersion === 0) return 0;
  return (await readDataset(table, head.resourceId, head.datasetVersion))?.bytes ?? 0;
}

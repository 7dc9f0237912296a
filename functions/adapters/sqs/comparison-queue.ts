import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { CompareMessage } from '../../../schemas/contracts/messages.ts';
import { isLarge, listBytes, turnOf } from '../../compare/domain/weight.ts';
import type { ComparisonQueue, Facts } from '../../compare/stores.ts';
import type { WatchQueue } from '../../compare/watches/ports.ts';
import { env } from '../env.ts';

export interface ComparisonQueues {
  readonly queueUrl: string;
  /** First in, first out within a group: of the messages of one group one is in flight. */
  readonly largeQueueUrl: string;
  /** Groups that a department has there, and with that large runs at once. */
  readonly largeTurns: number;
}

export const comparisonQueues = (): ComparisonQueues => ({
  queueUrl: env('HUB_COMPARISONS_QUEUE_URL'),
  largeQueueUrl: env('HUB_LARGE_COMPARISONS_QUEUE_URL'),
  largeTurns: Number(env('HUB_LARGE_COMPARISON_TURNS')),
});

/** Whose work it is, on which resource, and how much beside that is read. */
interface Work {
  readonly consumer: DepartmentId;
  readonly resourceId: ResourceId;
  readonly bytes: number;
}

/** Small runs into a queue that is fair between consumers, large ones into one where each consumer has so many turns. */
export function sqsComparisonQueue(
  client: SQSClient,
  { currentDataset }: Pick<Facts, 'currentDataset'>,
  { queueUrl, largeQueueUrl, largeTurns }: ComparisonQueues,
): ComparisonQueue & WatchQueue {
  const sent = async (message: CompareMessage, id: string, { consumer, resourceId, bytes }: Work): Promise<void> => {
    const MessageBody = JSON.stringify(message);
    // Of the dataset in force; another may be by the time of the run, of much the same size.
    const large = isLarge(bytes, (await currentDataset(resourceId))?.bytes ?? 0);
    await client.send(
      new SendMessageCommand(
        large
          ? {
              QueueUrl: largeQueueUrl,
              MessageBody,
              MessageGroupId: `${consumer}/${turnOf(id, largeTurns)}`,
              // Sent again it is meant again: whoever takes it finds out whether there is anything left to do.
              MessageDeduplicationId: randomUUID(),
            }
          : { QueueUrl: queueUrl, MessageBody, MessageGroupId: consumer },
      ),
    );
  };
  return {
    send: ({ comparisonId, list, ...of }) => sent({ comparisonId }, comparisonId, { ...of, bytes: listBytes(list) }),
    sendWatch: ({ watchId, ...of }) =>
      sent({ watchId }, watchId, { ...of, bytes: 'list' in of ? listBytes(of.list) : of.object.bytes }),
  };
}

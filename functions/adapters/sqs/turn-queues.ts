import { randomUUID } from 'node:crypto';
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import { turnOf } from '../../kernel/turns.ts';

/** Two queues for work of one kind, so that nobody's large work holds up anybody else's, nor small work. */
export interface TurnQueues {
  /** Of small work; fair between departments. */
  readonly queueUrl: string;
  /** First in, first out within a group: of the messages of one group one is in flight. */
  readonly largeQueueUrl: string;
  /** Groups that a department has there, and with that large work at once. */
  readonly largeTurns: number;
}

interface Work {
  readonly department: DepartmentId;
  readonly large: boolean;
  /** By which it takes one of its department's turns, if it is large. */
  readonly place: number | string;
  readonly message: object;
}

export const sqsTurnQueues =
  (client: SQSClient, { queueUrl, largeQueueUrl, largeTurns }: TurnQueues, turn = turnOf) =>
  async ({ department, large, place, message }: Work): Promise<void> => {
    const MessageBody = JSON.stringify(message);
    await client.send(
      new SendMessageCommand(
        large
          ? {
              QueueUrl: largeQueueUrl,
              MessageBody,
              MessageGroupId: `${department}/${turn(place, largeTurns)}`,
              // Sent again it is meant again: whoever takes it finds out whether there is anything left to do.
              MessageDeduplicationId: randomUUID(),
            }
          : // Fair queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
            { QueueUrl: queueUrl, MessageBody, MessageGroupId: department },
      ),
    );
  };

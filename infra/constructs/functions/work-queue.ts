import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { HubFunction } from './hub-function.ts';
import { maxMessageSizeBytes } from '../departments/mailbox.ts';
import { Permission } from '../permissions.ts';

const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, maxMessageSizeBytes } satisfies QueueProps;

/**
 * For messages and events that failed on every try. A message keeps its first enqueue time when it moves here, so
 * this queue must keep it longer than the one it came from.
 */
export class FailedQueue extends Queue {
  constructor(scope: Construct, id: string, queueName: string, kind: Kind = {}) {
    super(scope, id, { ...common, ...kind, queueName, retentionPeriod: Duration.days(14) });
  }
}

/** A FIFO queue and its dead-letter queue are both such, with names that say so. */
type Kind = Pick<QueueProps, 'fifo'>;

export interface WorkQueueProps {
  readonly queueName: string;
  /** Of the function that consumes it. */
  readonly timeout: Duration;
  /** First in, first out within a message group, of which one message is worked on at a time. */
  readonly inTurns?: boolean;
}

/** Ten tries: with the consumer's growing pauses a quarter of an hour of trouble; then a sweeper sends anew. */
const maxReceiveCount = 10;

/**
 * Work for one function. Visibility has to outlast the function's timeout; what runs hides its own
 * message for 50 s at a time where it may take long (kernel/holding.ts), so that after a crash the next try comes as soon,
 * and after a fault that was caught within seconds (kernel/queue/back-off.ts).
 */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly failed: FailedQueue;

  constructor(scope: Construct, id: string, { queueName, timeout, inTurns = false }: WorkQueueProps) {
    super(scope, id);
    const [kind, suffix] = inTurns ? [{ fifo: true }, '.fifo'] : [{}, ''];
    this.failed = new FailedQueue(this, 'Failed', `${queueName}-dlq${suffix}`, kind);
    this.queue = new Queue(this, 'Queue', {
      ...common,
      ...kind,
      queueName: `${queueName}${suffix}`,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: timeout.plus(Duration.minutes(1)),
      deadLetterQueue: { queue: this.failed, maxReceiveCount },
    });
  }

  get url(): string {
    return this.queue.queueUrl;
  }

  sending(): Permission {
    return new Permission(['sqs:SendMessage'], [this.queue.queueArn]);
  }

  consuming(): Permission {
    return new Permission(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.queue.queueArn],
    );
  }

  /** Its consumer: at most so many at once, each with one message, or with so many as there are up to ten. */
  feeds(target: HubFunction, maxConcurrency: number, batchSize: 1 | 10 = 1): void {
    new EventSourceMapping(this, 'Source', {
      target,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}

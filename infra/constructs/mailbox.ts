import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** The largest message of SQS, which templates otherwise may leave at less. */
export const maxMessageSizeBytes = 1_048_576;

/** The queue that a department polls. No dead-letter queue: the history of deliveries is in the hub. */
export class Mailbox extends Construct {
  readonly queueArn: string;
  readonly queueUrl: string;

  constructor(scope: Construct, id: string, queueName: string) {
    super(scope, id);
    const queue = new Queue(this, 'Queue', {
      queueName,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      maxMessageSizeBytes,
    });
    this.queueArn = queue.queueArn;
    this.queueUrl = queue.queueUrl;
  }
}

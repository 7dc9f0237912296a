import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accepted } from '../accepted.ts';
import { STAYS } from '../lifetime.ts';

/** The largest message of SQS, which templates otherwise may leave at less. */
export const maxMessageSizeBytes = 1_048_576;

/**
 * The queue that a department polls. No dead-letter queue: the history of deliveries is in the hub. A department that
 * is dropped from the registry by mistake keeps it, with its notices: `cdk import` takes it back.
 */
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
      removalPolicy: STAYS,
    });
    (queue.node.findChild('Policy') as QueuePolicy).applyRemovalPolicy(STAYS);
    accepted(
      queue,
      'AwsSolutions-SQS3',
      'Its only reader is the department, and what it loses is in the hub’s history.',
    );
    this.queueArn = queue.queueArn;
    this.queueUrl = queue.queueUrl;
  }
}

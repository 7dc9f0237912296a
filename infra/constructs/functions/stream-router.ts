import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { RoutedKind, type Reaction } from '../../../schemas/contracts/events.ts';
import { accepted } from '../accepted.ts';
import type { Watch } from '../alarms/alarms.ts';
import { crashes, throttles } from '../alarms/function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { Permission, permissionsOn } from '../permissions.ts';
import { failedWork } from '../alarms/queue-alarms.ts';
import { FailedQueue, type WorkQueue } from './work-queue.ts';

export interface StreamRouterProps extends Deployment {
  readonly streamArn: string;
  readonly queues: Readonly<Record<Reaction, WorkQueue>>;
}

/**
 * The one reader of the table's stream, which takes two at most: what was committed goes as events into the queues of
 * those who react (docs/decisions/2026-11-30-one-reader-of-the-stream.md). A record that keeps failing is isolated by
 * halving its batch and given up after some tries, or it would hold up its shard for a day; the sweepers do what was
 * given up. Deletions have no new image and are not seen.
 */
export class StreamRouter extends Construct {
  readonly function: HubFunction;
  /** Gets the place of records that failed on every try, not the records. */
  readonly failed: FailedQueue;

  constructor(scope: Construct, id: string, { streamArn, queues, ...deployment }: StreamRouterProps) {
    super(scope, id);
    this.failed = new FailedQueue(this, 'Failed', deployment.names.queue('router-failed'));
    accepted(this.failed, 'AwsSolutions-SQS3', 'It is such a queue: of the stream’s event source.');
    this.function = new HubFunction(this, 'Function', {
      ...deployment,
      function: 'router',
      timeout: Duration.minutes(1),
      memoryMb: 512,
      environment: {
        HUB_EVENT_QUEUE_URLS: JSON.stringify(
          Object.fromEntries(Object.entries(queues).map(([name, { url }]) => [name, url])),
        ),
      },
      permissions: [
        ...permissionsOn(deployment.names).stream(streamArn),
        new Permission(
          ['sqs:SendMessage'],
          [...Object.values(queues).map(({ queue }) => queue.queueArn), this.failed.queueArn],
        ),
      ],
    });
    new EventSourceMapping(this, 'Source', {
      target: this.function,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 5,
      reportBatchItemFailures: true,
      filters: [FilterCriteria.filter({ dynamodb: { NewImage: { kind: { S: [...RoutedKind.options] } } } })],
      onFailure: { bind: () => ({ destination: this.failed.queueArn }) },
    });
  }

  get watches(): readonly Watch[] {
    const router = this.function;
    return [
      failedWork('router-failed', this.failed, 'Telling of what was committed'),
      {
        name: 'stream-late',
        metric: router.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
        // A third of the time in which a delivery is promised.
        atLeast: Duration.minutes(5).toMilliseconds(),
        periods: [3, 5],
        meaning: 'router is five minutes behind the table’s changes: nobody hears of what was committed.',
        firstLook:
          'whether router fails again and again (its log says which record, or which queue), or runs without pause.',
        mend: 'by its log; a failing record is given up after some tries, and the sweepers do its work.',
      },
      crashes(router),
      throttles(router),
    ];
  }
}

import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Watch } from './alarms.ts';
import type { HubFunction } from './hub-function.ts';
import type { FailedQueue } from './work-queue.ts';

/** Of items of some kinds; with states, only from one of these into another. */
export interface TableChange {
  readonly kinds: readonly string[];
  readonly from?: readonly string[];
  readonly to?: readonly string[];
}

export interface TableStreamProps {
  readonly streamArn: string;
  /** Only changes like any of these, five at most; deletions have no new image and are not seen. */
  readonly changes: readonly TableChange[];
  readonly target: HubFunction;
  /** Gets the place of records that failed on every try, not the records. */
  readonly failed: FailedQueue;
}

/**
 * The table's changes, in order per item. A record that keeps failing is isolated by halving its batch and given up
 * after some tries, or it would hold up its shard for a day; the sweeper does what was given up.
 */
export class TableStream extends Construct {
  constructor(scope: Construct, id: string, { streamArn, changes, target, failed }: TableStreamProps) {
    super(scope, id);
    new EventSourceMapping(this, 'Source', {
      target,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      bisectBatchOnError: true,
      retryAttempts: 5,
      reportBatchItemFailures: true,
      filters: changes.map((change) => FilterCriteria.filter(patternOf(change))),
      onFailure: { bind: () => ({ destination: failed.queueArn }) },
    });
  }
}

const patternOf = ({ kinds, from, to }: TableChange) => ({
  dynamodb: {
    NewImage: { kind: { S: [...kinds] }, ...(to && { state: { S: [...to] } }) },
    ...(from && { OldImage: { state: { S: [...from] } } }),
  },
});

/** A third of the time in which a delivery is promised. */
export const streamLate = (name: string, reader: HubFunction): Watch => ({
  name,
  metric: reader.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
  atLeast: Duration.minutes(5).toMilliseconds(),
  periods: [3, 5],
  meaning: `${reader.hubName} is five minutes behind the table's changes.`,
  firstLook: `whether ${reader.hubName} fails again and again on one record (its log), or runs without pause.`,
  mend: 'by its log; a failing record is given up after some tries, and the sweeper does its work.',
});

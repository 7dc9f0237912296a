import { Duration, Fn, Size } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Watch } from '../alarms/alarms.ts';
import { crashes, minutely, nearTimeout, throttles } from '../alarms/function-alarms.ts';
import { failedWork, lateWork } from '../alarms/queue-alarms.ts';
import { permissionsOn } from '../permissions.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import type { Sending } from './intake-functions.ts';
import { arrivals, everyMinute } from './invocations.ts';
import { streaming } from './streaming.ts';
import { FailedQueue, WorkQueue } from './work-queue.ts';

export interface CompareFunctionsProps extends Deployment {
  readonly mailboxUrlPrefix: string;
}

const timeout = Duration.minutes(15);

/** The most that Lambda gives: there lie a list, what it is compared with, the result, and what does not fit in memory. */
const storage = Size.gibibytes(10);

/** Of DuckDB 2 GiB (functions/compare), beside Node and what reads and writes files. */
const memoryMb = 3538;

/**
 * From the list that a consumer PUT to its result: bucket -> receive -> queue -> compare; a sweeper. Large runs have a queue
 * of their own into the same function, so that they leave the small ones their places, and one department's no more than
 * half of theirs (docs/decisions/2026-11-29-large-uploads-take-turns.md).
 */
export class CompareFunctions extends Construct {
  readonly receive: HubFunction;
  readonly compare: HubFunction;
  readonly sweep: HubFunction;
  readonly queue: WorkQueue;
  readonly large: WorkQueue;
  readonly receiveFailed: FailedQueue;
  /** What a function needs that has comparisons run. */
  readonly sending: Sending;

  constructor(scope: Construct, id: string, { mailboxUrlPrefix, ...deployment }: CompareFunctionsProps) {
    super(scope, id);
    const { names, settings } = deployment;
    const may = permissionsOn(names);
    this.queue = new WorkQueue(this, 'Work', { queueName: names.queue('comparisons'), timeout });
    this.large = new WorkQueue(this, 'Large', { queueName: names.queue('comparisons-large'), timeout, inTurns: true });
    this.receiveFailed = new FailedQueue(this, 'ReceiveFailed', names.queue('compare-receive-dlq'));
    const queues = {
      HUB_COMPARISONS_QUEUE_URL: this.queue.url,
      HUB_LARGE_COMPARISONS_QUEUE_URL: this.large.url,
    };
    const intake = { HUB_INTAKE_BUCKET: names.bucket('intake') };
    this.sending = {
      environment: { ...queues, HUB_LARGE_COMPARISON_TURNS: String(Math.floor(settings.comparisonsAtOnce / 2)) },
      permissions: [this.queue.sending(), this.large.sending()],
    };
    const disposing = may.objects('intake', ['lists'], ['DeleteObject', 'DeleteObjectVersion']);
    const small = {
      ...deployment,
      memoryMb: 512,
      environment: { ...intake, ...this.sending.environment },
    };
    this.receive = new HubFunction(this, 'Receive', {
      ...small,
      function: 'compare-receive',
      timeout: Duration.seconds(30),
      permissions: [...may.records(), disposing, ...this.sending.permissions],
      invocations: arrivals,
      failedEvents: this.receiveFailed,
    });
    this.sent(names.bucket('intake'));
    this.compare = new HubFunction(this, 'Compare', {
      ...deployment,
      function: 'compare',
      timeout,
      memoryMb,
      storage,
      environment: {
        ...streaming,
        ...intake,
        ...queues,
        HUB_DATASETS_BUCKET: names.bucket('datasets'),
        HUB_ATTACHMENTS_KEY: Fn.importValue(names.exported('attachments-key-arn')),
        HUB_COMPARISONS_KEY: Fn.importValue(names.exported('comparisons-key-arn')),
        HUB_DELIVERIES_BUCKET: names.bucket('deliveries'),
        HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix,
        HUB_ATHENA_WORKGROUP: names.workGroup,
        HUB_GLUE_DATABASE: names.glueDatabase,
        HUB_COMPARED_HERE_MB: String(settings.comparedHereMb),
      },
      permissions: [
        ...may.records(),
        may.objects('intake', ['lists'], ['GetObject', 'GetObjectVersion']),
        disposing,
        may.objects('datasets', ['representations', 'datasets'], ['GetObject', 'GetObjectVersion']),
        may.objects(
          'datasets',
          ['watches', 'reconciliations'],
          ['GetObject', 'GetObjectVersion', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
        may.objects('deliveries', ['extracts'], ['PutObject', 'AbortMultipartUpload']),
        may.mailboxes(),
        may.digests('attachments'),
        may.digests('comparisons'),
        ...may.queries(),
        this.queue.consuming(),
        this.large.consuming(),
      ],
    });
    for (const queue of [this.queue, this.large]) queue.feeds(this.compare, settings.comparisonsAtOnce);
    this.sweep = new HubFunction(this, 'Sweep', {
      ...small,
      environment: { ...small.environment, HUB_DATASETS_BUCKET: names.bucket('datasets') },
      function: 'compare-sweep',
      invocations: everyMinute,
      timeout: Duration.minutes(2),
      permissions: [
        ...may.records(),
        may.objects('intake', ['lists'], ['GetObject']),
        may.knowingOfAbsence('intake'),
        disposing,
        may.objects('datasets', ['watches', 'reconciliations'], ['DeleteObject', 'DeleteObjectVersion']),
        ...this.sending.permissions,
      ],
    });
  }

  get watches(): readonly Watch[] {
    const { receive, compare, sweep, queue, large, receiveFailed } = this;
    return [
      failedWork('compare-receive-dlq', receiveFailed, 'Telling the hub of a list'),
      failedWork('comparisons-dlq', queue.failed, 'The comparison of a list'),
      failedWork('comparisons-large-dlq', large.failed, 'The comparison of a large list'),
      lateWork('comparisons', queue.queue, compare.hubName),
      lateWork('comparisons-large', large.queue, compare.hubName),
      ...[receive, compare].flatMap((each) => [crashes(each), throttles(each)]),
      nearTimeout(compare),
      ...minutely(sweep),
    ];
  }

  private sent(bucket: string): void {
    const { receive, receiveFailed: deadLetterQueue } = this;
    new Rule(this, 'Sent', {
      description: 'A list to compare has arrived in the intake bucket',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: 'lists/' }] } },
      },
      targets: [new LambdaFunction(receive, { deadLetterQueue, maxEventAge: Duration.hours(24), retryAttempts: 185 })],
    });
  }
}

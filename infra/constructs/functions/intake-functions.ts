import { Duration, Fn, Size } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Watch } from '../alarms/alarms.ts';
import { crashes, minutely, nearTimeout, throttles } from '../alarms/function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { arrivals, everyMinute } from './invocations.ts';
import { permissionsOn, type Permission } from '../permissions.ts';
import { failedWork, lateWork } from '../alarms/queue-alarms.ts';
import { streaming } from './streaming.ts';
import { Reaction } from './reaction.ts';
import { FailedQueue, WorkQueue } from './work-queue.ts';

const checkTimeout = Duration.minutes(15);

export interface Sending {
  readonly environment: Readonly<Record<string, string>>;
  readonly permissions: readonly Permission[];
}

/** Half of the large checks that go on at once may be one department's. */
const largeTurns = ({ checksAtOnce }: Deployment['settings']): number => Math.floor(checksAtOnce / 2);

/**
 * The most that Lambda gives: there wait keys beyond memory, edits for their dataset, and files that are not read in one
 * pass, up to what an announcement may declare of them (functions/intake/domain/announcement.ts). What is beyond 512 MB
 * costs a hundredth of what the memory does.
 */
const checkStorage = Size.gibibytes(10);

/**
 * From the object that a provider PUT to the checked dataset: bucket -> receive -> intake queue -> check; what comes after
 * a check; a sweeper. Large
 * uploads have a queue of their own into the same function, so that they leave the small ones their places, and one
 * department's no more than half of theirs (docs/decisions/2026-11-29-large-uploads-take-turns.md).
 */
export class IntakeFunctions extends Construct {
  readonly receive: HubFunction;
  readonly check: HubFunction;
  readonly follow: Reaction;
  readonly sweep: HubFunction;
  readonly queue: WorkQueue;
  readonly large: WorkQueue;
  readonly receiveFailed: FailedQueue;
  /** What a function needs that has uploads checked. */
  readonly sending: Sending;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const { names, settings } = deployment;
    const may = permissionsOn(names);
    const timeout = checkTimeout;
    this.queue = new WorkQueue(this, 'Work', { queueName: names.queue('intake'), timeout });
    this.large = new WorkQueue(this, 'Large', { queueName: names.queue('intake-large'), timeout, inTurns: true });
    this.receiveFailed = new FailedQueue(this, 'ReceiveFailed', names.queue('receive-dlq'));
    const queues = { HUB_INTAKE_QUEUE_URL: this.queue.url, HUB_LARGE_QUEUE_URL: this.large.url };
    const intake = { HUB_INTAKE_BUCKET: names.bucket('intake') };
    const sending = {
      environment: { ...queues, HUB_LARGE_TURNS: String(largeTurns(settings)) },
      permissions: [this.queue.sending(), this.large.sending()],
    };
    this.sending = sending;
    this.receive = new HubFunction(this, 'Receive', {
      ...deployment,
      function: 'receive',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      environment: sending.environment,
      permissions: [...may.records(), ...sending.permissions],
      invocations: arrivals,
      failedEvents: this.receiveFailed,
    });
    this.uploaded(names.bucket('intake'));
    this.check = new HubFunction(this, 'Check', {
      ...deployment,
      function: 'check',
      timeout,
      memoryMb: 2048,
      storage: checkStorage,
      environment: {
        ...streaming,
        ...intake,
        HUB_DATASETS_BUCKET: names.bucket('datasets'),
        ...queues,
        HUB_ATTACHMENTS_KEY: Fn.importValue(names.exported('attachments-key-arn')),
      },
      permissions: [
        ...may.records(),
        may.objects('intake', ['uploads', 'posted'], ['GetObject', 'GetObjectVersion']),
        may.knowingOfAbsence('intake'),
        may.objects(
          'datasets',
          ['datasets', 'reports', 'fixes', 'segments', 'attachments'],
          ['PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
        may.objects('datasets', ['datasets', 'segments'], ['GetObject', 'GetObjectVersion']),
        may.digests('attachments'),
        this.queue.consuming(),
        this.large.consuming(),
      ],
    });
    for (const queue of [this.queue, this.large]) queue.feeds(this.check, settings.checksAtOnce);
    this.follow = new Reaction(this, 'Follow', {
      ...deployment,
      function: 'intake-follow',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      ...sending,
      atOnce: 5,
      does: 'Beginning what comes after a check',
    });
    this.sweep = new HubFunction(this, 'Sweep', {
      ...deployment,
      function: 'intake-sweep',
      invocations: everyMinute,
      timeout: Duration.minutes(2),
      memoryMb: 512,
      environment: { ...intake, ...sending.environment },
      permissions: [
        ...may.records(),
        may.objects('intake', ['uploads'], ['GetObject', 'AbortMultipartUpload']),
        may.knowingOfAbsence('intake'),
        ...sending.permissions,
      ],
    });
  }

  get watches(): readonly Watch[] {
    const { receive, check, follow, sweep, queue, large, receiveFailed } = this;
    return [
      failedWork('receive-dlq', receiveFailed, 'Telling the hub of an uploaded object'),
      failedWork('intake-dlq', queue.failed, 'The check of an upload'),
      failedWork('intake-large-dlq', large.failed, 'The check of a large upload'),
      lateWork('intake', queue.queue, check.hubName),
      lateWork('intake-large', large.queue, check.hubName),
      ...[receive, check].flatMap((each) => [crashes(each), throttles(each)]),
      nearTimeout(check),
      ...follow.watches,
      ...minutely(sweep),
    ];
  }

  private uploaded(bucket: string): void {
    const { receive, receiveFailed: deadLetterQueue } = this;
    new Rule(this, 'Uploaded', {
      description: 'An object of an upload has arrived in the intake bucket',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket] }, object: { key: [{ prefix: 'uploads/' }] } },
      },
      targets: [new LambdaFunction(receive, { deadLetterQueue, maxEventAge: Duration.hours(24), retryAttempts: 185 })],
    });
  }
}

import { Duration, Size } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Watch } from './alarms.ts';
import { crashes, nearTimeout, notRunning, throttles } from './function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { arrivals, everyMinute } from './invocations.ts';
import { permissionsOn } from './permissions.ts';
import { failedWork, lateWork } from './queue-alarms.ts';
import { streaming } from './streaming.ts';
import { FailedQueue, WorkQueue } from './work-queue.ts';

const checkTimeout = Duration.minutes(15);

/**
 * The most that Lambda gives: there wait keys beyond memory, edits for their dataset, and files that are not read in one
 * pass, up to what an announcement may declare of them (functions/intake/domain/announcement.ts). What is beyond 512 MB
 * costs a hundredth of what the memory does.
 */
const checkStorage = Size.gibibytes(10);

/** From the object that a provider PUT to the checked dataset: bucket -> receive -> intake queue -> check; a sweeper. */
export class IntakeFunctions extends Construct {
  readonly receive: HubFunction;
  readonly check: HubFunction;
  readonly sweep: HubFunction;
  readonly queue: WorkQueue;
  readonly receiveFailed: FailedQueue;
  private readonly deployment: Deployment;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.deployment = deployment;
    this.queue = new WorkQueue(this, 'Work', { queueName: deployment.names.queue('intake'), timeout: checkTimeout });
    this.receiveFailed = new FailedQueue(this, 'ReceiveFailed', deployment.names.queue('receive-dlq'));
    this.receive = this.receiver();
    this.check = this.checker();
    this.queue.feeds(this.check, deployment.settings.checksAtOnce);
    this.sweep = this.sweeper();
  }

  get watches(): readonly Watch[] {
    const { receive, check, sweep, queue, receiveFailed } = this;
    return [
      failedWork('receive-dlq', receiveFailed, 'Telling the hub of an uploaded object'),
      failedWork('intake-dlq', queue.failed, 'The check of an upload'),
      lateWork('intake', queue.queue, check.hubName),
      ...[receive, check].flatMap((each) => [crashes(each), throttles(each)]),
      nearTimeout(check),
      crashes(sweep, 2),
      throttles(sweep),
      notRunning(sweep),
    ];
  }

  private get places() {
    const { names } = this.deployment;
    return {
      intake: { HUB_INTAKE_BUCKET: names.bucket('intake') },
      datasets: { HUB_DATASETS_BUCKET: names.bucket('datasets') },
      queue: { HUB_INTAKE_QUEUE_URL: this.queue.url },
    };
  }

  private receiver(): HubFunction {
    const { names } = this.deployment;
    const failed = this.receiveFailed;
    const receive = new HubFunction(this, 'Receive', {
      ...this.deployment,
      function: 'receive',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      environment: this.places.queue,
      permissions: [...permissionsOn(names).records(), this.queue.sending()],
      invocations: arrivals,
      failedEvents: failed,
    });
    new Rule(this, 'Uploaded', {
      description: 'An object of an upload has arrived in the intake bucket',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [names.bucket('intake')] }, object: { key: [{ prefix: 'uploads/' }] } },
      },
      targets: [
        new LambdaFunction(receive, { deadLetterQueue: failed, maxEventAge: Duration.hours(24), retryAttempts: 185 }),
      ],
    });
    return receive;
  }

  private checker(): HubFunction {
    const may = permissionsOn(this.deployment.names);
    return new HubFunction(this, 'Check', {
      ...this.deployment,
      function: 'check',
      timeout: checkTimeout,
      memoryMb: 2048,
      storage: checkStorage,
      environment: { ...streaming, ...this.places.intake, ...this.places.datasets, ...this.places.queue },
      permissions: [
        ...may.records(),
        may.objects('intake', ['uploads', 'posted'], ['GetObject', 'GetObjectVersion']),
        may.knowingOfAbsence('intake'),
        may.objects(
          'datasets',
          ['datasets', 'reports', 'fixes', 'segments'],
          ['PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
        may.objects('datasets', ['datasets', 'segments'], ['GetObject', 'GetObjectVersion']),
        this.queue.consuming(),
      ],
    });
  }

  private sweeper(): HubFunction {
    const may = permissionsOn(this.deployment.names);
    return new HubFunction(this, 'Sweep', {
      ...this.deployment,
      function: 'intake-sweep',
      invocations: everyMinute,
      timeout: Duration.minutes(2),
      memoryMb: 512,
      environment: { ...this.places.intake, ...this.places.queue },
      permissions: [
        ...may.records(),
        may.objects('intake', ['uploads'], ['GetObject', 'AbortMultipartUpload']),
        may.knowingOfAbsence('intake'),
        this.queue.sending(),
      ],
    });
  }
}

import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { HubFunction, type Deployment } from './hub-function.ts';
import { permissionsOn } from './permissions.ts';
import { FailedQueue, WorkQueue } from './work-queue.ts';

const checkTimeout = Duration.minutes(15);

/** From the object that a provider PUT to the checked dataset: bucket -> receive -> intake queue -> check; a sweeper. */
export class IntakeFunctions extends Construct {
  readonly sweep: HubFunction;
  private readonly deployment: Deployment;
  private readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.deployment = deployment;
    this.queue = new WorkQueue(this, 'Work', { queueName: deployment.names.queue('intake'), timeout: checkTimeout });
    this.receiveUploads();
    this.queue.feeds(this.check(), 16);
    this.sweep = this.sweeper();
  }

  private get places() {
    const { names } = this.deployment;
    return {
      intake: { HUB_INTAKE_BUCKET: names.bucket('intake') },
      datasets: { HUB_DATASETS_BUCKET: names.bucket('datasets') },
      queue: { HUB_INTAKE_QUEUE_URL: this.queue.url },
    };
  }

  private receiveUploads(): void {
    const { names } = this.deployment;
    const failed = new FailedQueue(this, 'ReceiveFailed', names.queue('receive-dlq'));
    const receive = new HubFunction(this, 'Receive', {
      ...this.deployment,
      function: 'receive',
      timeout: Duration.seconds(30),
      memoryMb: 512,
      environment: this.places.queue,
      permissions: [...permissionsOn(names).records(), this.queue.sending()],
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
  }

  private check(): HubFunction {
    const may = permissionsOn(this.deployment.names);
    return new HubFunction(this, 'Check', {
      ...this.deployment,
      function: 'check',
      timeout: checkTimeout,
      memoryMb: 2048,
      environment: { ...this.places.intake, ...this.places.datasets, ...this.places.queue },
      permissions: [
        ...may.records(),
        may.objects('intake', ['uploads'], ['GetObject', 'GetObjectVersion']),
        may.objects(
          'datasets',
          ['datasets', 'reports'],
          ['PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
        this.queue.consuming(),
      ],
    });
  }

  private sweeper(): HubFunction {
    const may = permissionsOn(this.deployment.names);
    return new HubFunction(this, 'Sweep', {
      ...this.deployment,
      function: 'intake-sweep',
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

import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { FunctionName } from '../bundle/catalogue.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { permissionsOn } from './permissions.ts';
import { TableStream } from './table-stream.ts';
import { FailedQueue, WorkQueue } from './work-queue.ts';

export interface DeliveryFunctionsProps extends Deployment {
  readonly streamArn: string;
  readonly mailboxUrlPrefix: string;
}

const deliverTimeout = Duration.minutes(15);

/** From a new dataset, or a filed agreement, to the notice in mailboxes: stream -> dispatch -> work queue -> deliver. */
export class DeliveryFunctions extends Construct {
  readonly release: HubFunction;
  readonly sweep: HubFunction;
  private readonly props: DeliveryFunctionsProps;
  private readonly queue: WorkQueue;

  constructor(scope: Construct, id: string, props: DeliveryFunctionsProps) {
    super(scope, id);
    this.props = props;
    this.queue = new WorkQueue(this, 'Work', { queueName: props.names.queue('delivery'), timeout: deliverTimeout });
    this.dispatchChanges();
    this.queue.feeds(this.deliver(), 16);
    this.release = this.sender('Release', 'release', 512, Duration.minutes(2), {}, []);
    this.sweep = this.sender(
      'Sweep',
      'delivery-sweep',
      512,
      Duration.minutes(2),
      { ...this.places.deliveries, ...this.places.mailboxes },
      [permissionsOn(props.names).mailboxes(), this.disposing()],
    );
  }

  private get places() {
    const { names, mailboxUrlPrefix } = this.props;
    return {
      datasets: { HUB_DATASETS_BUCKET: names.bucket('datasets') },
      deliveries: { HUB_DELIVERIES_BUCKET: names.bucket('deliveries') },
      queue: { HUB_DELIVERY_QUEUE_URL: this.queue.url },
      mailboxes: { HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix },
    };
  }

  private disposing(): PolicyStatement {
    return permissionsOn(this.props.names).objects('deliveries', ['extracts'], ['DeleteObject', 'DeleteObjectVersion']);
  }

  /** A function that reads and writes records and sends work to the queue. */
  private sender(
    id: string,
    name: FunctionName,
    memoryMb: number,
    timeout: Duration,
    environment: Record<string, string>,
    permissions: readonly PolicyStatement[],
  ): HubFunction {
    return new HubFunction(this, id, {
      ...this.props,
      function: name,
      timeout,
      memoryMb,
      environment: { ...this.places.queue, ...environment },
      permissions: [...permissionsOn(this.props.names).records(), this.queue.sending(), ...permissions],
    });
  }

  private dispatchChanges(): void {
    const { names, streamArn } = this.props;
    const failed = new FailedQueue(this, 'DispatchFailed', names.queue('dispatch-failed'));
    const target = this.sender('Dispatch', 'dispatch', 1024, Duration.minutes(5), this.places.deliveries, [
      ...permissionsOn(names).stream(streamArn),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failed.queueArn] }),
      this.disposing(),
    ]);
    new TableStream(this, 'Changes', { streamArn, kinds: ['dataset', 'agreement'], target, failed });
  }

  private deliver(): HubFunction {
    const may = permissionsOn(this.props.names);
    return new HubFunction(this, 'Deliver', {
      ...this.props,
      function: 'deliver',
      timeout: deliverTimeout,
      memoryMb: 3008,
      environment: {
        ...this.places.datasets,
        ...this.places.deliveries,
        ...this.places.queue,
        ...this.places.mailboxes,
      },
      permissions: [
        ...may.records(),
        may.objects('datasets', ['datasets'], ['GetObject', 'GetObjectVersion']),
        may.objects(
          'deliveries',
          ['extracts'],
          ['PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
        may.mailboxes(),
        this.queue.consuming(),
      ],
    });
  }
}

import { Duration, Size } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FunctionName } from '../bundle/catalogue.ts';
import { accepted } from './accepted.ts';
import type { Watch } from './alarms.ts';
import { crashes, nearTimeout, notRunning, throttles } from './function-alarms.ts';
import { HubFunction, type Deployment, type HubFunctionProps } from './hub-function.ts';
import { everyMinute } from './invocations.ts';
import { Permission, permissionsOn } from './permissions.ts';
import { failedWork, lateWork } from './queue-alarms.ts';
import { streaming } from './streaming.ts';
import { streamLate, TableStream } from './table-stream.ts';
import { FailedQueue, WorkQueue } from './work-queue.ts';

export interface DeliveryFunctionsProps extends Deployment {
  readonly streamArn: string;
  readonly mailboxUrlPrefix: string;
}

type SenderProps = Pick<HubFunctionProps, 'memoryMb' | 'timeout'> &
  Partial<Pick<HubFunctionProps, 'environment' | 'permissions' | 'invocations'>>;

const deliverTimeout = Duration.minutes(15);

/**
 * The most that Lambda gives: where two versions of a dataset are compared, there wait the rows that have changed places,
 * all of both in the worst case.
 */
const deliverStorage = Size.gibibytes(10);

/**
 * From a new dataset, or a filed agreement, to the notice in mailboxes: stream -> dispatch -> work queue -> deliver. Passes
 * over large datasets have a queue of their own into the same function, so that they leave the small ones their places
 * (docs/decisions/2026-11-29-large-passes-have-their-places.md).
 */
export class DeliveryFunctions extends Construct {
  readonly dispatch: HubFunction;
  readonly deliver: HubFunction;
  readonly release: HubFunction;
  readonly sweep: HubFunction;
  readonly queue: WorkQueue;
  readonly large: WorkQueue;
  readonly dispatchFailed: FailedQueue;
  private readonly props: DeliveryFunctionsProps;

  constructor(scope: Construct, id: string, props: DeliveryFunctionsProps) {
    super(scope, id);
    this.props = props;
    this.queue = new WorkQueue(this, 'Work', { queueName: props.names.queue('delivery'), timeout: deliverTimeout });
    this.large = new WorkQueue(this, 'Large', {
      queueName: props.names.queue('delivery-large'),
      timeout: deliverTimeout,
    });
    this.dispatchFailed = new FailedQueue(this, 'DispatchFailed', props.names.queue('dispatch-failed'));
    accepted(this.dispatchFailed, 'AwsSolutions-SQS3', 'It is such a queue: of the stream’s event source.');
    this.dispatch = this.dispatcher();
    this.deliver = this.deliverer();
    for (const queue of [this.queue, this.large]) queue.feeds(this.deliver, props.settings.deliveriesAtOnce);
    const regular = { memoryMb: 512, timeout: Duration.minutes(2), invocations: everyMinute };
    this.release = this.sender('Release', 'release', regular);
    this.sweep = this.sender('Sweep', 'delivery-sweep', {
      ...regular,
      environment: { ...this.places.deliveries, ...this.places.mailboxes },
      permissions: [permissionsOn(props.names).mailboxes(), this.disposing()],
    });
  }

  get watches(): readonly Watch[] {
    const { dispatch, deliver, release, sweep, queue, large, dispatchFailed } = this;
    return [
      failedWork('dispatch-failed', dispatchFailed, 'Planning deliveries after a dataset or a change of an agreement'),
      failedWork('delivery-dlq', queue.failed, 'Writing extracts or sending notices'),
      failedWork('delivery-large-dlq', large.failed, 'Writing extracts of a large dataset'),
      lateWork('delivery', queue.queue, deliver.hubName),
      lateWork('delivery-large', large.queue, deliver.hubName),
      streamLate('stream-late', dispatch),
      ...[dispatch, deliver].flatMap((each) => [crashes(each), throttles(each)]),
      nearTimeout(deliver),
      ...[release, sweep].flatMap((each) => [crashes(each, 2), throttles(each), notRunning(each)]),
    ];
  }

  private get places() {
    const { names, mailboxUrlPrefix } = this.props;
    return {
      datasets: { HUB_DATASETS_BUCKET: names.bucket('datasets') },
      deliveries: { HUB_DELIVERIES_BUCKET: names.bucket('deliveries') },
      queues: { HUB_DELIVERY_QUEUE_URL: this.queue.url, HUB_LARGE_DELIVERY_QUEUE_URL: this.large.url },
      mailboxes: { HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix },
    };
  }

  private disposing(): Permission {
    return permissionsOn(this.props.names).objects('deliveries', ['extracts'], ['DeleteObject', 'DeleteObjectVersion']);
  }

  /** A function that reads and writes records and sends work to the queue. */
  private sender(id: string, name: FunctionName, { environment, permissions = [], ...own }: SenderProps): HubFunction {
    return new HubFunction(this, id, {
      ...this.props,
      ...own,
      function: name,
      environment: { ...this.places.queues, ...environment },
      permissions: [
        ...permissionsOn(this.props.names).records(),
        this.queue.sending(),
        this.large.sending(),
        ...permissions,
      ],
    });
  }

  private dispatcher(): HubFunction {
    const { names, streamArn } = this.props;
    const failed = this.dispatchFailed;
    const target = this.sender('Dispatch', 'dispatch', {
      memoryMb: 1024,
      timeout: Duration.minutes(5),
      environment: this.places.deliveries,
      permissions: [
        ...permissionsOn(names).stream(streamArn),
        new Permission(['sqs:SendMessage'], [failed.queueArn]),
        this.disposing(),
      ],
    });
    new TableStream(this, 'Changes', { streamArn, changes: [{ kinds: ['dataset', 'agreement'] }], target, failed });
    return target;
  }

  private deliverer(): HubFunction {
    const may = permissionsOn(this.props.names);
    return new HubFunction(this, 'Deliver', {
      ...this.props,
      function: 'deliver',
      timeout: deliverTimeout,
      memoryMb: 3008,
      storage: deliverStorage,
      environment: {
        ...streaming,
        ...this.places.datasets,
        ...this.places.deliveries,
        ...this.places.queues,
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
        this.large.consuming(),
      ],
    });
  }
}

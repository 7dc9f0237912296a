import { Duration, Fn, Size } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watch } from '../alarms/alarms.ts';
import { crashes, minutely, nearTimeout, throttles } from '../alarms/function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyMinute } from './invocations.ts';
import { permissionsOn } from '../permissions.ts';
import { failedWork, lateWork } from '../alarms/queue-alarms.ts';
import { Reaction } from './reaction.ts';
import { streaming } from './streaming.ts';
import { WorkQueue } from './work-queue.ts';

export interface DeliveryFunctionsProps extends Deployment {
  readonly mailboxUrlPrefix: string;
}

const deliverTimeout = Duration.minutes(15);

/**
 * The most that Lambda gives: where two versions of a dataset are compared, there wait the rows that have changed places,
 * all of both in the worst case.
 */
const deliverStorage = Size.gibibytes(10);

/**
 * From a new dataset, or a filed agreement, to the notice in mailboxes: dispatch -> work queue -> deliver. Passes
 * over large datasets have a queue of their own into the same function, so that they leave the small ones their places
 * (docs/decisions/2026-11-29-large-passes-have-their-places.md).
 */
export class DeliveryFunctions extends Construct {
  readonly dispatch: Reaction;
  readonly deliver: HubFunction;
  readonly release: HubFunction;
  readonly sweep: HubFunction;
  readonly queue: WorkQueue;
  readonly large: WorkQueue;

  constructor(scope: Construct, id: string, { mailboxUrlPrefix, ...deployment }: DeliveryFunctionsProps) {
    super(scope, id);
    const { names, settings } = deployment;
    const may = permissionsOn(names);
    const workQueue = (part: string, name: string) =>
      new WorkQueue(this, part, { queueName: names.queue(name), timeout: deliverTimeout });
    this.queue = workQueue('Work', 'delivery');
    this.large = workQueue('Large', 'delivery-large');
    const queues = { HUB_DELIVERY_QUEUE_URL: this.queue.url, HUB_LARGE_DELIVERY_QUEUE_URL: this.large.url };
    const extracts = { HUB_DELIVERIES_BUCKET: names.bucket('deliveries') };
    const mailboxes = { HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix };
    const sending = [this.queue.sending(), this.large.sending()];
    const disposing = may.objects('deliveries', ['extracts'], ['DeleteObject', 'DeleteObjectVersion']);
    const regular = { ...deployment, memoryMb: 512, timeout: Duration.minutes(2), invocations: everyMinute };
    this.dispatch = new Reaction(this, 'Dispatch', {
      ...deployment,
      function: 'dispatch',
      memoryMb: 1024,
      timeout: Duration.minutes(5),
      environment: { ...queues, ...extracts },
      permissions: [...sending, disposing],
      atOnce: 10,
      does: 'Planning deliveries after a dataset or a change of an agreement',
    });
    this.release = new HubFunction(this, 'Release', {
      ...regular,
      function: 'release',
      environment: queues,
      permissions: [...may.records(), ...sending],
    });
    this.sweep = new HubFunction(this, 'Sweep', {
      ...regular,
      function: 'delivery-sweep',
      environment: { ...queues, ...extracts, ...mailboxes },
      permissions: [...may.records(), ...sending, may.mailboxes(), disposing],
    });
    this.deliver = new HubFunction(this, 'Deliver', {
      ...deployment,
      function: 'deliver',
      timeout: deliverTimeout,
      memoryMb: 3008,
      storage: deliverStorage,
      environment: {
        ...streaming,
        HUB_DATASETS_BUCKET: names.bucket('datasets'),
        HUB_ATTACHMENTS_KEY: Fn.importValue(names.exported('attachments-key-arn')),
        ...extracts,
        ...queues,
        ...mailboxes,
      },
      permissions: [
        ...may.records(),
        may.objects('datasets', ['datasets'], ['GetObject', 'GetObjectVersion']),
        may.objects('deliveries', ['extracts'], ['PutObject', 'AbortMultipartUpload']),
        disposing,
        may.mailboxes(),
        may.digests('attachments'),
        this.queue.consuming(),
        this.large.consuming(),
      ],
    });
    for (const queue of [this.queue, this.large]) queue.feeds(this.deliver, settings.deliveriesAtOnce);
  }

  get watches(): readonly Watch[] {
    const { dispatch, deliver, release, sweep, queue, large } = this;
    return [
      ...dispatch.watches,
      failedWork('delivery-dlq', queue.failed, 'Writing extracts or sending notices'),
      failedWork('delivery-large-dlq', large.failed, 'Writing extracts of a large dataset'),
      lateWork('delivery', queue.queue, deliver.hubName),
      lateWork('delivery-large', large.queue, deliver.hubName),
      crashes(deliver),
      throttles(deliver),
      nearTimeout(deliver),
      ...[release, sweep].flatMap(minutely),
    ];
  }
}

import { Aws, Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  MathExpression,
  SingleValueWidget,
  TextWidget,
  type IMetric,
  type IWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionName } from '../../bundle/catalogue.ts';
import type { Alarms } from './alarms.ts';
import { apiMetric } from './api-alarms.ts';
import type { ApiFunctions } from '../api/api-functions.ts';
import type { ClockFunctions } from '../functions/clock-functions.ts';
import type { CompareFunctions } from '../functions/compare-functions.ts';
import type { DeliveryFunctions } from '../functions/delivery-functions.ts';
import type { HubFunction } from '../functions/hub-function.ts';
import { hubMetric, tableMetric } from './hub-metric.ts';
import type { IntakeFunctions } from '../functions/intake-functions.ts';
import type { Names } from '../names.ts';
import type { NoticeFunctions } from '../functions/notice-functions.ts';
import type { DeriveFunctions } from '../functions/derive-functions.ts';
import type { RepresentFunctions } from '../functions/represent-functions.ts';
import type { StreamRouter } from '../functions/stream-router.ts';
import type { WorkQueue } from '../functions/work-queue.ts';

export interface DashboardProps {
  readonly names: Names;
  readonly alarms: Alarms;
  readonly api: ApiFunctions;
  readonly intake: IntakeFunctions;
  readonly represent: RepresentFunctions;
  readonly derive: DeriveFunctions;
  readonly router: StreamRouter;
  readonly delivery: DeliveryFunctions;
  readonly compare: CompareFunctions;
  readonly notices: NoticeFunctions;
  readonly clocks: ClockFunctions;
}

/** From top to bottom: is anything wrong, what was exchanged today, how long things wait, and which part is to blame. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { names, alarms } = props;
    new CloudWatchDashboard(this, 'Dashboard', {
      dashboardName: names.dashboard,
      defaultInterval: Duration.hours(24),
      widgets: [
        [
          new AlarmStatusWidget({
            title: 'Alarms: docs/operations.md says what each means',
            alarms: [...alarms.all],
            width,
            height: 5,
          }),
        ],
        [exchanged(names)],
        heading('An upload’s way to the mailboxes, from left to right'),
        waiting(props),
        heading('API'),
        apiWidgets(names),
        heading('Parts'),
        functionWidgets(props),
        storeWidgets(names),
      ],
    });
  }
}

const width = 24;
const third = { width: width / 3, height: 6 };
const day = Duration.days(1);
const heading = (text: string): IWidget[] => [new TextWidget({ markdown: `## ${text}`, width, height: 1 })];
const graph = (title: string, left: readonly IMetric[], unit: string): GraphWidget =>
  new GraphWidget({ title, left: [...left], leftYAxis: { label: unit, showUnits: false, min: 0 }, ...third });

function exchanged(names: Names): IWidget {
  const today = (metricName: string, service: FunctionName, label: string) =>
    hubMetric(names)(metricName, service, 'Sum', day).with({ label });
  return new SingleValueWidget({
    title: 'Last 24 hours',
    width,
    height: 4,
    period: day,
    metrics: [
      today('UploadsAccepted', 'check', 'uploads accepted'),
      today('UploadsRefused', 'check', 'uploads refused'),
      today('RowsRead', 'check', 'rows read'),
      today('RowsRejected', 'check', 'rows rejected'),
      today('DeliveriesReleased', 'deliver', 'deliveries released'),
      today('NoticesSent', 'deliver', 'notices sent'),
      today('Receipts', 'delivery-api', 'receipts'),
      today('ComparisonsRun', 'compare', 'comparisons'),
      today('KeysTold', 'compare', 'changes of watched keys told'),
    ],
  });
}

/** By the names under which alarms speak of them. */
const queuesOf = ({
  intake,
  represent,
  derive,
  delivery,
  compare,
  notices,
}: DashboardProps): Readonly<Record<string, WorkQueue>> => ({
  intake: intake.queue,
  'intake-large': intake.large,
  'intake-follow': intake.follow.queue,
  represent: represent.represent.queue,
  derive: derive.derive.queue,
  dispatch: delivery.dispatch.queue,
  delivery: delivery.queue,
  'delivery-large': delivery.large,
  comparisons: compare.queue,
  'comparisons-large': compare.large,
  notices: notices.send.queue,
});

function waiting(props: DashboardProps): IWidget[] {
  const { names, intake, compare, router } = props;
  const queues = Object.entries(queuesOf(props));
  const counted = hubMetric(names);
  const age = (queue: IQueue, label: string) =>
    queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum', label });
  const failed = (queue: IQueue, label: string) =>
    queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum', label });
  return [
    graph(
      'Work waits',
      queues.map(([name, { queue }]) => age(queue, name)),
      'seconds',
    ),
    graph(
      'Failed on every try',
      [
        failed(intake.receiveFailed, 'receive-dlq'),
        failed(compare.receiveFailed, 'compare-receive-dlq'),
        failed(router.failed, 'router-failed'),
        ...queues.map(([name, queue]) => failed(queue.failed, `${name}-dlq`)),
      ],
      'messages',
    ),
    graph(
      'Delivery delay; taken up by sweepers',
      [
        counted('DeliveryDelaySeconds', 'deliver', 'p50').with({ label: 'delay p50, seconds' }),
        counted('DeliveryDelaySeconds', 'deliver', 'p95').with({ label: 'delay p95, seconds' }),
        counted('SweptLate', 'intake-sweep').with({ label: 'uploads taken up' }),
        counted('SweptLate', 'delivery-sweep').with({ label: 'deliveries taken up' }),
        counted('SweptLate', 'compare-sweep').with({ label: 'comparisons taken up' }),
      ],
      'seconds, or count',
    ),
    graph(
      'Stream waits',
      [router.function.metric('IteratorAge', { statistic: 'Maximum', label: 'router' })],
      'milliseconds',
    ),
    graph('Mailboxes: oldest notice', [oldestNotice(names)], 'seconds'),
    graph(
      'Notices and receipts',
      [
        counted('NoticesSent', 'deliver').with({ label: 'notices' }),
        counted('NoticesFailed', 'deliver').with({ label: 'notices failed' }),
        counted('Receipts', 'delivery-api').with({ label: 'receipts' }),
      ],
      'count',
    ),
  ];
}

/** One line for each department: whoever is near 14 days does not poll, and loses notices (not deliveries). */
const oldestNotice = (names: Names): MathExpression =>
  new MathExpression({
    expression: `SEARCH('{AWS/SQS,QueueName} MetricName="ApproximateAgeOfOldestMessage" ${names.mailbox('')}', 'Maximum', 3600)`,
    period: Duration.hours(1),
    label: '',
    searchRegion: Aws.REGION,
  });

const apiWidgets = (names: Names): IWidget[] => [
  graph('Calls', [apiMetric(names, 'Count', 'Sum')], 'calls'),
  graph('Refused and failed', [apiMetric(names, '4XXError', 'Sum'), apiMetric(names, '5XXError', 'Sum')], 'calls'),
  graph('Latency', [apiMetric(names, 'Latency', 'p50'), apiMetric(names, 'Latency', 'p99')], 'milliseconds'),
];

function functionWidgets({ api, intake, router, delivery, compare, notices, clocks }: DashboardProps): IWidget[] {
  const all: readonly HubFunction[] = [
    ...api.all,
    intake.receive,
    intake.check,
    intake.follow,
    intake.sweep,
    router.function,
    delivery.dispatch,
    delivery.deliver,
    delivery.release,
    delivery.sweep,
    compare.receive,
    compare.compare,
    compare.sweep,
    notices.send,
    notices.sweep,
    ...clocks.all,
  ];
  const each = (metric: (one: HubFunction) => IMetric) => all.map(metric);
  return [
    graph(
      'Errors and throttles',
      [
        ...each((one) => one.metricErrors({ label: `${one.hubName} errors` })),
        ...each((one) => one.metricThrottles({ label: `${one.hubName} throttles` })),
      ],
      'count',
    ),
    graph(
      'Longest run',
      each((one) => one.metricDuration({ statistic: 'Maximum', label: one.hubName })),
      'milliseconds',
    ),
    graph(
      'At once',
      each((one) => one.metric('ConcurrentExecutions', { statistic: 'Maximum', label: one.hubName })),
      'runs',
    ),
  ];
}

const storeWidgets = (names: Names): IWidget[] => [
  graph(
    'Table: used',
    [tableMetric(names, 'ConsumedReadCapacityUnits'), tableMetric(names, 'ConsumedWriteCapacityUnits')],
    'units in 5 minutes',
  ),
  graph(
    'Table: throttled',
    [tableMetric(names, 'ReadThrottleEvents'), tableMetric(names, 'WriteThrottleEvents')],
    'events',
  ),
  graph(
    'Rows',
    [
      hubMetric(names)('RowsRead', 'check').with({ label: 'read' }),
      hubMetric(names)('RowsRejected', 'check').with({ label: 'rejected' }),
    ],
    'rows',
  ),
];

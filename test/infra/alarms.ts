import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionNames } from '../../infra/bundle/catalogue.ts';
import { resolver } from './resolve.ts';
import { stacksOf } from './retained.ts';

interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions: readonly string[];
  readonly OKActions: readonly string[];
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Metrics?: readonly { readonly Expression?: string; readonly MetricStat?: object }[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Period?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm: number;
  readonly TreatMissingData: string;
}

const { data, access, service } = stacksOf({ publishDefinitions: true });
const resolved = resolver(data, access, service);
const alarmsIn = (template: typeof service) =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => resolved(Properties) as AlarmProperties);
const alarms = new Map(alarmsIn(service).map((alarm) => [alarm.AlarmName.replace('hub-dev-', ''), alarm]));

/** The condition as a sentence: `AWS/SQS Maximum >= 1, 3 of 5 x 60 s, notBreaching`. */
function conditionOf(name: string): string {
  const alarm = alarms.get(name);
  if (!alarm) return 'no such alarm';
  const { Namespace, MetricName, Statistic, ExtendedStatistic, Period, Threshold, ComparisonOperator } = alarm;
  const what =
    alarm.Metrics?.find(({ Expression }) => Expression)?.Expression ??
    `${Namespace} ${MetricName} ${Statistic ?? ExtendedStatistic}`;
  const sign = ComparisonOperator === 'LessThanThreshold' ? '<' : '>=';
  const periods = `${alarm.DatapointsToAlarm} of ${alarm.EvaluationPeriods}${Period === undefined ? '' : ` x ${Period} s`}`;
  return `${what} ${sign} ${Threshold}, ${periods}, ${alarm.TreatMissingData}`;
}
const dimensionOf = (name: string) =>
  alarms
    .get(name)
    ?.Dimensions?.map(({ Value }) => Value)
    .join(' ');

const sweepers = [
  'intake-sweep',
  'delivery-sweep',
  'compare-sweep',
  'release',
  'notices-sweep',
  'agreements-clock',
  'catalog-spread',
  'duties-watch',
  'reports-count',
  'represent-sweep',
  'derive-sweep',
] as const;
const others = functionNames.filter((name) => name !== 'definitions' && !sweepers.includes(name as 'release'));

describe.each([
  'receive-dlq',
  'intake-dlq',
  'intake-large-dlq',
  'intake-follow-dlq',
  'router-failed',
  'dispatch-dlq',
  'delivery-dlq',
  'delivery-large-dlq',
  'compare-receive-dlq',
  'comparisons-dlq',
  'comparisons-large-dlq',
  'notices-dlq',
  'represent-dlq',
  'derive-dlq',
])('%s', (queue) => {
  test('alarms at its first message', () => {
    expect(conditionOf(`${queue}-not-empty`)).toBe(
      'AWS/SQS ApproximateNumberOfMessagesVisible Maximum >= 1, 1 of 1 x 60 s, notBreaching',
    );
    expect(dimensionOf(`${queue}-not-empty`)).toContain(`hub-dev-${queue}`);
  });
});

test('no queue for failed work is without an alarm', () => {
  const redriven = Object.values(service.Resources).flatMap(({ Type, Properties }) =>
    Type === 'AWS::SQS::Queue' && Properties?.['RedrivePolicy'] === undefined
      ? [String(resolved(Properties?.['QueueName']))]
      : [],
  );
  expect(redriven.sort()).toEqual(
    [
      'compare-receive-dlq',
      'comparisons-dlq',
      'comparisons-large-dlq.fifo',
      'delivery-dlq',
      'delivery-large-dlq',
      'derive-dlq',
      'dispatch-dlq',
      'intake-dlq',
      'intake-follow-dlq',
      'intake-large-dlq.fifo',
      'notices-dlq',
      'receive-dlq',
      'represent-dlq',
      'router-failed',
    ].map((name) => `hub-dev-${name}`),
  );
});

test.each([
  ['intake-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['intake-large-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['delivery-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['delivery-large-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['comparisons-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['comparisons-large-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['stream-late', 'AWS/Lambda IteratorAge Maximum >= 300000, 3 of 5 x 60 s, notBreaching'],
  ['dispatch-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 300, 3 of 5 x 60 s, notBreaching'],
  ['notices-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 300, 3 of 5 x 60 s, notBreaching'],
  ['intake-follow-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 300, 3 of 5 x 60 s, notBreaching'],
  ['represent-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['derive-queue-late', 'AWS/SQS ApproximateAgeOfOldestMessage Maximum >= 900, 3 of 5 x 60 s, notBreaching'],
  ['derive-near-timeout', 'AWS/Lambda Duration Maximum >= 720000, 1 of 1 x 300 s, notBreaching'],
  ['represent-near-timeout', 'AWS/Lambda Duration Maximum >= 720000, 1 of 1 x 300 s, notBreaching'],
  ['check-near-timeout', 'AWS/Lambda Duration Maximum >= 720000, 1 of 1 x 300 s, notBreaching'],
  ['deliver-near-timeout', 'AWS/Lambda Duration Maximum >= 720000, 1 of 1 x 300 s, notBreaching'],
  ['compare-near-timeout', 'AWS/Lambda Duration Maximum >= 720000, 1 of 1 x 300 s, notBreaching'],
  ['api-5xx', 'AWS/ApiGateway 5XXError Sum >= 3, 1 of 1 x 300 s, notBreaching'],
  ['api-slow', 'AWS/ApiGateway Latency p99 >= 5000, 3 of 3 x 300 s, notBreaching'],
  ['uploads-stuck', 'ExchangeHub/dev UploadStuck Maximum >= 1, 1 of 1 x 300 s, notBreaching'],
  ['comparisons-stuck', 'ExchangeHub/dev ComparisonStuck Maximum >= 1, 1 of 1 x 300 s, notBreaching'],
  ['queries-failed', 'ExchangeHub/dev QueriesFailed Sum >= 3, 1 of 1 x 900 s, notBreaching'],
  ['deliveries-late', 'MAX([FILL(m0, 0), FILL(m1, 0)]) >= 900, 1 of 1, notBreaching'],
  ['swept-late', 'SUM([FILL(m0, 0), FILL(m1, 0), FILL(m2, 0)]) >= 5, 2 of 2, notBreaching'],
  ['table-throttled', 'FILL(reads, 0) + FILL(writes, 0) >= 10, 2 of 3, notBreaching'],
  ['definitions-refused', 'AWS/Lambda Errors Sum >= 1, 1 of 1 x 3600 s, notBreaching'],
])('%s', (name, condition) => {
  expect(conditionOf(name)).toBe(condition);
});

test('how late deliveries are is what the hub itself counts, wherever the notice was sent', () => {
  const stats = alarms.get('deliveries-late')?.Metrics?.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat] : []));
  expect(stats).toEqual(
    ['deliver', 'delivery-sweep'].map((Value) => ({
      Metric: {
        Namespace: 'ExchangeHub/dev',
        MetricName: 'DeliveryDelaySeconds',
        Dimensions: [{ Name: 'service', Value }],
      },
      Period: 900,
      Stat: 'p95',
    })),
  );
});

test.each(others)('%s alarms when it fails, and when it is throttled', (name) => {
  expect(conditionOf(`${name}-errors`)).toBe('AWS/Lambda Errors Sum >= 1, 1 of 1 x 300 s, notBreaching');
  expect(conditionOf(`${name}-throttles`)).toBe('AWS/Lambda Throttles Sum >= 1, 2 of 3 x 300 s, notBreaching');
  expect(dimensionOf(`${name}-errors`)).toBe(`hub-dev-${name}`);
});

test.each(sweepers)(
  '%s alarms when it does not run, silence included, and when it fails more than the next minute mends',
  (name) => {
    expect(conditionOf(`${name}-not-running`)).toBe('AWS/Lambda Invocations Sum < 1, 1 of 1 x 600 s, breaching');
    expect(conditionOf(`${name}-errors`)).toBe('AWS/Lambda Errors Sum >= 3, 1 of 1 x 300 s, notBreaching');
    expect(conditionOf(`${name}-throttles`)).toBe('AWS/Lambda Throttles Sum >= 1, 2 of 3 x 300 s, notBreaching');
    expect(dimensionOf(`${name}-not-running`)).toBe(`hub-dev-${name}`);
  },
);

const everyAlarm = [...alarmsIn(service), ...alarmsIn(data)];

test.each(everyAlarm.map((alarm) => [alarm.AlarmName, alarm] as const))(
  '%s says what it means, where to look first and how to mend it, and goes to the hub’s topic, like its end',
  (name, { AlarmDescription, AlarmActions, OKActions }) => {
    const anchor = name.replace('hub-dev-', '');
    expect(anchor).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(AlarmDescription).toMatch(
      new RegExp(`^\\S.*\\. First look: .*[.?] Mend: .*[.?] More: docs/operations\\.md#${anchor}$`),
    );
    expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
    const topic = [resolved({ 'Fn::ImportValue': 'hub-dev-alarm-topic-arn' })];
    expect([AlarmActions, OKActions]).toEqual([topic, topic]);
  },
);

test('no two alarms have one name, and without definitions to publish nothing watches over them', () => {
  expect(new Set(everyAlarm.map(({ AlarmName }) => AlarmName)).size).toBe(everyAlarm.length);
  const names = alarmsIn(stacksOf().service).map(({ AlarmName }) => AlarmName);
  expect(names).toHaveLength(alarms.size - 1);
});

function bodyOfDashboard(): string {
  const dashboard = Object.values(service.Resources).find(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
  return String(resolved(dashboard?.Properties?.['DashboardBody']));
}

test('the dashboard shows every alarm first, and what the alarms are about', () => {
  const { widgets } = JSON.parse(bodyOfDashboard()) as {
    widgets: readonly { readonly type: string; readonly properties: { readonly alarms?: readonly string[] } }[];
  };
  expect(widgets[0]?.type).toBe('alarm');
  expect(widgets[0]?.properties.alarms).toHaveLength(alarms.size);
  const text = JSON.stringify(widgets);
  for (const metric of [
    'UploadsAccepted',
    'DeliveryDelaySeconds',
    'SweptLate',
    'ApproximateAgeOfOldestMessage',
    '5XXError',
    'IteratorAge',
    'ConcurrentExecutions',
    'ReadThrottleEvents',
    'hub-dev-mailbox-',
  ])
    expect(text).toContain(metric);
});

test('what alarms and dashboard show of the hub’s own metrics is what the hub counts', () => {
  const counted = readFileSync(join(import.meta.dirname, '../../functions/kernel/ports.ts'), 'utf8');
  const shown = [
    ...bodyOfDashboard().matchAll(/"ExchangeHub\/dev","(\w+)"/g),
    ...JSON.stringify(alarmsIn(service)).matchAll(/"MetricName":"(\w+)","Namespace":"ExchangeHub/g),
  ].map(([, name]) => name!);
  expect(new Set(shown).size).toBeGreaterThan(8);
  for (const name of shown) expect(counted).toContain(`'${name}'`);
});

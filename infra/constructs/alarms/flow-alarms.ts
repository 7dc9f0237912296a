import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../bundle/catalogue.ts';
import type { Watch } from './alarms.ts';
import { hubMetric, tableMetric } from './hub-metric.ts';
import type { Names } from '../names.ts';

const quarter = Duration.minutes(15);

/** The worst, or the sum, of what several functions say of one thing; what one of them did not say counts as nothing. */
const ofAll = (
  names: Names,
  how: 'MAX' | 'SUM',
  metricName: string,
  statistic: string,
  functions: readonly FunctionName[],
): MathExpression =>
  new MathExpression({
    expression: `${how}([${functions.map((_, at) => `FILL(m${at}, 0)`).join(', ')}])`,
    usingMetrics: Object.fromEntries(
      functions.map((name, at) => [`m${at}`, hubMetric(names)(metricName, name, statistic, quarter)]),
    ),
    label: metricName,
    period: quarter,
  });

/** What departments were promised, seen as they see it. */
export const flowAlarms = (names: Names): readonly Watch[] => [
  {
    name: 'deliveries-late',
    metric: ofAll(names, 'MAX', 'DeliveryDelaySeconds', 'p95', ['deliver', 'delivery-sweep']),
    atLeast: 900,
    meaning:
      'From the accepted dataset to the notice in the mailbox it took one delivery in twenty 15 minutes or more.',
    firstLook: 'the dashboard from left to right: stream (router), dispatch, delivery queue, deliver.',
    mend: 'what is late there; large datasets at the same time drain by themselves.',
  },
  {
    name: 'swept-late',
    metric: ofAll(names, 'SUM', 'SweptLate', 'Sum', ['intake-sweep', 'delivery-sweep', 'compare-sweep']),
    atLeast: 5,
    periods: [2, 2],
    meaning:
      'For half an hour the sweepers have had to take up what events should have started: all goes on, a minute late.',
    firstLook:
      'what they took up (log of intake-sweep, delivery-sweep and compare-sweep), and the errors of receive, compare-receive, router and dispatch.',
    mend: 'the rules (uploads, lists) or the event source (stream): enabled, permitted, not failing?',
  },
  {
    name: 'uploads-stuck',
    metric: hubMetric(names)('UploadStuck', 'intake-sweep', 'Maximum'),
    atLeast: 1,
    meaning: 'An upload has neither been accepted nor refused although it was tried again and again.',
    firstLook: 'its uploadId in the log of intake-sweep, then that id in the log of check.',
    mend: 'the fault there; the sweeper sends it again. Its provider sees `checking` meanwhile and need not do anything.',
  },
  {
    name: 'comparisons-stuck',
    metric: hubMetric(names)('ComparisonStuck', 'compare-sweep', 'Maximum'),
    atLeast: 1,
    meaning:
      'A comparison has no result and no refusal, or watched keys are not looked at, although it was tried again and again.',
    firstLook: 'its comparisonId or watchId in the log of compare-sweep, then that id in the log of compare.',
    mend: 'the fault there; the sweeper sends it again. Its consumer sees `running` meanwhile and may cancel it.',
  },
  {
    name: 'queries-failed',
    metric: hubMetric(names)('QueriesFailed', 'compare', 'Sum', quarter),
    atLeast: 3,
    meaning:
      'Comparisons with large resources get no answer of Athena: three queries have failed, after which one is refused (`query-failed`).',
    firstLook: 'the work group’s history of queries, by the time of the lines `query failed` in the log of compare.',
    mend: 'what Athena says there: a right that is missing, the work group’s bound of bytes, the account’s quota; its consumers announce them anew.',
  },
  {
    name: 'table-throttled',
    metric: new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: {
        reads: tableMetric(names, 'ReadThrottleEvents'),
        writes: tableMetric(names, 'WriteThrottleEvents'),
      },
      label: 'throttled',
      period: Duration.minutes(5),
    }),
    atLeast: 10,
    periods: [2, 3],
    meaning: 'The table refuses reads or writes because there are more than it can take at the moment.',
    firstLook: 'which partition: CloudWatch Contributor Insights of the table, or what was uploaded at that time.',
    mend: 'a table on demand grows by itself within minutes; if not, the account’s quota for DynamoDB.',
  },
];

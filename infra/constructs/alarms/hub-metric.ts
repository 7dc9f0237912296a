import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../bundle/catalogue.ts';
import type { Names } from '../names.ts';

/** What the hub counts itself (functions/kernel/ports.ts), by the function that counts it (functions/adapters/metrics.ts). */
export const hubMetric =
  ({ stage }: Names) =>
  (metricName: string, service: FunctionName, statistic = 'Sum', period = Duration.minutes(5)): Metric =>
    new Metric({ namespace: `ExchangeHub/${stage}`, metricName, dimensionsMap: { service }, statistic, period });

export const tableMetric = ({ table }: Names, metricName: string): Metric =>
  new Metric({
    namespace: 'AWS/DynamoDB',
    metricName,
    dimensionsMap: { TableName: table },
    period: Duration.minutes(5),
    statistic: 'Sum',
  });

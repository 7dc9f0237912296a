import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Watch } from './alarms.ts';
import type { Names } from '../names.ts';

/** Metrics of the API's one stage (API Gateway developer guide, "Amazon API Gateway dimensions and metrics"). */
export const apiMetric = ({ api, stage }: Names, metricName: string, statistic: string): Metric =>
  new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiName: api, Stage: stage },
    period: Duration.minutes(5),
    statistic,
  });

export const apiAlarms = (names: Names): readonly Watch[] => [
  {
    name: 'api-5xx',
    metric: apiMetric(names, '5XXError', 'Sum'),
    atLeast: 3,
    meaning: 'The API answered 5xx at least three times in five minutes: faults of the hub, not of callers.',
    firstLook: 'the access log of the API (status 5xx: route, requestId), then that requestId in the function’s log.',
    mend: 'by the error there. Callers repeat with the same Idempotency-Key, so nothing happens twice.',
  },
  {
    name: 'api-slow',
    metric: apiMetric(names, 'Latency', 'p99'),
    atLeast: 5000,
    periods: [3, 3],
    needsManyValues: true,
    meaning: 'For a quarter of an hour one call in a hundred has taken 5 s or longer.',
    firstLook: 'latency by route in the access log; cold starts and duration of that function on the dashboard.',
    mend: 'a slow table: its throttling; a list without filters: page size; cold starts: more memory.',
  },
];

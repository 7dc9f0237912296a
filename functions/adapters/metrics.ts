import { Metrics as EmbeddedMetrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Metrics } from '../kernel/ports.ts';
import { env } from './env.ts';

/**
 * Metrics as lines of the log that CloudWatch reads (embedded metric format): no call, no waiting. Their namespace is
 * the stage's, so that stages in one account do not count for each other; their one dimension is `service`:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format.html
 */
export function embeddedMetrics(service: string): { readonly metrics: Metrics; readonly publish: () => void } {
  const emf = new EmbeddedMetrics({ namespace: `ExchangeHub/${env('HUB_STAGE')}`, serviceName: service });
  return {
    metrics: {
      count: (name, value = 1) =>
        void emf.addMetric(name, name === 'BytesChecked' ? MetricUnit.Bytes : MetricUnit.Count, value),
      seconds: (name, value) => void emf.addMetric(name, MetricUnit.Seconds, value),
    },
    // An empty set would only be a warning in the log.
    publish: () => void (emf.hasStoredMetrics() && emf.publishStoredMetrics()),
  };
}

import { Duration } from 'aws-cdk-lib';
import type { Watch } from './alarms.ts';
import type { HubFunction } from '../functions/hub-function.ts';

const fiveMinutes = Duration.minutes(5);

/** At the first one; what runs every minute may fail now and then, since the next run does it again. */
export const crashes = (watched: HubFunction, tolerated = 0): Watch => ({
  name: `${watched.hubName}-errors`,
  metric: watched.metricErrors({ period: fiveMinutes, statistic: 'Sum' }),
  atLeast: tolerated + 1,
  meaning: `${watched.hubName} crashed, ran out of time or memory, or met a fault that it does not handle.`,
  firstLook: `the log of ${watched.hubName}: level ERROR, or a line of the platform such as "Task timed out".`,
  mend: 'by that line. Work is tried again by itself: mend the cause, not the item.',
});

export const throttles = (watched: HubFunction): Watch => ({
  name: `${watched.hubName}-throttles`,
  metric: watched.metricThrottles({ period: fiveMinutes, statistic: 'Sum' }),
  atLeast: 1,
  periods: [2, 3],
  meaning: `${watched.hubName} was wanted more often than it may run at once.`,
  firstLook: 'concurrency on the dashboard: this function at its own limit, or the account at its quota?',
  mend: 'the limit in infra/constructs/functions/concurrency.ts, or the account’s quota "Concurrent executions".',
});

/** Four fifths: at the timeout the work is lost and begins again, which this warns of. */
export const nearTimeout = (watched: HubFunction): Watch => ({
  name: `${watched.hubName}-near-timeout`,
  metric: watched.metricDuration({ period: fiveMinutes, statistic: 'Maximum' }),
  atLeast: watched.timeout!.toMilliseconds() * 0.8,
  meaning: `A run of ${watched.hubName} took more than four fifths of its time limit.`,
  firstLook: 'bytes and rows in the log line of that run.',
  mend: 'ask the provider for smaller files, or give the function more memory, which brings more CPU.',
});

/** Nothing in the hub is certain without what runs every minute. */
const notRunning = (watched: HubFunction): Watch => ({
  name: `${watched.hubName}-not-running`,
  metric: watched.metricInvocations({ period: Duration.minutes(10), statistic: 'Sum' }),
  lessThan: 1,
  silence: 'bad',
  meaning: `${watched.hubName} should run every minute and has not for ten.`,
  firstLook: 'its schedule (enabled? TargetErrorCount of EventBridge Scheduler), and its throttles.',
  mend: 'enable the schedule, or deploy the service stack again; the first run takes up all that is due.',
});

/** Of what runs every minute: the next run does again what one has failed at. */
export const minutely = (watched: HubFunction): readonly Watch[] => [
  crashes(watched, 2),
  throttles(watched),
  notRunning(watched),
];

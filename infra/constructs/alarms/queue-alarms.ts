import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Watch } from './alarms.ts';

/** What did not succeed on any try: at the first message, since ten tries lie behind it. */
export const failedWork = (name: string, queue: IQueue, came: string): Watch => ({
  name: `${name}-not-empty`,
  metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
  atLeast: 1,
  meaning: `${came} failed on every try.`,
  firstLook: 'the error in the log of the function, by the ids in the message.',
  mend: 'the cause; then send the messages back and delete them here. The sweepers do again whatever was lost.',
});

/** Minutes that work may wait, of the promise that an upload is checked and delivered within a quarter of an hour. */
const promisedMinutes = 15;

export const lateWork = (name: string, queue: IQueue, worker: string, minutes = promisedMinutes): Watch => ({
  name: `${name}-queue-late`,
  metric: queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' }),
  atLeast: minutes * 60,
  periods: [3, 5],
  meaning: `Work has been waiting for ${minutes} minutes.`,
  firstLook: `whether ${worker} fails again and again (errors, timeouts), or all its workers are busy (concurrency).`,
  mend: `a failing ${worker}: by its log. Too much work at once: it drains by itself, fairly among providers; else raise the queue's maximum concurrency.`,
});

import { Duration } from 'aws-cdk-lib';

/** How Lambda keeps and repeats an event that it was handed without anybody waiting for the answer. */
export interface Invocations {
  /** Beside the first try. */
  readonly retryAttempts: number;
  /** From 60 s to 6 h, Lambda's own bounds. */
  readonly maxEventAge: Duration;
}

/*
 * Left alone, Lambda keeps such events for six hours and tries a failing one three times, whatever the retry policy of the
 * schedule or rule says, which only speaks of the way into that queue
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html).
 */

/**
 * Of runs that find in the table what is to be done: the next minute's run does what this one did not. Repeated or kept,
 * a throttled hour would be followed by sixty runs of the same, all of them late.
 */
export const everyMinute: Invocations = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };

/** Of the publication of definitions: tried at once after a deployment; an hour later the next run comes by itself. */
export const everyHour: Invocations = { retryAttempts: 2, maxEventAge: Duration.hours(1) };

/**
 * Of objects that have arrived: a provider waits for it, and a burst may wait its turn. What is given up goes to the
 * queue for failures, and the sweeper finds the object meanwhile.
 */
export const arrivals: Invocations = { retryAttempts: 2, maxEventAge: Duration.hours(6) };

import { z } from 'zod';
import { allowed, TAGS } from './allowed.ts';

/** Of the way to the function's own queue of events, which never fails on one machine: checked, without effect. */
const RetryPolicy = z.strictObject({
  MaximumRetryAttempts: z.int().optional(),
  MaximumEventAgeInSeconds: z.int().optional(),
});
const DeadLetterConfig = z.strictObject({ Arn: z.string().optional() });

export const rule = allowed(
  z.strictObject({
    Name: z.string().optional(),
    EventPattern: z.record(z.string(), z.json()),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Targets: z
      .array(
        z.strictObject({
          Id: z.string(),
          Arn: z.string(),
          RetryPolicy: RetryPolicy.optional(),
          DeadLetterConfig: DeadLetterConfig.optional(),
        }),
      )
      .default([]),
  }),
  { ...TAGS, Description: 'for people' },
);

export const schedule = allowed(
  z.strictObject({
    Name: z.string().optional(),
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string().default('UTC'),
    State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
    Target: z.strictObject({
      Arn: z.string(),
      RoleArn: z.string(),
      Input: z.string().optional(),
      RetryPolicy: RetryPolicy.optional(),
      DeadLetterConfig: DeadLetterConfig.optional(),
    }),
  }),
  {
    GroupName: 'one group is as good as another',
    FlexibleTimeWindow: 'local schedules fire on time',
    Description: 'for people',
  },
);

export const scheduleGroup = allowed(z.strictObject({ Name: z.string().optional() }), TAGS);

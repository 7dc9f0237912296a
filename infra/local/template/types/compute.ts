import { z } from 'zod';
import { allowed, TAGS } from './allowed.ts';

export const lambdaFunction = allowed(
  z.strictObject({
    FunctionName: z.string().optional(),
    Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    Handler: z.string(),
    Runtime: z.templateLiteral(['nodejs', z.string()]),
    Role: z.string(),
    Timeout: z.int().default(3),
    MemorySize: z.int().default(128),
    Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()) }).optional(),
    DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
    ReservedConcurrentExecutions: z.int().min(1).optional(),
  }),
  {
    ...TAGS,
    Architectures: 'functions run on this machine',
    Description: 'for people',
    LoggingConfig: 'logs go to <data>/logs',
    TracingConfig: 'there is no X-Ray',
    EphemeralStorage: "the machine's own temporary folder",
    KmsKeyArn: 'the environment is not encrypted',
    RuntimeManagementConfig: 'the runtime is the Node that started the hub',
  },
);

const Filter = z.strictObject({ Pattern: z.string() });

export const eventSourceMapping = allowed(
  z.strictObject({
    EventSourceArn: z.string(),
    FunctionName: z.string(),
    Enabled: z.boolean().default(true),
    BatchSize: z.int().optional(),
    FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
    ScalingConfig: z.strictObject({ MaximumConcurrency: z.int() }).optional(),
    FilterCriteria: z.strictObject({ Filters: z.array(Filter) }).optional(),
    StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).optional(),
    BisectBatchOnFunctionError: z.boolean().default(false),
    MaximumRetryAttempts: z.int().default(-1),
    DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
  }),
  {
    ...TAGS,
    MaximumBatchingWindowInSeconds: 'a batch goes as soon as there is something',
    MaximumRecordAgeInSeconds: 'retries end by their number, long before a record is old',
    ParallelizationFactor: 'the local stream has one shard, read in order',
    MetricsConfig: 'there is no CloudWatch',
  },
);

export const permission = allowed(
  z.strictObject({
    Action: z.string(),
    FunctionName: z.string(),
    Principal: z.string(),
    SourceArn: z.string().optional(),
    SourceAccount: z.string().optional(),
  }),
);

export const eventInvokeConfig = allowed(
  z.strictObject({
    FunctionName: z.string(),
    Qualifier: z.literal('$LATEST'),
    MaximumRetryAttempts: z.int().min(0).max(2).default(2),
    DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }).optional() }).optional(),
  }),
  { MaximumEventAgeInSeconds: 'retries end by their number, long before an event is old' },
);

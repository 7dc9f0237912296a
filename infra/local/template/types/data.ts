import { z } from 'zod';
import { allowed, TAGS } from './allowed.ts';

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const Projection = z.strictObject({
  ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']),
  NonKeyAttributes: z.array(z.string()).optional(),
});

export const table = allowed(
  z.strictObject({
    TableName: z.string().optional(),
    KeySchema,
    AttributeDefinitions: z.array(
      z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
    ),
    BillingMode: z.literal('PAY_PER_REQUEST'),
    GlobalSecondaryIndexes: z
      .array(
        z.strictObject({
          IndexName: z.string(),
          KeySchema,
          Projection,
        }),
      )
      .optional(),
    StreamSpecification: z.strictObject({ StreamViewType: z.string() }).optional(),
    TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  }),
  {
    ...TAGS,
    SSESpecification: 'local files are not encrypted',
    PointInTimeRecoverySpecification: 'there are no backups of a local hub',
    DeletionProtectionEnabled: 'only --fresh deletes',
    ContributorInsightsSpecification: 'there is no CloudWatch',
  },
);

export const queue = allowed(
  z.strictObject({
    QueueName: z.string().optional(),
    FifoQueue: z.literal(true).optional(),
    VisibilityTimeout: z.int().optional(),
    MessageRetentionPeriod: z.int().optional(),
    MaximumMessageSize: z.int().optional(),
    ReceiveMessageWaitTimeSeconds: z.int().optional(),
    DelaySeconds: z.int().optional(),
    RedrivePolicy: z
      .strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number().int() })
      .optional(),
    RedriveAllowPolicy: z
      .strictObject({ redrivePermission: z.string(), sourceQueueArns: z.array(z.string()).optional() })
      .optional(),
  }),
  {
    ...TAGS,
    SqsManagedSseEnabled: 'local messages are not encrypted',
    KmsMasterKeyId: 'local messages are not encrypted',
    KmsDataKeyReusePeriodSeconds: 'local messages are not encrypted',
  },
);

export const bucket = allowed(
  z.strictObject({
    BucketName: z.string().optional(),
    VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
    NotificationConfiguration: z
      .strictObject({
        EventBridgeConfiguration: z.strictObject({ EventBridgeEnabled: z.boolean().optional() }),
      })
      .optional(),
  }),
  {
    ...TAGS,
    BucketEncryption: 'local files are not encrypted',
    PublicAccessBlockConfiguration: 'the local hub answers no anonymous request',
    OwnershipControls: 'there are no access control lists',
    LifecycleConfiguration: 'nothing local expires by age; --fresh empties',
    CorsConfiguration: 'no browser calls the local endpoint',
    LoggingConfiguration: 'there are no access logs',
    ObjectLockEnabled: 'there is no object lock',
  },
);

/** Nothing is encrypted by keys; those of HMACs make them. */
export const key = allowed(
  z.strictObject({
    KeySpec: z.enum(['SYMMETRIC_DEFAULT', 'HMAC_256']).optional(),
    KeyUsage: z.enum(['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC']).optional(),
  }),
  {
    ...TAGS,
    KeyPolicy: 'policies of keys are not evaluated',
    Description: 'for people',
    EnableKeyRotation: 'local files are not encrypted',
    RotationPeriodInDays: 'local files are not encrypted',
    PendingWindowInDays: 'only --fresh deletes',
    Enabled: 'only --fresh deletes',
  },
);

/** A table of files whose place is made of its partitions; what columns there are, the files say. */
export const projectedTable = allowed(
  z.strictObject({
    DatabaseName: z.string(),
    TableInput: z.object({
      Name: z.string(),
      PartitionKeys: z.array(z.object({ Name: z.string(), Type: z.literal('string') })),
      Parameters: z.object({ 'storage.location.template': z.string() }),
    }),
  }),
  { CatalogId: 'there is one catalog' },
);

export const workGroup = allowed(z.strictObject({ Name: z.string() }), {
  ...TAGS,
  Description: 'for people',
  RecursiveDeleteOption: 'only --fresh deletes',
  WorkGroupConfiguration: 'local queries are not billed, and local files not encrypted',
});

import { Aws } from 'aws-cdk-lib';

/**
 * The hub's things have names that follow from the stage, so a stack can speak of what another one owns without
 * importing it, and an administrator finds it. What AWS names (an API's id, a stream) is exported instead.
 */
export const namesOf = (stage: string) => ({
  stage,
  stack: (part: 'data' | 'access' | 'service') => `hub-${stage}-${part}`,
  table: `hub-${stage}`,
  /** Athena knows no hyphens in it without quotes. */
  glueDatabase: `hub_${stage.replaceAll('-', '_')}`,
  workGroup: `hub-${stage}`,
  api: `hub-${stage}`,
  /** Bucket names are unique in a partition: the account and region make them so. */
  bucket: (name: BucketName) => `hub-${stage}-${name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`,
  queue: (name: string) => `hub-${stage}-${name}`,
  mailbox: (department: string) => `hub-${stage}-mailbox-${department}`,
  departmentRole: (department: string) => `hub-${stage}-dept-${department}`,
  /** `part` counts from 1. */
  routesPolicy: (role: string, part: number) => `hub-${stage}-routes-${role}-${part}`,
  function: (name: string) => `hub-${stage}-${name}`,
  functionRole: (name: string) => `hub-${stage}-fn-${name}`,
  key: (name: 'data' | 'audit' | 'lookups' | 'attachments' | 'comparisons') => `alias/hub-${stage}-${name}`,
  topic: (name: string) => `hub-${stage}-${name}`,
  alarm: (name: string) => `hub-${stage}-${name}`,
  trail: `hub-${stage}`,
  dashboard: `hub-${stage}`,
  accessLog: `/exchange-hub/${stage}/api-access`,
  exported: (name: Exported) => `hub-${stage}-${name}`,
});

/** Of what the stages of an account share, and so without one in its name. */
export const ACCOUNT_STACK = 'hub-account';

export type BucketName = 'intake' | 'datasets' | 'deliveries' | 'access-logs' | 'trail';
type Exported =
  | 'stream-arn'
  | 'data-key-arn'
  | 'lookups-key-arn'
  | 'attachments-key-arn'
  | 'comparisons-key-arn'
  | 'alarm-topic-arn'
  | 'api-id'
  | 'mailbox-url-prefix'
  | 'web-acl-arn';
export type Names = ReturnType<typeof namesOf>;

const arn = (service: string, resource: string) =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;

/** ARNs in the deployment's own partition, region and account, from names. */
export const arnOf = {
  table: (name: string) => arn('dynamodb', `table/${name}`),
  index: (table: string, index: string) => arn('dynamodb', `table/${table}/index/${index}`),
  bucket: (name: string) => `arn:${Aws.PARTITION}:s3:::${name}`,
  objects: (bucket: string, prefix: string) => `arn:${Aws.PARTITION}:s3:::${bucket}/${prefix}/*`,
  queue: (name: string) => arn('sqs', name),
  workGroup: (name: string) => arn('athena', `workgroup/${name}`),
  catalog: () => arn('glue', 'catalog'),
  database: (name: string) => arn('glue', `database/${name}`),
  glueTable: (database: string, table: string) => arn('glue', `table/${database}/${table}`),
  function: (name: string) => arn('lambda', `function:${name}`),
  role: (name: string) => `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${name}`,
  trail: (name: string) => arn('cloudtrail', `trail/${name}`),
  logGroup: (name: string) => arn('logs', `log-group:${name}`),
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
  stage: (apiId: string, stage: string) =>
    `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}::/restapis/${apiId}/stages/${stage}`,
  /** `https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html` */
  route: (apiId: string, stage: string, method: string, path: string) =>
    arn('execute-api', `${apiId}/${stage}/${method}${path}`),
  invocation: (functionArn: string) =>
    `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
};

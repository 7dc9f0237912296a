import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { functionNames, type FunctionName } from '../../infra/bundle/catalogue.ts';
import { permissionsOf, resolver, type Statement } from './resolve.ts';
import { synthesized } from './synthesized.ts';

const { data, access, service } = synthesized({ 'hub:timeZone': 'Asia/Urumqi' });
const template = Template.fromJSON(service);
const resolved = resolver(data, access, service);

interface Expected {
  /** Seconds and MB. */
  readonly limits: readonly [timeout: number, memory: number];
  readonly env: readonly (keyof typeof valueOf)[];
  /** Beside the table and its own log. */
  readonly may: readonly string[];
}

const valueOf = {
  HUB_INTAKE_BUCKET: 'hub-dev-intake-1-r',
  HUB_DATASETS_BUCKET: 'hub-dev-datasets-1-r',
  HUB_DELIVERIES_BUCKET: 'hub-dev-deliveries-1-r',
  HUB_INTAKE_QUEUE_URL: 'https://queues/hub-dev-intake',
  HUB_DELIVERY_QUEUE_URL: 'https://queues/hub-dev-delivery',
  HUB_MAILBOX_URL_PREFIX: 'https://queues/hub-dev-mailbox-',
};

const on = (service: string, resource: string, ...actions: string[]) =>
  actions.map((action) => `${service}:${action} ${resource}`);
const objects = (place: string, ...actions: string[]) => {
  const [bucket, prefix] = place.split('/');
  return on('s3', `arn:p:s3:::hub-dev-${bucket}-1-r/${prefix}/*`, ...actions);
};
const queue = (name: string, ...actions: string[]) => on('sqs', `arn:p:sqs:r:1:hub-dev-${name}`, ...actions);
const consuming = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'];
const table = 'arn:p:dynamodb:r:1:table/hub-dev';
const records = [
  ...on('dynamodb', table, 'GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'),
  ...on('dynamodb', `${table}/index/list`, 'Query'),
  ...on('dynamodb', `${table}/index/due`, 'Query'),
];

const expectedOf: Readonly<Record<FunctionName, Expected>> = {
  'catalog-api': { limits: [25, 512], env: ['HUB_MAILBOX_URL_PREFIX'], may: [] },
  'agreements-api': { limits: [25, 512], env: [], may: [] },
  'intake-api': {
    limits: [25, 512],
    env: ['HUB_INTAKE_BUCKET', 'HUB_DATASETS_BUCKET'],
    may: [
      ...objects('intake/uploads', 'PutObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'),
      ...objects('datasets/reports', 'GetObject'),
    ],
  },
  receive: {
    limits: [30, 512],
    env: ['HUB_INTAKE_QUEUE_URL'],
    may: [...queue('intake', 'SendMessage'), ...queue('receive-dlq', 'SendMessage')],
  },
  check: {
    limits: [900, 2048],
    env: ['HUB_INTAKE_BUCKET', 'HUB_DATASETS_BUCKET', 'HUB_INTAKE_QUEUE_URL'],
    may: [
      ...objects('intake/uploads', 'GetObject', 'GetObjectVersion'),
      ...objects('datasets/datasets', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/reports', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...queue('intake', ...consuming),
    ],
  },
  'intake-sweep': {
    limits: [120, 512],
    env: ['HUB_INTAKE_BUCKET', 'HUB_INTAKE_QUEUE_URL'],
    may: [
      ...objects('intake/uploads', 'GetObject', 'AbortMultipartUpload'),
      ...on('s3', 'arn:p:s3:::hub-dev-intake-1-r', 'ListBucket'),
      ...queue('intake', 'SendMessage'),
    ],
  },
  'delivery-api': {
    limits: [25, 512],
    env: ['HUB_DELIVERIES_BUCKET'],
    may: objects('deliveries/extracts', 'GetObject', 'GetObjectVersion'),
  },
  dispatch: {
    limits: [300, 1024],
    env: ['HUB_DELIVERY_QUEUE_URL', 'HUB_DELIVERIES_BUCKET'],
    may: [
      ...on('dynamodb', `${table}/stream`, 'DescribeStream', 'GetRecords', 'GetShardIterator'),
      'dynamodb:ListStreams *',
      ...queue('delivery', 'SendMessage'),
      ...queue('dispatch-failed', 'SendMessage'),
      ...objects('deliveries/extracts', 'DeleteObject', 'DeleteObjectVersion'),
    ],
  },
  deliver: {
    limits: [900, 3008],
    env: ['HUB_DATASETS_BUCKET', 'HUB_DELIVERIES_BUCKET', 'HUB_DELIVERY_QUEUE_URL', 'HUB_MAILBOX_URL_PREFIX'],
    may: [
      ...objects('datasets/datasets', 'GetObject', 'GetObjectVersion'),
      ...objects('deliveries/extracts', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...queue('mailbox-*', 'SendMessage'),
      ...queue('delivery', ...consuming),
    ],
  },
  release: { limits: [120, 512], env: ['HUB_DELIVERY_QUEUE_URL'], may: queue('delivery', 'SendMessage') },
  'delivery-sweep': {
    limits: [120, 512],
    env: ['HUB_DELIVERY_QUEUE_URL', 'HUB_DELIVERIES_BUCKET', 'HUB_MAILBOX_URL_PREFIX'],
    may: [
      ...queue('delivery', 'SendMessage'),
      ...queue('mailbox-*', 'SendMessage'),
      ...objects('deliveries/extracts', 'DeleteObject', 'DeleteObjectVersion'),
    ],
  },
};

interface FunctionProperties {
  readonly FunctionName: string;
  readonly Role: string;
  readonly LoggingConfig: { readonly LogGroup: string };
}
interface RoleProperties {
  readonly RoleName: string;
  readonly AssumeRolePolicyDocument: { readonly Statement: readonly Statement[] };
  readonly Policies: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[];
}
const properties = <P>(type: string) =>
  Object.values(template.findResources(type)).map((found) => resolved(found['Properties']) as P);
const functions = new Map(
  properties<FunctionProperties>('AWS::Lambda::Function').map((found) => [found.FunctionName, found]),
);
const roles = new Map(properties<RoleProperties>('AWS::IAM::Role').map((found) => [found.RoleName, found]));
const granted = ({ Policies }: RoleProperties) =>
  permissionsOf(Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement));

test('the functions are those of the catalogue', () => {
  expect([...functions.keys()].sort()).toEqual(functionNames.map((name) => `hub-dev-${name}`).sort());
});

describe.each(functionNames.map((name) => [name, expectedOf[name]] as const))(
  '%s',
  (name, { limits: [Timeout, MemorySize], env, may }) => {
    const found = functions.get(`hub-dev-${name}`)!;
    const { LogGroup } = found.LoggingConfig;

    test('runs on Node 24 within its limits, and knows exactly what it needs', () => {
      expect(found).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout,
        MemorySize,
        Environment: {
          Variables: {
            HUB_STAGE: 'dev',
            HUB_ACCOUNT: '1',
            HUB_TIME_ZONE: 'Asia/Urumqi',
            HUB_TABLE: 'hub-dev',
            ...Object.fromEntries(env.map((variable) => [variable, valueOf[variable]])),
          },
        },
      });
      expect(
        Object.keys((found as unknown as { Environment: { Variables: object } }).Environment.Variables),
      ).toHaveLength(4 + env.length);
    });

    test('has a role of its own, which may do exactly what the function does', () => {
      expect(found.Role).toBe(`arn:p:iam::1:role/hub-dev-fn-${name}`);
      const logging = on('logs', `arn:p:logs:r:1:log-group:${LogGroup}`, 'CreateLogStream', 'PutLogEvents');
      expect(granted(roles.get(`hub-dev-fn-${name}`)!)).toEqual([...logging, ...records, ...may].sort());
    });

    test('writes a log of its own, which is kept for six months and outlives the stack', () => {
      expect([...functions.values()].filter((other) => other.LoggingConfig.LogGroup === LogGroup)).toEqual([found]);
      expect(service.Resources[LogGroup]).toMatchObject({
        DeletionPolicy: 'Retain',
        Properties: { RetentionInDays: 180 },
      });
    });
  },
);

/** What AWS does not let anyone limit to a resource, and why it is needed. */
const unlimited = [
  'dynamodb:ListStreams *' /* Lambda's stream poller: no resource type in the service authorization reference */,
];

test('no role has a wildcard action, or every resource, beside what AWS requires', () => {
  const all = [...roles.values()].flatMap(granted);
  expect(all.filter((permission) => permission.split(' ')[0]!.includes('*'))).toEqual([]);
  expect(all.filter((permission) => permission.endsWith(' *'))).toEqual(unlimited);
});

test('no policy is attached beside those that the roles show', () => {
  expect(template.findResources('AWS::IAM::Policy')).toEqual({});
  expect([...roles.values()].filter((role) => 'ManagedPolicyArns' in role)).toEqual([]);
});

import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { functionNames, type FunctionName } from '../../infra/bundle/catalogue.ts';
import { permissionsOf, resolver, type Statement } from './resolve.ts';
import { otherwise, stacksOf } from './retained.ts';

const { data, access, service } = stacksOf({
  timeZone: 'Asia/Urumqi',
  logRetentionDays: '365',
  publishDefinitions: 'true',
});
const template = Template.fromJSON(service);
const resolved = resolver(data, access, service);

interface Expected {
  /** Seconds, MB, and runs at once. */
  readonly limits: readonly [timeout: number, memory: number, atOnce: number];
  readonly env: readonly (keyof typeof valueOf)[];
  /** Beside the table, its own log, and decrypting with the data's key. */
  readonly may: readonly string[];
  /** It has a queue of its own for what the router tells. */
  readonly reacts?: true;
  /** Of the one that has nothing to do with the table itself. */
  readonly noRecords?: true;
  /** Of the data's key, where it writes objects or signs URLs for them. */
  readonly encrypts?: true;
}

const attachmentsKey = resolved({ 'Fn::ImportValue': 'hub-dev-attachments-key-arn' }) as string;
const comparisonsKey = resolved({ 'Fn::ImportValue': 'hub-dev-comparisons-key-arn' }) as string;
const lookupsKey = resolved({ 'Fn::ImportValue': 'hub-dev-lookups-key-arn' }) as string;

const valueOf = {
  HUB_INTAKE_BUCKET: 'hub-dev-intake-1-r',
  HUB_DATASETS_BUCKET: 'hub-dev-datasets-1-r',
  HUB_DELIVERIES_BUCKET: 'hub-dev-deliveries-1-r',
  HUB_INTAKE_QUEUE_URL: 'https://queues/hub-dev-intake',
  HUB_LARGE_QUEUE_URL: 'https://queues/hub-dev-intake-large.fifo',
  HUB_LARGE_TURNS: '8',
  HUB_DELIVERY_QUEUE_URL: 'https://queues/hub-dev-delivery',
  HUB_LARGE_DELIVERY_QUEUE_URL: 'https://queues/hub-dev-delivery-large',
  HUB_COMPARISONS_QUEUE_URL: 'https://queues/hub-dev-comparisons',
  HUB_LARGE_COMPARISONS_QUEUE_URL: 'https://queues/hub-dev-comparisons-large.fifo',
  HUB_LARGE_COMPARISON_TURNS: '2',
  HUB_EVENT_QUEUE_URLS: JSON.stringify({
    dispatch: 'https://queues/hub-dev-dispatch',
    notices: 'https://queues/hub-dev-notices',
    'intake-follow': 'https://queues/hub-dev-intake-follow',
    represent: 'https://queues/hub-dev-represent',
    derive: 'https://queues/hub-dev-derive',
  }),
  HUB_LOOKUPS_KEY: lookupsKey,
  HUB_ATTACHMENTS_KEY: attachmentsKey,
  HUB_COMPARISONS_KEY: comparisonsKey,
  HUB_REPRESENT_QUEUE_URL: 'https://queues/hub-dev-represent',
  HUB_DERIVE_QUEUE_URL: 'https://queues/hub-dev-derive',
  HUB_ATHENA_WORKGROUP: 'hub-dev',
  HUB_GLUE_DATABASE: 'hub_dev',
  HUB_COMPARED_HERE_MB: '3072',
  HUB_DATABASE_MEMORY_MB: '2200',
  HUB_DATABASE_SPILL_MB: '5000',
  HUB_MAILBOX_URL_PREFIX: 'https://queues/hub-dev-mailbox-',
  NODE_OPTIONS: '--max-semi-space-size=1',
};

const on = (service: string, resource: string, ...actions: string[]) =>
  actions.map((action) => `${service}:${action} ${resource}`);
const objects = (place: string, ...actions: string[]) => {
  const [bucket, prefix] = place.split('/');
  return on('s3', `arn:p:s3:::hub-dev-${bucket}-1-r/${prefix}/*`, ...actions);
};
const queue = (name: string, ...actions: string[]) => on('sqs', `arn:p:sqs:r:1:hub-dev-${name}`, ...actions);
const checking = ['HUB_INTAKE_QUEUE_URL', 'HUB_LARGE_QUEUE_URL', 'HUB_LARGE_TURNS'] as const;
const comparing = [
  'HUB_COMPARISONS_QUEUE_URL',
  'HUB_LARGE_COMPARISONS_QUEUE_URL',
  'HUB_LARGE_COMPARISON_TURNS',
] as const;
/** In Athena, which reads and writes in the function's name. */
const queries = [
  ...on('athena', 'arn:p:athena:r:1:workgroup/hub-dev', 'StartQueryExecution', 'GetQueryExecution'),
  ...['catalog', 'database/hub_dev', 'table/hub_dev/representations', 'table/hub_dev/compared_lists'].flatMap((name) =>
    on('glue', `arn:p:glue:r:1:${name}`, 'GetDatabase', 'GetTable', 'GetPartition', 'GetPartitions'),
  ),
  ...['intake', 'datasets'].flatMap((bucket) =>
    on('s3', `arn:p:s3:::hub-dev-${bucket}-1-r`, 'ListBucket', 'GetBucketLocation'),
  ),
  ...on('s3', 'arn:p:s3:::hub-dev-intake-1-r', 'ListBucketVersions'),
  ...objects(
    'intake/queries',
    'GetObject',
    'PutObject',
    'DeleteObjectVersion',
    'AbortMultipartUpload',
    'ListMultipartUploadParts',
  ),
];
const comparisons = (...actions: string[]) => [
  ...queue('comparisons', ...actions),
  ...queue('comparisons-large.fifo', ...actions),
];
const consuming = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'ChangeMessageVisibility'];
const table = 'arn:p:dynamodb:r:1:table/hub-dev';
const records = [
  ...on(
    'dynamodb',
    table,
    'GetItem',
    'BatchGetItem',
    'Query',
    'PutItem',
    'UpdateItem',
    'DeleteItem',
    'ConditionCheckItem',
  ),
  ...on('dynamodb', `${table}/index/list`, 'Query'),
  ...on('dynamodb', `${table}/index/due`, 'Query'),
];

const dataKey = resolved({ 'Fn::ImportValue': 'hub-dev-data-key-arn' }) as string;

const everyMinute: Expected = { limits: [120, 512, 2], env: [], may: [] };

const expectedOf: Readonly<Record<FunctionName, Expected>> = {
  'catalog-api': { limits: [25, 1024, 50], env: ['HUB_MAILBOX_URL_PREFIX'], may: [] },
  'catalog-spread': everyMinute,
  'derive-api': { limits: [25, 1024, 10], env: [], may: [] },
  'demands-api': { limits: [25, 1024, 30], env: [], may: [] },
  'agreements-api': {
    limits: [25, 512, 50],
    env: ['HUB_DATASETS_BUCKET'],
    may: objects('datasets/datasets', 'GetObject', 'GetObjectVersion'),
  },
  'agreements-clock': everyMinute,
  'duties-api': { limits: [25, 512, 30], env: [], may: [] },
  'duties-watch': everyMinute,
  router: {
    limits: [60, 512, 10],
    noRecords: true,
    env: ['HUB_EVENT_QUEUE_URLS'],
    may: [
      ...on('dynamodb', `${table}/stream`, 'DescribeStream', 'GetRecords', 'GetShardIterator'),
      'dynamodb:ListStreams *',
      ...['dispatch', 'notices', 'intake-follow', 'represent', 'derive', 'router-failed'].flatMap((name) =>
        queue(name, 'SendMessage'),
      ),
    ],
  },
  notices: {
    limits: [30, 512, 7],
    env: ['HUB_MAILBOX_URL_PREFIX'],
    reacts: true,
    may: queue('mailbox-*', 'SendMessage'),
  },
  'notices-sweep': {
    limits: [120, 512, 2],
    env: ['HUB_MAILBOX_URL_PREFIX'],
    may: queue('mailbox-*', 'SendMessage'),
  },
  'lookup-api': {
    limits: [25, 1024, 50],
    env: ['HUB_DATASETS_BUCKET', 'HUB_LOOKUPS_KEY', 'HUB_ATTACHMENTS_KEY'],
    may: [
      ...objects('datasets/representations', 'GetObject', 'GetObjectVersion'),
      ...objects('datasets/attachments', 'GetObject', 'GetObjectVersion'),
      ...on('kms', attachmentsKey, 'GenerateMac'),
      ...on('kms', lookupsKey, 'GenerateMac'),
    ],
  },
  'reports-api': { limits: [25, 512, 30], env: [], may: [] },
  'reports-count': everyMinute,
  definitions: { limits: [300, 512, 1], env: [], may: [] },
  'intake-api': {
    limits: [25, 512, 50],
    encrypts: true,
    env: ['HUB_INTAKE_BUCKET', 'HUB_DATASETS_BUCKET', ...checking],
    may: [
      ...objects('intake/uploads', 'GetObject', 'PutObject', 'ListMultipartUploadParts', 'AbortMultipartUpload'),
      ...on('s3', 'arn:p:s3:::hub-dev-intake-1-r', 'ListBucket'),
      ...objects('intake/posted', 'PutObject'),
      ...queue('intake', 'SendMessage'),
      ...queue('intake-large.fifo', 'SendMessage'),
      ...objects('datasets/reports', 'GetObject'),
      ...objects('datasets/fixes', 'GetObject'),
    ],
  },
  receive: {
    limits: [30, 512, 20],
    env: [...checking],
    may: [
      ...queue('intake', 'SendMessage'),
      ...queue('intake-large.fifo', 'SendMessage'),
      ...queue('receive-dlq', 'SendMessage'),
    ],
  },
  check: {
    limits: [900, 2048, 34],
    encrypts: true,
    env: [
      'HUB_INTAKE_BUCKET',
      'HUB_DATASETS_BUCKET',
      'HUB_INTAKE_QUEUE_URL',
      'HUB_LARGE_QUEUE_URL',
      'HUB_ATTACHMENTS_KEY',
      'NODE_OPTIONS',
    ],
    may: [
      ...objects('intake/uploads', 'GetObject', 'GetObjectVersion'),
      ...objects('intake/posted', 'GetObject', 'GetObjectVersion'),
      ...on('s3', 'arn:p:s3:::hub-dev-intake-1-r', 'ListBucket'),
      ...objects('datasets/datasets', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/reports', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/fixes', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/segments', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/attachments', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...on('kms', attachmentsKey, 'GenerateMac'),
      ...objects('datasets/datasets', 'GetObject', 'GetObjectVersion'),
      ...objects('datasets/segments', 'GetObject', 'GetObjectVersion'),
      ...queue('intake', ...consuming),
      ...queue('intake-large.fifo', ...consuming),
    ],
  },
  'intake-follow': {
    limits: [30, 512, 7],
    env: [...checking],
    reacts: true,
    may: [...queue('intake', 'SendMessage'), ...queue('intake-large.fifo', 'SendMessage')],
  },
  represent: {
    limits: [900, 4096, 6],
    encrypts: true,
    env: ['HUB_DATASETS_BUCKET', 'HUB_DATABASE_MEMORY_MB', 'HUB_DATABASE_SPILL_MB', 'NODE_OPTIONS'],
    reacts: true,
    may: [
      ...objects('datasets/datasets', 'GetObject', 'GetObjectVersion'),
      ...objects(
        'datasets/representations',
        'PutObject',
        'AbortMultipartUpload',
        'DeleteObject',
        'DeleteObjectVersion',
      ),
    ],
  },
  derive: {
    limits: [900, 4096, 6],
    encrypts: true,
    env: ['HUB_DATASETS_BUCKET', 'HUB_DATABASE_MEMORY_MB', 'HUB_DATABASE_SPILL_MB', 'NODE_OPTIONS'],
    reacts: true,
    may: [
      ...objects(
        'datasets/datasets',
        'GetObject',
        'GetObjectVersion',
        'PutObject',
        'AbortMultipartUpload',
        'DeleteObject',
        'DeleteObjectVersion',
      ),
    ],
  },
  'derive-sweep': {
    limits: [120, 512, 2],
    env: ['HUB_DERIVE_QUEUE_URL'],
    may: queue('derive', 'SendMessage'),
  },
  'represent-sweep': {
    limits: [120, 512, 2],
    env: ['HUB_REPRESENT_QUEUE_URL'],
    may: queue('represent', 'SendMessage'),
  },
  'intake-sweep': {
    limits: [120, 512, 2],
    env: ['HUB_INTAKE_BUCKET', ...checking],
    may: [
      ...objects('intake/uploads', 'GetObject', 'AbortMultipartUpload'),
      ...on('s3', 'arn:p:s3:::hub-dev-intake-1-r', 'ListBucket'),
      ...queue('intake', 'SendMessage'),
      ...queue('intake-large.fifo', 'SendMessage'),
    ],
  },
  'compare-api': {
    limits: [25, 512, 30],
    encrypts: true,
    env: ['HUB_INTAKE_BUCKET', 'HUB_LOOKUPS_KEY', 'HUB_COMPARISONS_KEY', ...comparing],
    may: [
      ...objects('intake/lists', 'PutObject'),
      ...on('kms', comparisonsKey, 'GenerateMac'),
      ...on('kms', lookupsKey, 'GenerateMac'),
      ...comparisons('SendMessage'),
    ],
  },
  'compare-receive': {
    limits: [30, 512, 5],
    env: ['HUB_INTAKE_BUCKET', ...comparing],
    may: [
      ...objects('intake/lists', 'DeleteObject', 'DeleteObjectVersion'),
      ...comparisons('SendMessage'),
      ...queue('compare-receive-dlq', 'SendMessage'),
    ],
  },
  compare: {
    limits: [900, 3538, 10],
    encrypts: true,
    env: [
      'HUB_INTAKE_BUCKET',
      'HUB_DATASETS_BUCKET',
      'HUB_DELIVERIES_BUCKET',
      'HUB_COMPARISONS_QUEUE_URL',
      'HUB_LARGE_COMPARISONS_QUEUE_URL',
      'HUB_MAILBOX_URL_PREFIX',
      'HUB_ATTACHMENTS_KEY',
      'HUB_COMPARISONS_KEY',
      'HUB_ATHENA_WORKGROUP',
      'HUB_GLUE_DATABASE',
      'HUB_COMPARED_HERE_MB',
      'NODE_OPTIONS',
    ],
    may: [
      ...queries,
      ...on('kms', attachmentsKey, 'GenerateMac'),
      ...on('kms', comparisonsKey, 'GenerateMac'),
      ...objects('intake/lists', 'GetObject', 'GetObjectVersion', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/representations', 'GetObject', 'GetObjectVersion'),
      ...objects('datasets/datasets', 'GetObject', 'GetObjectVersion'),
      ...['datasets/watches', 'datasets/reconciliations'].flatMap((kept) =>
        objects(
          kept,
          'GetObject',
          'GetObjectVersion',
          'PutObject',
          'AbortMultipartUpload',
          'DeleteObject',
          'DeleteObjectVersion',
        ),
      ),
      ...objects('deliveries/extracts', 'PutObject', 'AbortMultipartUpload'),
      ...queue('mailbox-*', 'SendMessage'),
      ...comparisons(...consuming),
    ],
  },
  'compare-sweep': {
    limits: [120, 512, 2],
    env: ['HUB_INTAKE_BUCKET', 'HUB_DATASETS_BUCKET', ...comparing],
    may: [
      ...objects('intake/lists', 'GetObject', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/watches', 'DeleteObject', 'DeleteObjectVersion'),
      ...objects('datasets/reconciliations', 'DeleteObject', 'DeleteObjectVersion'),
      ...on('s3', 'arn:p:s3:::hub-dev-intake-1-r', 'ListBucket'),
      ...comparisons('SendMessage'),
    ],
  },
  'delivery-api': {
    limits: [25, 512, 100],
    env: ['HUB_DELIVERIES_BUCKET', 'HUB_DATASETS_BUCKET', 'HUB_ATTACHMENTS_KEY'],
    may: [
      ...objects('deliveries/extracts', 'GetObject', 'GetObjectVersion'),
      ...objects('datasets/attachments', 'GetObject', 'GetObjectVersion'),
      ...on('kms', attachmentsKey, 'GenerateMac'),
    ],
  },
  dispatch: {
    limits: [300, 1024, 12],
    env: ['HUB_DELIVERY_QUEUE_URL', 'HUB_LARGE_DELIVERY_QUEUE_URL', 'HUB_DELIVERIES_BUCKET'],
    reacts: true,
    may: [
      ...queue('delivery', 'SendMessage'),
      ...queue('delivery-large', 'SendMessage'),
      ...objects('deliveries/extracts', 'DeleteObject', 'DeleteObjectVersion'),
    ],
  },
  deliver: {
    limits: [900, 3008, 34],
    encrypts: true,
    env: [
      'HUB_DATASETS_BUCKET',
      'HUB_DELIVERIES_BUCKET',
      'HUB_DELIVERY_QUEUE_URL',
      'HUB_LARGE_DELIVERY_QUEUE_URL',
      'HUB_MAILBOX_URL_PREFIX',
      'HUB_ATTACHMENTS_KEY',
      'NODE_OPTIONS',
    ],
    may: [
      ...on('kms', attachmentsKey, 'GenerateMac'),
      ...objects('datasets/datasets', 'GetObject', 'GetObjectVersion'),
      ...objects('deliveries/extracts', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'),
      ...queue('mailbox-*', 'SendMessage'),
      ...queue('delivery', ...consuming),
      ...queue('delivery-large', ...consuming),
    ],
  },
  release: {
    limits: [120, 512, 2],
    env: ['HUB_DELIVERY_QUEUE_URL', 'HUB_LARGE_DELIVERY_QUEUE_URL'],
    may: [...queue('delivery', 'SendMessage'), ...queue('delivery-large', 'SendMessage')],
  },
  'delivery-sweep': {
    limits: [120, 512, 2],
    env: ['HUB_DELIVERY_QUEUE_URL', 'HUB_LARGE_DELIVERY_QUEUE_URL', 'HUB_DELIVERIES_BUCKET', 'HUB_MAILBOX_URL_PREFIX'],
    may: [
      ...queue('delivery', 'SendMessage'),
      ...queue('delivery-large', 'SendMessage'),
      ...queue('mailbox-*', 'SendMessage'),
      ...objects('deliveries/extracts', 'DeleteObject', 'DeleteObjectVersion'),
    ],
  },
};

/** Of each department, in every function of the API. */
const shareOfCalls = { HUB_DEPARTMENT_RATE: '50', HUB_DEPARTMENT_BURST: '200' };

interface FunctionProperties {
  readonly FunctionName: string;
  readonly Role: string;
  readonly ReservedConcurrentExecutions?: number;
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
  (name, { limits: [Timeout, MemorySize, ReservedConcurrentExecutions], env, may, reacts, noRecords, encrypts }) => {
    const found = functions.get(`hub-dev-${name}`)!;
    const { LogGroup } = found.LoggingConfig;

    test('runs on Node 24 within its limits, and knows exactly what it needs', () => {
      expect(found).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        Timeout,
        MemorySize,
        ReservedConcurrentExecutions,
        Environment: {
          Variables: {
            HUB_STAGE: 'dev',
            HUB_PARTITION: 'p',
            HUB_ACCOUNT: '1',
            HUB_TIME_ZONE: 'Asia/Urumqi',
            HUB_TABLE: 'hub-dev',
            ...(name.endsWith('-api') && shareOfCalls),
            ...(reacts && { HUB_EVENT_QUEUE_URL: `https://queues/hub-dev-${name}` }),
            ...Object.fromEntries(env.map((variable) => [variable, valueOf[variable]])),
          },
        },
      });
      expect(
        Object.keys((found as unknown as { Environment: { Variables: object } }).Environment.Variables),
      ).toHaveLength(5 + env.length + (name.endsWith('-api') ? 2 : 0) + (reacts ? 1 : 0));
    });

    test('has a role of its own, which may do exactly what the function does', () => {
      expect(found.Role).toBe(`arn:p:iam::1:role/hub-dev-fn-${name}`);
      const logging = on('logs', `arn:p:logs:r:1:log-group:${LogGroup}`, 'CreateLogStream', 'PutLogEvents');
      const key = on('kms', dataKey, 'Decrypt', ...(encrypts ? ['GenerateDataKey'] : []));
      expect(granted(roles.get(`hub-dev-fn-${name}`)!)).toEqual(
        [
          ...logging,
          ...(noRecords ? [] : records),
          ...key,
          ...(reacts ? queue(name, ...consuming) : []),
          ...may,
        ].sort(),
      );
    });

    test('writes a log of its own, which is kept for the set time and outlives the stack', () => {
      expect([...functions.values()].filter((other) => other.LoggingConfig.LogGroup === LogGroup)).toEqual([found]);
      expect(service.Resources[LogGroup]).toMatchObject({
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: { RetentionInDays: 365 },
      });
    });
  },
);

/** What AWS does not let anyone limit to a resource: Lambda's stream poller (the service authorization reference has none). */
const unlimited = ['dynamodb:ListStreams *'];

test('no role has a wildcard action, or every resource, beside what AWS requires', () => {
  const all = [...roles.values()].flatMap(granted);
  expect(all.length).toBeGreaterThan(functionNames.length * 10);
  expect(all.filter((permission) => permission.split(' ')[0]!.includes('*'))).toEqual([]);
  expect(all.filter((permission) => permission.endsWith(' *'))).toEqual(unlimited);
});

test('each role uses the one key of the data, and who needs digests the key of these', () => {
  const keys = [...roles.values()].flatMap(granted).filter((permission) => permission.startsWith('kms:'));
  expect(dataKey).toMatch(/^arn:p:kms:r:1:key\/\w+$/);
  const ofData = [`kms:Decrypt ${dataKey}`, `kms:GenerateDataKey ${dataKey}`];
  expect(new Set(keys)).toEqual(
    new Set([...ofData, ...[lookupsKey, attachmentsKey, comparisonsKey].map((key) => `kms:GenerateMac ${key}`)]),
  );
});

test('no policy is attached beside those that the roles show', () => {
  expect(template.findResources('AWS::IAM::Policy')).toEqual({});
  expect([...roles.values()].filter((role) => 'ManagedPolicyArns' in role)).toEqual([]);
});

describe('concurrency', () => {
  const atOnce = (settings: Record<string, string>) =>
    Object.values(stacksOf(settings).service.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');

  test('leaves to others of the account what AWS wants unreserved, of the thousand that it has by default', () => {
    const reserved = [...functions.values()].map((found) => found.ReservedConcurrentExecutions ?? 0);
    expect(reserved.reduce((sum, each) => sum + each, 0)).toBe(604);
  });

  test('more checks, deliveries and comparisons at once reserve as many, and the queues hand out no more', () => {
    const more = stacksOf({
      checksAtOnce: '40',
      deliveriesAtOnce: '50',
      comparisonsAtOnce: '6',
    }).service;
    const values = Object.values(more.Resources).map(({ Properties }) => Properties ?? {});
    const ofFunction = (name: string) => values.find(({ FunctionName }) => FunctionName === `hub-dev-${name}`);
    expect(['check', 'deliver'].map((name) => ofFunction(name)?.['ReservedConcurrentExecutions'])).toEqual([82, 102]);
    const atMost = values.flatMap(({ ScalingConfig }) =>
      ScalingConfig === undefined ? [] : [(ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency],
    );
    expect(atMost.toSorted((a, b) => a - b)).toEqual([4, 4, 5, 5, 6, 6, 10, 40, 40, 50, 50]);
  });

  test('is not reserved in an account that has little of it', () => {
    for (const found of atOnce(otherwise)) expect(found.Properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });
});

test('without definitions to publish there is no function for it', () => {
  const names = Object.values(stacksOf().service.Resources).map(({ Properties }) => Properties?.['FunctionName']);
  expect(names).toContain('hub-dev-catalog-api');
  expect(names).not.toContain('hub-dev-definitions');
});

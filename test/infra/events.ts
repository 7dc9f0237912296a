import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import type { Reaction } from '../../schemas/contracts/events.ts';
import { resolver, type Statement } from './resolve.ts';
import { stacksOf } from './retained.ts';

const { data, access, service } = stacksOf({ publishDefinitions: true });
const template = Template.fromJSON(service);
const resolved = resolver(data, access, service);
const properties = (type: string) =>
  Object.values(template.findResources(type)).map((found) => resolved(found['Properties']) as Record<string, unknown>);
const arnOf = (name: string) => `arn:p:lambda:r:1:function:hub-dev-${name}`;
const queueArn = (name: string) => `arn:p:sqs:r:1:hub-dev-${name}`;

const queuePolicies = () =>
  properties('AWS::SQS::QueuePolicy').map(
    (policy) => (policy['PolicyDocument'] as { Statement: Statement[] }).Statement,
  );
const queues = new Map(properties('AWS::SQS::Queue').map((queue) => [queue['QueueName'] as string, queue]));
const day = 86_400;
const sourceOf = (pattern: unknown) => (pattern as { source: readonly string[] }).source[0];
/** Each with its function's timeout, which a message is hidden for and a minute more. */
const ofReactions = {
  dispatch: 300,
  notices: 30,
  'intake-follow': 30,
  represent: 900,
  derive: 900,
} as const satisfies Record<Reaction, number>;
const failedQueues = [
  'intake-dlq',
  'delivery-dlq',
  'delivery-large-dlq',
  'receive-dlq',
  'comparisons-dlq',
  'compare-receive-dlq',
  'router-failed',
  ...Object.keys(ofReactions).map((name) => `${name}-dlq`),
];
const inTurns = ['intake-large', 'comparisons-large'];

test.each<[string, number]>([
  ['intake', 900],
  ['delivery', 900],
  ['delivery-large', 900],
  ['comparisons', 900],
  ...Object.entries(ofReactions),
])(
  'the %s queue keeps work 4 days, hides it for its consumer’s %d seconds and a minute, and gives up after ten tries',
  (name, timeout) => {
    expect(queues.get(`hub-dev-${name}`)).toEqual({
      QueueName: `hub-dev-${name}`,
      MessageRetentionPeriod: 4 * day,
      VisibilityTimeout: timeout + 60,
      MaximumMessageSize: 1_048_576,
      SqsManagedSseEnabled: true,
      RedrivePolicy: { deadLetterTargetArn: queueArn(`${name}-dlq`), maxReceiveCount: 10 },
    });
  },
);

test.each(inTurns)(
  'work of %s waits in a queue in which each group has one message in flight, and so does what failed of it',
  (name) => {
    const like = name.replace('-large', '');
    const { FifoQueue, RedrivePolicy, ...large } = queues.get(`hub-dev-${name}.fifo`) ?? {};
    const { FifoQueue: failedFifo, ...failed } = queues.get(`hub-dev-${name}-dlq.fifo`) ?? {};
    expect([FifoQueue, failedFifo]).toEqual([true, true]);
    expect(RedrivePolicy).toEqual({ deadLetterTargetArn: queueArn(`${name}-dlq.fifo`), maxReceiveCount: 10 });
    const { RedrivePolicy: _small, ...small } = queues.get(`hub-dev-${like}`) ?? {};
    expect(large).toEqual({ ...small, QueueName: `hub-dev-${name}.fifo` });
    expect(failed).toEqual({ ...queues.get(`hub-dev-${like}-dlq`), QueueName: `hub-dev-${name}-dlq.fifo` });
  },
);

test.each(failedQueues)('%s keeps what failed longer than any source', (name) => {
  expect(queues.get(`hub-dev-${name}`)).toEqual({
    QueueName: `hub-dev-${name}`,
    MessageRetentionPeriod: 14 * day,
    MaximumMessageSize: 1_048_576,
    SqsManagedSseEnabled: true,
  });
});

test('there are no other queues, and each refuses what does not come over TLS', () => {
  expect([...queues.keys()].sort()).toEqual(
    ['intake', 'delivery', 'delivery-large', 'comparisons', ...Object.keys(ofReactions), ...failedQueues]
      .concat(inTurns.flatMap((name) => [`${name}.fifo`, `${name}-dlq.fifo`]))
      .map((name) => `hub-dev-${name}`)
      .sort(),
  );
  const denied = queuePolicies().map(([statement]) => statement);
  expect(denied.map((statement) => String(statement?.Resource)).sort()).toEqual(
    [...queues.keys()].map((name) => `arn:p:sqs:r:1:${name}`).sort(),
  );
  for (const statement of denied)
    expect(statement).toMatchObject({
      Effect: 'Deny',
      Action: 'sqs:*',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
});

const mappings = properties('AWS::Lambda::EventSourceMapping');

test.each([
  ['check', 'intake', 16],
  ['check', 'intake-large.fifo', 16],
  ['deliver', 'delivery', 16],
  ['deliver', 'delivery-large', 16],
  ['compare', 'comparisons', 4],
  ['compare', 'comparisons-large.fifo', 4],
])('%s takes one message of the %s queue at a time, %d side by side', (target, queue, atOnce) => {
  const ofQueue = mappings.filter(({ EventSourceArn }) => EventSourceArn === queueArn(queue));
  expect(ofQueue).toEqual([
    {
      FunctionName: `hub-dev-${target}`,
      EventSourceArn: queueArn(queue),
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: atOnce },
    },
  ]);
});

test.each(['represent', 'derive'])('%s takes one event of its queue at a time, four side by side', (name) => {
  expect(mappings.filter(({ FunctionName }) => FunctionName === `hub-dev-${name}`)).toMatchObject([
    { EventSourceArn: queueArn(name), BatchSize: 1, ScalingConfig: { MaximumConcurrency: 4 } },
  ]);
});

test.each([
  ['dispatch', 10],
  ['notices', 5],
  ['intake-follow', 5],
])('%s takes up to ten events of its own queue at a time, %d such batches side by side', (name, atOnce) => {
  expect(mappings.filter(({ FunctionName }) => FunctionName === `hub-dev-${name}`)).toEqual([
    {
      FunctionName: `hub-dev-${name}`,
      EventSourceArn: queueArn(name),
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: atOnce },
    },
  ]);
});

test('the router alone reads the table’s stream, what is of a kind that it knows, and failing records leave their place behind', () => {
  expect(mappings.filter(({ EventSourceArn }) => String(EventSourceArn).includes(':dynamodb:'))).toEqual([
    {
      FunctionName: 'hub-dev-router',
      EventSourceArn: 'arn:p:dynamodb:r:1:table/hub-dev/stream',
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 100,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              dynamodb: {
                NewImage: {
                  kind: { S: ['dataset', 'resource-version', 'agreement', 'message', 'upload', 'upload-segment'] },
                },
              },
            }),
          },
        ],
      },
      DestinationConfig: { OnFailure: { Destination: queueArn('router-failed') } },
    },
  ]);
});

/** Lambda ends a chain of requests that passes one function about 16 times, and its message is lost in the DLQ. */
test('no chain of queues leads a function back to itself', () => {
  const consumers = mappings.filter(({ EventSourceArn }) => String(EventSourceArn).includes(':sqs:'));
  const roles = new Map(properties('AWS::IAM::Role').map((role) => [String(role['RoleName']), role]));
  const sendsTo = (name: string): readonly string[] => {
    const { Role } = properties('AWS::Lambda::Function').find((each) => each['FunctionName'] === name)!;
    const role = roles.get(String(Role).split('/').at(-1)!)!;
    const { Policies } = role as unknown as { Policies: { PolicyDocument: { Statement: Statement[] } }[] };
    const allowed = new Set(
      Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
        .filter(({ Action }) => [Action].flat().includes('sqs:SendMessage'))
        .flatMap(({ Resource }) => [Resource].flat()),
    );
    return consumers.flatMap(({ FunctionName, EventSourceArn }) =>
      allowed.has(EventSourceArn as string) ? [FunctionName as string] : [],
    );
  };
  const reached = (from: string, found = new Set<string>()): ReadonlySet<string> => {
    for (const name of sendsTo(from)) if (!found.has(name)) reached(name, found.add(name));
    return found;
  };
  const all = [...new Set(consumers.map(({ FunctionName }) => FunctionName as string))];
  const begun = ['hub-dev-router', 'hub-dev-compare-receive'].flatMap((name) => [...reached(name)]);
  expect(new Set(begun)).toEqual(new Set(all));
  for (const name of all) expect(reached(name)).not.toContain(name);
});

test('an object of an upload, and a list, wakes whoever receives it, and an event that it never took is kept', () => {
  const wakes = (prefix: string, name: string) => ({
    Description: expect.any(String),
    State: 'ENABLED',
    EventPattern: {
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['hub-dev-intake-1-r'] }, object: { key: [{ prefix }] } },
    },
    Targets: [
      {
        Id: 'Target0',
        Arn: arnOf(name),
        DeadLetterConfig: { Arn: queueArn(`${name}-dlq`) },
        RetryPolicy: { MaximumEventAgeInSeconds: day, MaximumRetryAttempts: 185 },
      },
    ],
  });
  expect(properties('AWS::Events::Rule').filter(({ EventPattern }) => sourceOf(EventPattern) === 'aws.s3')).toEqual([
    wakes('uploads/', 'receive'),
    wakes('lists/', 'compare-receive'),
  ]);
  const opened = queuePolicies().flatMap((statements) => statements.slice(1));
  for (const name of ['receive', 'compare-receive']) {
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: `hub-dev-${name}`, DeadLetterConfig: {} });
    expect(opened).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sqs:SendMessage',
        Principal: { Service: 'events.amazonaws.com' },
        Resource: queueArn(`${name}-dlq`),
      }),
    );
  }
});

test('the definitions of a deployment are published when its stack is complete, and every hour', () => {
  expect(properties('AWS::Events::Rule').filter(({ EventPattern }) => sourceOf(EventPattern) !== 'aws.s3')).toEqual([
    {
      Description: expect.any(String),
      State: 'ENABLED',
      EventPattern: {
        source: ['aws.cloudformation'],
        'detail-type': ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': ['the-stack'],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] },
        },
      },
      Targets: [{ Id: 'Target0', Arn: arnOf('definitions') }],
    },
  ]);
  expect(
    properties('AWS::Scheduler::Schedule').filter(({ ScheduleExpression }) => ScheduleExpression === 'rate(1 hour)'),
  ).toEqual([expect.objectContaining({ Target: expect.objectContaining({ Arn: arnOf('definitions') }) })]);
});

test('sweepers, clocks and the release run every minute under a role that may only start them', () => {
  const scheduled = [
    'intake-sweep',
    'represent-sweep',
    'derive-sweep',
    'release',
    'delivery-sweep',
    'compare-sweep',
    'notices-sweep',
    'agreements-clock',
    'catalog-spread',
    'duties-watch',
    'reports-count',
  ].map(arnOf);
  expect(
    properties('AWS::Scheduler::Schedule').filter(({ ScheduleExpression }) => ScheduleExpression === 'rate(1 minute)'),
  ).toEqual(
    scheduled.map((Arn) => ({
      ScheduleExpression: 'rate(1 minute)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn, RoleArn: expect.stringMatching(/:role\/EveryMinute/), RetryPolicy: { MaximumRetryAttempts: 0 } },
    })),
  );
  const role = properties('AWS::IAM::Role').find(
    (found) => found['RoleName'] === undefined && JSON.stringify(found).includes('hub-dev-release'),
  );
  expect(role).toEqual({
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': '1' } },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'invoke',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: scheduled }],
        },
      },
    ],
  });
});

test('what schedules and rules start is kept and repeated as is useful for it, and nothing by Lambda’s defaults', () => {
  const asynchronous = [
    ...properties('AWS::Scheduler::Schedule').map(({ Target }) => (Target as { Arn: string }).Arn),
    ...properties('AWS::Events::Rule').flatMap(({ Targets }) => (Targets as { Arn: string }[]).map(({ Arn }) => Arn)),
  ];
  const configs = properties('AWS::Lambda::EventInvokeConfig').map((config) => [
    arnOf(String(config['FunctionName']).replace('hub-dev-', '')),
    `${String(config['MaximumRetryAttempts'])} retries, ${String(config['MaximumEventAgeInSeconds'])} s`,
  ]);
  expect(Object.fromEntries(configs)).toEqual({
    ...Object.fromEntries(asynchronous.map((arn) => [arn, '0 retries, 60 s'])),
    [arnOf('receive')]: '2 retries, 21600 s',
    [arnOf('compare-receive')]: '2 retries, 21600 s',
    [arnOf('definitions')]: '2 retries, 3600 s',
  });
});

const apis = [
  'catalog-api',
  'derive-api',
  'demands-api',
  'agreements-api',
  'duties-api',
  'reports-api',
  'intake-api',
  'delivery-api',
  'lookup-api',
  'compare-api',
];

test('functions may be invoked by the gateway, each for its API, and three by their rules; by nobody else', () => {
  const api = resolved({ 'Fn::ImportValue': 'hub-dev-api-id' }) as string;
  const gateway = (name: string) => ({
    Action: 'lambda:InvokeFunction',
    FunctionName: arnOf(name),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:p:execute-api:r:1:${api}/dev/*/v1/*`,
  });
  expect(properties('AWS::Lambda::Permission')).toEqual([
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf('receive'),
      Principal: 'events.amazonaws.com',
      SourceArn: expect.stringContaining(':rule/IntakeUploaded'),
    },
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf('compare-receive'),
      Principal: 'events.amazonaws.com',
      SourceArn: expect.stringContaining(':rule/CompareSent'),
    },
    ...apis.map(gateway),
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: arnOf('definitions'),
      Principal: 'events.amazonaws.com',
      SourceArn: expect.stringContaining(':rule/DefinitionsDeployed'),
    },
  ]);
});

test('the gateway’s definition names functions that are there', () => {
  const api = Object.values(access.Resources).find(({ Type }) => Type === 'AWS::ApiGateway::RestApi');
  const uris = [...JSON.stringify(resolved(api?.Properties)).matchAll(/functions\/([^/]+)\/invocations/g)].map(
    ([, arn]) => arn!,
  );
  const functions = properties('AWS::Lambda::Function').map(
    (found) => `arn:p:lambda:r:1:function:${String(found['FunctionName'])}`,
  );
  expect(new Set(uris)).toEqual(new Set(apis.map(arnOf)));
  expect(functions).toEqual(expect.arrayContaining([...new Set(uris)]));
});

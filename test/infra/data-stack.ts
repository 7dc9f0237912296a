import { describe, expect, test } from '@jest/globals';
import { otherwise, stacksOf } from './retained.ts';
import { resolver, type Statement, type TemplateJson } from './resolve.ts';

const { data } = stacksOf();

type Properties = Record<string, unknown>;

/** Resources of a type with their properties resolved. */
function found(template: TemplateJson, type: string) {
  const resolved = resolver(template);
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, resource]) => ({ ...resource, id, properties: resolved(resource.Properties) as Properties }));
}
const only = (template: TemplateJson, type: string) => found(template, type)[0]!;
const bucketOf = (name: string, template = data) =>
  found(template, 'AWS::S3::Bucket').find(({ properties }) => properties['BucketName'] === `hub-dev-${name}-1-r`)!;
const policyOf = (name: string, template = data): Statement[] => {
  const policy = found(template, 'AWS::S3::BucketPolicy').find(
    ({ properties }) => properties['Bucket'] === `hub-dev-${name}-1-r`,
  )!;
  return (policy.properties['PolicyDocument'] as { Statement: Statement[] }).Statement;
};
const keyOf = (alias: string, template = data) => {
  const { properties } = found(template, 'AWS::KMS::Alias').find(
    ({ properties }) => properties['AliasName'] === alias,
  )!;
  const arn = properties['TargetKeyId'] as string;
  return { arn, ...found(template, 'AWS::KMS::Key').find(({ id }) => arn.endsWith(`/${id}`))! };
};
const statementsOfKey = (alias: string, template = data): Statement[] =>
  (keyOf(alias, template).properties['KeyPolicy'] as { Statement: Statement[] }).Statement;

const dataBuckets = ['intake', 'datasets', 'deliveries'];
const allBuckets = [...dataBuckets, 'access-logs', 'trail'];
const encryption = (name: string) => bucketOf(name).properties['BucketEncryption'];
const rulesOf = (name: string, template = data) =>
  (bucketOf(name, template).properties['LifecycleConfiguration'] as { Rules: Properties[] }).Rules;

describe.each(allBuckets)('the %s bucket', (name) => {
  test('is versioned, private, its owner’s alone, and outlives its stack', () => {
    expect(bucketOf(name)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
  });

  test.each([
    ['without TLS', { Bool: { 'aws:SecureTransport': 'false' } }],
    ['with TLS older than 1.2', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
  ])('refuses what comes %s', (_, Condition) => {
    expect(policyOf(name)).toContainEqual({
      Effect: 'Deny',
      Action: 's3:*',
      Principal: { AWS: '*' },
      Condition,
      Resource: [`arn:p:s3:::hub-dev-${name}-1-r`, `arn:p:s3:::hub-dev-${name}-1-r/*`],
    });
  });

  test('gives up an abandoned multipart upload after a week', () => {
    expect(rulesOf(name)).toContainEqual(
      expect.objectContaining({ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }),
    );
  });
});

describe.each(dataBuckets)('the %s bucket', (name) => {
  test('is encrypted with the data’s key, by a bucket key', () => {
    expect(encryption(name)).toEqual({
      ServerSideEncryptionConfiguration: [
        {
          BucketKeyEnabled: true,
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyOf('alias/hub-dev-data').arn },
        },
      ],
    });
  });

  test.each([
    [
      'another key, or S3’s own, where an encryption is named at all',
      {
        Null: { 's3:x-amz-server-side-encryption': 'false' },
        StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyOf('alias/hub-dev-data').arn },
      },
    ],
    ['a key of the sender', { Null: { 's3:x-amz-server-side-encryption-customer-algorithm': 'false' } }],
  ])('refuses an object under %s', (_, Condition) => {
    expect(policyOf(name)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: 's3:PutObject',
        Principal: { AWS: '*' },
        Resource: `arn:p:s3:::hub-dev-${name}-1-r/*`,
        Condition,
      }),
    );
  });

  test('lets in nobody by itself, and works from anywhere as long as no network is set', () => {
    expect(policyOf(name).filter(({ Effect }) => Effect === 'Allow')).toEqual([]);
    expect(policyOf(name)).toHaveLength(4);
  });

  test('writes access logs, and takes calls of scripts only where origins are set', () => {
    expect(bucketOf(name).properties['LoggingConfiguration']).toMatchObject({
      DestinationBucketName: 'hub-dev-access-logs-1-r',
      LogFilePrefix: `${name}/`,
    });
    expect(bucketOf(name).properties).not.toHaveProperty('CorsConfiguration');
  });

  test('forgets a deleted version after a day', () => {
    expect(rulesOf(name)).toContainEqual(
      expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
    );
  });
});

test.each([
  ['intake', { 'uploads/': 30, 'posted/': 30, 'lists/': 8, 'queries/': 2 }],
  ['datasets', { 'reports/': 30, 'fixes/': 30, 'segments/': 30 }],
  ['deliveries', {}],
])('of current objects in the %s bucket there expire: %j (days)', (name, expected) => {
  const expiring = rulesOf(name).filter((rule) => 'ExpirationInDays' in rule);
  expect(Object.fromEntries(expiring.map((rule) => [rule['Prefix'], rule['ExpirationInDays']]))).toEqual(expected);
});

test.each(['access-logs', 'trail'])('what is in the %s bucket is kept for three years', (name) => {
  expect(rulesOf(name)).toContainEqual(expect.objectContaining({ ExpirationInDays: 1096, Status: 'Enabled' }));
});

test('access logs are written by S3 alone, for buckets of this hub and account', () => {
  expect(policyOf('access-logs').filter(({ Effect }) => Effect === 'Allow')).toEqual([
    {
      Effect: 'Allow',
      Action: 's3:PutObject',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Resource: 'arn:p:s3:::hub-dev-access-logs-1-r/*',
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:p:s3:::hub-dev-*' },
        StringEquals: { 'aws:SourceAccount': '1' },
      },
    },
  ]);
});

test('only the intake bucket announces its objects', () => {
  const announcing = found(data, 'AWS::S3::Bucket').filter(
    ({ properties }) => 'NotificationConfiguration' in properties,
  );
  expect(
    announcing.map(({ properties }) => [properties['BucketName'], properties['NotificationConfiguration']]),
  ).toEqual([['hub-dev-intake-1-r', { EventBridgeConfiguration: { EventBridgeEnabled: true } }]]);
});

test('the table has its keys, both indexes, a stream, an expiry, the data’s key, and cannot be lost', () => {
  const index = (name: string) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: `${name}Pk`, KeyType: 'HASH' },
      { AttributeName: `${name}Sk`, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  });
  const table = only(data, 'AWS::DynamoDB::Table');
  expect(table).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  expect(table.properties).toEqual({
    TableName: 'hub-dev',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: ['pk', 'sk', 'listPk', 'listSk', 'duePk', 'dueSk'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    GlobalSecondaryIndexes: [index('list'), index('due')],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyOf('alias/hub-dev-data').arn },
    DeletionProtectionEnabled: true,
  });
});

test.each(['alias/hub-dev-data', 'alias/hub-dev-audit'])('%s rotates every year and outlives its stack', (alias) => {
  expect(keyOf(alias)).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    properties: { EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30 },
  });
});

describe('the data’s key', () => {
  const statement = (sid: string, template = data) =>
    statementsOfKey('alias/hub-dev-data', template).find((each) => (each as Statement & { Sid?: string }).Sid === sid)!;
  const using = /^kms:(\*|Decrypt|Encrypt|ReEncrypt|GenerateDataKey|CreateGrant|Sign|GenerateMac)/;
  const functions = 'arn:p:iam::1:role/hub-dev-fn-*';
  const deployments = 'arn:p:iam::1:role/cdk-*-cfn-exec-role-*';

  test('can be used by functions of this hub through S3 and DynamoDB, if their own policies say so', () => {
    expect(statement('FunctionsUseItThroughServices')).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: 'arn:p:iam::1:root' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
      Condition: {
        ArnLike: { 'aws:PrincipalArn': functions },
        StringLike: { 'kms:ViaService': ['s3.r.*', 'dynamodb.r.*'] },
      },
    });
  });

  test('can be used by deployments for the table only', () => {
    expect(statement('DeploymentsKeepTheTable').Condition).toEqual({
      ArnLike: { 'aws:PrincipalArn': [deployments] },
      StringLike: { 'kms:ViaService': ['dynamodb.r.*'] },
    });
  });

  test('can be kept by administrators, and not used', () => {
    const { Action, ...rest } = statement('AdministratorsKeepTheKey');
    expect((Action as string[]).filter((action) => using.test(action))).toEqual([]);
    expect(rest).not.toHaveProperty('Condition');
  });

  test('can be used by nobody else of this account, whatever another policy or a grant says', () => {
    expect(statement('NobodyElseUsesIt')).toEqual({
      Sid: 'NobodyElseUsesIt',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:CreateGrant'],
      Resource: '*',
      Condition: {
        StringEquals: { 'aws:PrincipalAccount': '1' },
        ArnNotLike: { 'aws:PrincipalArn': [functions, deployments] },
      },
    });
  });

  test('can be used by the role of a recovery while there is one, for the table only', () => {
    const role = 'arn:aws:iam::111122223333:role/Recovery';
    const recovering = stacksOf({ recoveryRoleArn: role }).data;
    expect(statement('DeploymentsKeepTheTable', recovering).Condition).toMatchObject({
      ArnLike: { 'aws:PrincipalArn': [deployments, role] },
    });
    expect(statement('NobodyElseUsesIt', recovering).Condition).toMatchObject({
      ArnNotLike: { 'aws:PrincipalArn': [functions, deployments, role] },
    });
    expect(statement('FunctionsUseItThroughServices', recovering)).toEqual(statement('FunctionsUseItThroughServices'));
  });
});

describe('with settings', () => {
  const networks = { allowedCidrs: '203.0.113.0/24', s3VpcEndpointIds: 'vpce-0abc' };
  const set = stacksOf({
    ...networks,
    corsOrigins: 'https://console.example.cn',
    uploadRetainDays: '60',
    reportRetainDays: 90,
    noncurrentDays: '7',
    auditRetainDays: '365',
  }).data;

  test.each(dataBuckets)('presigned URLs of the %s bucket work in the set networks only', (name) => {
    expect(policyOf(name, set)).toContainEqual({
      Sid: 'PresignedFromElsewhere',
      Effect: 'Deny',
      Action: 's3:*',
      Principal: { AWS: '*' },
      Resource: [`arn:p:s3:::hub-dev-${name}-1-r`, `arn:p:s3:::hub-dev-${name}-1-r/*`],
      Condition: {
        NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] },
        StringNotEquals: { 'aws:SourceVpce': ['vpce-0abc'] },
        StringEquals: { 's3:authType': 'REST-QUERY-STRING' },
      },
    });
  });

  test.each([
    ['intake', 'PUT'],
    ['datasets', 'GET'],
    ['deliveries', 'GET'],
  ])('scripts of the set origins may use presigned URLs of the %s bucket to %s', (name, method) => {
    expect(bucketOf(name, set).properties['CorsConfiguration']).toEqual({
      CorsRules: [
        {
          AllowedOrigins: ['https://console.example.cn'],
          AllowedMethods: [method],
          AllowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
          ExposedHeaders: ['ETag'],
          MaxAge: 3600,
        },
      ],
    });
  });

  test('things are kept as long as is set', () => {
    const days = (name: string) =>
      rulesOf(name, set).flatMap((rule) => [
        rule['ExpirationInDays'],
        (rule['NoncurrentVersionExpiration'] as Properties | undefined)?.['NoncurrentDays'],
      ]);
    expect(days('intake').filter(Boolean)).toEqual([7, 60, 60, 8, 2]);
    expect(days('datasets').filter(Boolean)).toEqual([7, 90, 90, 60]);
    expect(days('trail').filter(Boolean)).toEqual([365, 365]);
  });
});

describe('the trail', () => {
  const trail = only(data, 'AWS::CloudTrail::Trail').properties;

  test('tells changes in all regions and every use of objects, in files that show if they were altered', () => {
    expect(trail).toMatchObject({
      TrailName: 'hub-dev',
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      S3BucketName: 'hub-dev-trail-1-r',
      KMSKeyId: keyOf('alias/hub-dev-audit').arn,
      EventSelectors: [
        { IncludeManagementEvents: true, ReadWriteType: 'WriteOnly' },
        {
          IncludeManagementEvents: false,
          ReadWriteType: 'All',
          DataResources: [
            { Type: 'AWS::S3::Object', Values: dataBuckets.map((name) => `arn:p:s3:::hub-dev-${name}-1-r/`) },
          ],
        },
      ],
    });
  });

  test('is written by CloudTrail alone', () => {
    const allowed = policyOf('trail').filter(({ Effect }) => Effect === 'Allow');
    expect(allowed.map(({ Action, Resource }) => `${String(Action)} ${String(Resource)}`)).toEqual([
      's3:GetBucketAcl arn:p:s3:::hub-dev-trail-1-r',
      's3:PutObject arn:p:s3:::hub-dev-trail-1-r/AWSLogs/1/*',
    ]);
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: 'cloudtrail.amazonaws.com' });
      expect(Condition).toEqual({ StringEquals: { 'aws:SourceArn': 'arn:p:cloudtrail:r:1:trail/hub-dev' } });
    }
  });

  test('leaves out the objects, or is left out, by settings', () => {
    expect(only(stacksOf(otherwise).data, 'AWS::CloudTrail::Trail').properties['EventSelectors']).toEqual([
      { IncludeManagementEvents: true, ReadWriteType: 'WriteOnly' },
    ]);
    const without = stacksOf({ trail: false }).data;
    expect([...found(without, 'AWS::CloudTrail::Trail'), ...found(without, 'AWS::CloudWatch::Alarm')]).toEqual([]);
    expect(found(without, 'AWS::SNS::Topic')).toHaveLength(1);
  });

  test.each(['key-changed', 'policy-changed', 'code-changed', 'store-changed', 'trail-changed'])(
    '%s alarms the topic at the first event, by a filter that fits into CloudWatch’s 1,024 characters',
    (name) => {
      const filter = found(data, 'AWS::Logs::MetricFilter').find(({ properties }) =>
        JSON.stringify(properties['MetricTransformations']).includes(`"${name}"`),
      )!;
      expect(filter.properties['LogGroupName']).toBe(found(data, 'AWS::Logs::LogGroup')[0]!.id);
      expect(String(filter.properties['FilterPattern']).length).toBeLessThan(1024 - 2 * 36);
      expect(
        found(data, 'AWS::CloudWatch::Alarm').find(({ properties }) => properties['AlarmName'] === `hub-dev-${name}`)!
          .properties,
      ).toMatchObject({
        Namespace: 'ExchangeHub/dev',
        MetricName: name,
        Statistic: 'Sum',
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        TreatMissingData: 'notBreaching',
        AlarmActions: [found(data, 'AWS::SNS::Topic')[0]!.id],
      });
    },
  );
});

describe('the alarms’ topic', () => {
  test('is encrypted, speaks TLS only, and takes alarms of this account', () => {
    const { properties } = only(data, 'AWS::SNS::TopicPolicy');
    expect(only(data, 'AWS::SNS::Topic').properties).toMatchObject({
      TopicName: 'hub-dev-alarms',
      KmsMasterKeyId: keyOf('alias/hub-dev-audit').arn,
    });
    expect((properties['PolicyDocument'] as { Statement: Statement[] }).Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '1' } },
      }),
    ]);
  });

  test('mails to the set address, or is a topic that is there already', () => {
    const mailing = stacksOf(otherwise).data;
    expect(only(mailing, 'AWS::SNS::Subscription').properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'duty@example.cn',
    });
    const arn = 'arn:aws:sns:eu-central-1:111122223333:duty';
    const other = stacksOf({ alarmTopicArn: arn }).data;
    expect(found(other, 'AWS::SNS::Topic')).toEqual([]);
    expect(other.Outputs?.['AlarmTopicArn']?.Value).toBe(arn);
  });
});

test('without protection, which is for trying out, everything goes with its stack', () => {
  const { data: open, stacks } = stacksOf({ deletionProtection: 'false' });
  expect(stacks.data.terminationProtection).toBe(false);
  expect(only(open, 'AWS::DynamoDB::Table').properties['DeletionProtectionEnabled']).toBe(false);
  const kept = Object.values(open.Resources).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'));
  expect(kept).toEqual([]);
});

describe.each([
  ['lookups', ['lookup-api', 'compare-api']],
  ['attachments', ['check', 'deliver', 'compare', 'delivery-api', 'lookup-api']],
  ['comparisons', ['compare-api', 'compare']],
])('the key of digests of %s', (of, functions) => {
  const [kept, used, denied] = statementsOfKey(`alias/hub-dev-${of}`, data);
  const users = functions.map((user) => `arn:p:iam::1:role/hub-dev-fn-${user}`);

  test('makes HMACs, and outlives its stack', () => {
    expect(keyOf(`alias/hub-dev-${of}`)).toMatchObject({
      DeletionPolicy: 'RetainExceptOnCreate',
      properties: { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC', PendingWindowInDays: 30 },
    });
  });
  test('makes them for the functions that need them, and for nobody else, whatever another policy says', () => {
    expect(used).toMatchObject({
      Effect: 'Allow',
      Action: 'kms:GenerateMac',
      Condition: { ArnEquals: { 'aws:PrincipalArn': users } },
    });
    expect(denied).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['kms:GenerateMac', 'kms:VerifyMac', 'kms:CreateGrant'],
      Condition: { StringEquals: { 'aws:PrincipalAccount': '1' }, ArnNotEquals: { 'aws:PrincipalArn': users } },
    });
  });
  test('can be kept by administrators, and not used', () => {
    expect((kept!.Action as string[]).filter((action) => /Mac|CreateGrant/.test(action))).toEqual([]);
  });
});

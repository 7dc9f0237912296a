import { expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { resolver, type Statement } from './resolve.ts';
import { synthesized } from './synthesized.ts';

const { data } = synthesized();
const template = Template.fromJSON(data);
const resolved = resolver(data);

const bucketOf = (name: string) => {
  const [id, bucket] = Object.entries(data.Resources).find(
    ([, { Properties }]) => resolved(Properties?.['BucketName']) === name,
  )!;
  return { id, bucket };
};

test.each(['intake', 'datasets', 'deliveries'])(
  'the %s bucket is versioned, encrypted, private and outlives its stack',
  (name) => {
    const { bucket } = bucketOf(`hub-dev-${name}-1-r`);
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }],
        },
      },
    });
  },
);

test.each(['intake', 'datasets', 'deliveries'])('the %s bucket refuses what does not come over TLS', (name) => {
  const { id } = bucketOf(`hub-dev-${name}-1-r`);
  const [policy] = Object.values(
    template.findResources('AWS::S3::BucketPolicy', { Properties: { Bucket: { Ref: id } } }),
  );
  const { PolicyDocument } = resolved(policy?.['Properties']) as { PolicyDocument: { Statement: Statement[] } };
  expect(PolicyDocument.Statement).toEqual([
    {
      Effect: 'Deny',
      Action: 's3:*',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Resource: [`arn:p:s3:::hub-dev-${name}-1-r`, `arn:p:s3:::hub-dev-${name}-1-r/*`],
    },
  ]);
});

test('only the intake bucket announces its objects', () => {
  const announcing = template.findResources('AWS::S3::Bucket', {
    Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
  });
  expect(Object.keys(announcing)).toEqual([bucketOf('hub-dev-intake-1-r').id]);
});

test('the table has its keys, both indexes, a stream, an expiry, and cannot be lost', () => {
  const index = (name: string) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: `${name}Pk`, KeyType: 'HASH' },
      { AttributeName: `${name}Sk`, KeyType: 'RANGE' },
    ],
    Projection: { ProjectionType: 'ALL' },
  });
  const [table] = Object.values(template.findResources('AWS::DynamoDB::Table'));
  expect(table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  expect(table?.['Properties']).toEqual({
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
    DeletionProtectionEnabled: true,
  });
});

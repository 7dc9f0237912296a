import { describe, expect, test } from '@jest/globals';
import { stacksOf } from './retained.ts';
import { synthesized } from './synthesized.ts';

const ordinary = synthesized();
const china = synthesized({ 'hub:stage': 'prod', 'hub:region': 'cn-north-1', 'hub:account': '111122223333' });
const parts = ['data', 'access', 'service'] as const;

/** The types of the README, which the local hub knows; another one is a decision, not an accident. */
const types: Readonly<Record<(typeof parts)[number], readonly string[]>> = {
  data: [
    'AWS::CloudTrail::Trail',
    'AWS::CloudWatch::Alarm',
    'AWS::DynamoDB::Table',
    'AWS::IAM::Role',
    'AWS::KMS::Alias',
    'AWS::KMS::Key',
    'AWS::Logs::LogGroup',
    'AWS::Logs::MetricFilter',
    'AWS::S3::Bucket',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Topic',
    'AWS::SNS::TopicPolicy',
  ],
  access: [
    'AWS::ApiGateway::RestApi',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::Role',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
  ],
  service: [
    'AWS::ApiGateway::Deployment',
    'AWS::ApiGateway::Stage',
    'AWS::Athena::WorkGroup',
    'AWS::CloudWatch::Alarm',
    'AWS::CloudWatch::Dashboard',
    'AWS::Events::Rule',
    'AWS::Glue::Database',
    'AWS::Glue::Table',
    'AWS::IAM::Role',
    'AWS::Lambda::EventInvokeConfig',
    'AWS::Lambda::EventSourceMapping',
    'AWS::Lambda::Function',
    'AWS::Lambda::Permission',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::Scheduler::Schedule',
  ],
};

describe.each(parts)('the %s stack', (part) => {
  test('has the known resource types, and fewer than 400 resources', () => {
    const resources = Object.values(ordinary[part].Resources);
    expect([...new Set(resources.map(({ Type }) => Type))].sort()).toEqual(types[part]);
    expect(resources.length).toBeLessThan(400);
  });

  test('deploys to China: partition and suffix are AWS’s to fill in', () => {
    const text = JSON.stringify(china[part]);
    expect(text).toContain('hub-prod');
    expect(text.match(/arn:aws[\w-]*/g) ?? []).toEqual([]);
    // Service principals are `….amazonaws.com` in every partition (aws-cdk-lib/region-info, "universal principal").
    const withoutPrincipals = text.replaceAll(
      /"(Service|Principal)":"(lambda|apigateway|events|scheduler|cloudtrail|cloudwatch|logging\.s3)\.amazonaws\.com"/g,
      '',
    );
    expect(withoutPrincipals.match(/[\w.]*amazonaws[\w.]*/g) ?? []).toEqual([]);
  });
});

const { stacks } = stacksOf({ tags: 'owner=eitc' });

test('what departments hold on to cannot be deleted by mistake; the service can be replaced, and is deployed last', () => {
  const { data, access, service } = stacks;
  expect([data, access, service].map(({ stackName }) => stackName)).toEqual([
    'hub-dev-data',
    'hub-dev-access',
    'hub-dev-service',
  ]);
  expect([data, access, service].map(({ terminationProtection }) => terminationProtection ?? false)).toEqual([
    true,
    true,
    false,
  ]);
  expect(service.dependencies).toEqual([data, access, stacks.account]);
});

test.each(parts)('the costs of the %s stack can be told by stage, purpose and the set tags', (part) => {
  expect(stacks[part].tags.tagValues()).toEqual({ owner: 'eitc', 'hub:stage': 'dev', 'hub:purpose': part });
});

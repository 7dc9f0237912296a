import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../infra/local/template/json.ts';
import { modelOf } from '../../../infra/local/template/model.ts';
import { allowList } from '../../../infra/local/template/types/index.ts';
import { aModel, aStack, allow, policy, world } from '../stacks.ts';

const queue = (Properties: JsonObject) => ({ Thing: { Type: 'AWS::SQS::Queue', Properties } });

test.each<[string, Parameters<typeof aModel>[0], RegExp]>([
  [
    'a type',
    { Thing: { Type: 'AWS::Lambda::Url' } },
    /^stack\/Thing \(AWS::Lambda::Url\): the local hub does not know this resource type$/,
  ],
  [
    'a property',
    queue({ DeduplicationScope: 'queue' }),
    /^stack\/Thing \(AWS::SQS::Queue\): the local hub does not know the property DeduplicationScope$/,
  ],
  [
    'a property within a property',
    queue({ RedrivePolicy: { deadLetterTargetArn: 'a', maxReceiveCount: 1, colour: 'red' } }),
    /property RedrivePolicy\.colour$/,
  ],
  [
    'a value',
    { Thing: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'Perhaps' } } } },
    /property VersioningConfiguration\.Status/,
  ],
  [
    'a condition key of a policy',
    role(allow('s3:GetObject', '*', { Condition: { StringEquals: { 's3:prefix': 'a' } } })),
    /Condition\.StringEquals.*s3:prefix/,
  ],
  [
    'a condition operator of a policy',
    role(allow('s3:GetObject', '*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } })),
    /Condition\.IpAddress/,
  ],
  ['an element of a policy', role({ ...allow('s3:GetObject', '*'), NotPrincipal: '*' }), /NotPrincipal/],
])('a template with %s that is not on the list does not start, and says where', (_, resources, message) => {
  expect(() => aModel(resources)).toThrow(
    expect.objectContaining({ name: 'TemplateFault', message: expect.stringMatching(message) }),
  );
});

function role(statement: JsonObject) {
  return {
    Thing: {
      Type: 'AWS::IAM::Role',
      Properties: { Policies: [{ PolicyName: 'own', PolicyDocument: policy(statement) }] },
    },
  };
}

test('all faults of a template are told at once', () => {
  const resources = {
    One: { Type: 'AWS::Strange::One' },
    Two: { Type: 'AWS::SQS::Queue', Properties: { DeduplicationScope: 'queue', Colour: 'red' } },
  };
  expect(() => aModel(resources)).toThrow(/Strange::One[^]*DeduplicationScope[^]*Colour/);
});

test('a resource whose condition does not hold is not there', () => {
  const stack = aStack({
    conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
    resources: { Thing: { Type: 'AWS::Strange::Thing', Condition: 'Never' } },
  });
  expect(modelOf([stack], world).all('AWS::SQS::Queue')).toEqual([]);
});

test('what has no effect here is on the list with its reason', () => {
  const reasons = Object.values(allowList).flatMap(({ noEffect }) => Object.values(noEffect));
  expect(reasons.length).toBeGreaterThan(50);
  expect(reasons.filter((reason) => reason.length < 10)).toEqual([]);
});

test('numbers and booleans that CDK writes as texts are understood', () => {
  const [known] = aModel(
    queue({ QueueName: 'q', RedrivePolicy: { deadLetterTargetArn: 'arn', maxReceiveCount: '3' } }),
  ).all('AWS::SQS::Queue');
  expect(known?.properties.RedrivePolicy).toEqual({ deadLetterTargetArn: 'arn', maxReceiveCount: 3 });
});

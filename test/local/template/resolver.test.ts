import { describe, expect, test } from '@jest/globals';
import { resolverOf } from '../../../infra/local/template/resolver.ts';
import type { Json } from '../../../infra/local/template/json.ts';
import { aStack, world } from '../stacks.ts';

const queue = aStack({
  name: 'queues',
  resources: {
    Named: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'work' } },
    Unnamed: { Type: 'AWS::SQS::Queue' },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'files-${AWS::AccountId}' } } },
    Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'hub' } },
    Strange: { Type: 'AWS::Strange::Thing' },
  },
  conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
  mappings: { Sizes: { small: { mb: 512 } } },
  outputs: { Url: { Value: { Ref: 'Named' }, Export: { Name: { 'Fn::Join': ['-', ['hub', 'url']] } } } },
});
const other = aStack({ name: 'other' });
const resolver = resolverOf([queue, other], world);
const arn = 'arn:aws:sqs:us-east-1:000000000000:work';
const url = 'http://127.0.0.1:4601/000000000000/work';

test.each<[string, Json, Json | undefined]>([
  ['a queue by its URL', { Ref: 'Named' }, url],
  ['an attribute as a list', { 'Fn::GetAtt': ['Named', 'Arn'] }, arn],
  ['an attribute as a text', { 'Fn::GetAtt': 'Named.QueueName' }, 'work'],
  ['a name that is itself resolved', { Ref: 'Bucket' }, 'files-000000000000'],
  [
    'a stream',
    { 'Fn::GetAtt': ['Table', 'StreamArn'] },
    'arn:aws:dynamodb:us-east-1:000000000000:table/hub/stream/2026-01-01T00:00:00.000',
  ],
  ['Join', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':x']] }, 'arn:aws:x'],
  [
    'Sub with a resource, an attribute and a literal',
    { 'Fn::Sub': '${Named}|${Named.Arn}|${!Named}' },
    `${url}|${arn}|\${Named}`,
  ],
  [
    'Sub with names of its own',
    { 'Fn::Sub': ['${x}-${AWS::Region}', { x: { Ref: 'Bucket' } }] },
    'files-000000000000-us-east-1',
  ],
  ['Select of Split', { 'Fn::Select': [1, { 'Fn::Split': ['/000000000000/', { Ref: 'Named' }] }] }, 'work'],
  ['If that holds', { 'Fn::If': ['Yes', 1, 2] }, 1],
  ['If that does not', { 'Fn::If': ['No', 1, 2] }, 2],
  [
    'And, Or',
    [
      { 'Fn::And': [{ Condition: 'Yes' }, { Condition: 'No' }] },
      { 'Fn::Or': [{ Condition: 'Yes' }, { Condition: 'No' }] },
    ],
    [false, true],
  ],
  ['FindInMap', { 'Fn::FindInMap': ['Sizes', 'small', 'mb'] }, 512],
  [
    'NoValue, which drops a property and an item',
    { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] },
    { b: [1] },
  ],
  [
    'an IAM condition, which is no intrinsic',
    { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
])('resolves %s', (_, value, expected) => {
  expect(resolver.resolve(queue, value)).toEqual(expected);
});

test('one stack sees what another one exports', () => {
  expect(resolver.resolve(other, { 'Fn::ImportValue': 'hub-url' })).toBe(url);
});

test('a name that CloudFormation would make up stays the same from start to start', () => {
  const name = resolver.resource(queue, 'Unnamed').name;
  expect(name).toMatch(/^queues-Unnamed-[0-9a-f]{10}$/);
  expect(resolverOf([queue], world).resource(queue, 'Unnamed').name).toBe(name);
});

describe('refuses, naming what it does not know:', () => {
  test.each<[string, Json, RegExp]>([
    ['an intrinsic function', { 'Fn::Cidr': ['a'] }, /Fn::Cidr/],
    ['a resource', { Ref: 'Nothing' }, /nothing is called Nothing/],
    ['an attribute', { 'Fn::GetAtt': ['Named', 'Colour'] }, /queues\/Named \(AWS::SQS::Queue\).*Colour/],
    ['a reference to a type', { Ref: 'Strange' }, /AWS::Strange::Thing/],
    ['a pseudo parameter', { Ref: 'AWS::NotificationARNs' }, /AWS::NotificationARNs/],
    ['an export', { 'Fn::ImportValue': 'nowhere' }, /no stack exports nowhere/],
    ['a condition', { 'Fn::If': ['Perhaps', 1, 2] }, /Perhaps/],
    ['an item', { 'Fn::Select': [5, ['a']] }, /item 5/],
  ])('%s', (_, value, message) => {
    expect(() => resolver.resolve(queue, value)).toThrow(message);
  });
});

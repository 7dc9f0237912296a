import { describe, expect, test } from '@jest/globals';
import { spelledOut } from '../../infra/check/spelled-out.ts';
import { told } from '../../infra/check/summary.ts';
import { stacksOf } from './retained.ts';

test.each([
  ['an ARN of one partition', { a: ['arn:aws:s3:::bucket'] }, ['arn:aws:s3']],
  ['an ARN of China', { a: 'arn:aws-cn:iam::aws:policy/x' }, ['arn:aws-cn:iam']],
  ['a host', { a: { b: 'https://sqs.eu-central-1.amazonaws.com/1' } }, ['sqs.eu-central-1.amazonaws.com']],
  ['a host of China', 'https://s3.cn-north-1.amazonaws.com.cn', ['s3.cn-north-1.amazonaws.com.cn']],
  ['a principal that is another one in China', { Service: 'ec2.amazonaws.com' }, ['ec2.amazonaws.com']],
  ['a principal within a text', 'ask lambda.amazonaws.com', ['lambda.amazonaws.com']],
  ['a principal that is the same everywhere', { Service: ['lambda.amazonaws.com', 'logging.s3.amazonaws.com'] }, []],
  ['what AWS fills in', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::b']] }, []],
])('%s', (_, template, found) => {
  expect(spelledOut(template)).toEqual(found);
});

test('what a setting says may be of its own partition, and nothing else', () => {
  const given = 'arn:aws:sns:eu-central-1:111122223333:alarms';
  expect(spelledOut({ a: given, b: 'arn:aws:sns:eu-central-1:111122223333:other' }, [given])).toEqual(['arn:aws:sns']);
});

describe.each([
  ['any region', {}],
  ['cn-north-1', { region: 'cn-north-1', account: '111122223333' }],
])('for %s', (_, place) => {
  const { data, access, service } = stacksOf({ ...place, publishDefinitions: true });

  test.each(Object.entries({ data, access, service }))('the %s stack spells out nothing', (name, template) => {
    expect(spelledOut(template)).toEqual([]);
    expect(Object.keys(template.Resources).length).toBeGreaterThan(name === 'data' ? 20 : 90);
  });
});

test('the summary names each fault, and counts what is only reported', () => {
  const found = (rule: string) => ({ rule, path: 'p', what: 'w' });
  const result = {
    place: 'the moon',
    stacks: [{ name: 'hub', resources: 7, bytes: 4321 }],
    faults: ['it is far'],
    reported: [found('b'), found('a'), found('b')],
  };
  const text = told([result, { ...result, place: 'mars', faults: [] }]);
  expect(text).toContain('the moon: hub 7 resources, 4 KB\n  ✗ it is far\n');
  expect(text).toMatch(/ {3}1 {2}a\n {5}2 {2}b\n\n✗ 1 faults\n$/);
  expect(told([{ ...result, faults: [] }])).toMatch(/✓ partitions, sizes, cdk-nag AwsSolutions\n$/);
});

import { expect, test } from '@jest/globals';
import { Statement } from '../../../infra/local/policy/document.ts';
import { decide, type Decision } from '../../../infra/local/policy/evaluate.ts';
import { matches } from '../../../infra/local/policy/wildcard.ts';

const object = 'arn:aws:s3:::files/uploads/a/b';
const read = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::files/uploads/*'] };
const secure = (value: string | boolean) => ({ Bool: { 'aws:SecureTransport': value } });

test.each<[string, object[], string, string, Decision]>([
  ['an action and resource that are granted', [read], 's3:GetObject', object, 'allowed'],
  ['the action in other letters', [{ ...read, Action: 'S3:getobject' }], 's3:GetObject', object, 'allowed'],
  ['another action', [read], 's3:PutObject', object, 'implicit-deny'],
  ['an action that only begins alike', [read], 's3:GetObjectVersion', object, 'implicit-deny'],
  ['another resource', [read], 's3:GetObject', 'arn:aws:s3:::files/reports/x', 'implicit-deny'],
  ['nothing granted at all', [], 's3:GetObject', object, 'implicit-deny'],
  ['a wildcard of actions', [{ ...read, Action: 's3:Get*' }], 's3:GetObjectVersion', object, 'allowed'],
  [
    'a denial beside a grant',
    [read, { Effect: 'Deny', Action: 's3:*', Resource: '*' }],
    's3:GetObject',
    object,
    'explicit-deny',
  ],
  [
    'a denial of something else',
    [read, { Effect: 'Deny', Action: 's3:Put*', Resource: '*' }],
    's3:GetObject',
    object,
    'allowed',
  ],
  [
    'all actions but one',
    [{ Effect: 'Allow', NotAction: 's3:DeleteObject', Resource: '*' }],
    's3:DeleteObject',
    object,
    'implicit-deny',
  ],
  [
    'all resources but some',
    [{ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::files/uploads/*' }],
    's3:GetObject',
    object,
    'implicit-deny',
  ],
  ['a condition that holds', [{ ...read, Condition: secure(true) }], 's3:GetObject', object, 'allowed'],
  [
    'a condition that does not hold',
    [{ ...read, Condition: secure('false') }],
    's3:GetObject',
    object,
    'implicit-deny',
  ],
  [
    'a denial of old TLS, where there is none',
    [read, { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }],
    's3:GetObject',
    object,
    'allowed',
  ],
  [
    'a denial of foreign encryption, where none is named',
    [
      read,
      {
        Effect: 'Deny',
        Action: 's3:*',
        Resource: '*',
        Condition: {
          Null: { 's3:x-amz-server-side-encryption': 'false' },
          StringNotEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'key' },
        },
      },
    ],
    's3:GetObject',
    object,
    'allowed',
  ],
  [
    'a denial of calls that name no encryption',
    [
      read,
      {
        Effect: 'Deny',
        Action: 's3:*',
        Resource: '*',
        Condition: { Null: { 's3:x-amz-server-side-encryption': true } },
      },
    ],
    's3:GetObject',
    object,
    'explicit-deny',
  ],
  [
    'a denial whose condition does not hold',
    [read, { Effect: 'Deny', Action: 's3:*', Resource: '*', Condition: secure('false') }],
    's3:GetObject',
    object,
    'allowed',
  ],
  [
    'a condition on what is not known',
    [{ ...read, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }],
    's3:GetObject',
    object,
    'implicit-deny',
  ],
  [
    'a negative condition on what is not known',
    [{ ...read, Condition: { StringNotEquals: { 'aws:SourceAccount': '1' } } }],
    's3:GetObject',
    object,
    'allowed',
  ],
  [
    'two conditions of which one fails',
    [{ ...read, Condition: { ...secure(true), StringEquals: { 'aws:PrincipalAccount': '1' } } }],
    's3:GetObject',
    object,
    'implicit-deny',
  ],
  [
    'one of several values',
    [{ ...read, Condition: { StringLike: { 'aws:PrincipalAccount': ['1*', '0*'] } } }],
    's3:GetObject',
    object,
    'allowed',
  ],
])('%s', (_, statements, action, resource, expected) => {
  const context = { 'aws:SecureTransport': 'true', 'aws:PrincipalAccount': '000000000000' };
  expect(
    decide(
      statements.map((statement) => Statement.parse(statement)),
      { action, resource, context },
    ),
  ).toBe(expected);
});

test.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'acb', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*/GET/v1/*/content', 'api/dev/GET/v1/deliveries/1/content', true],
  ['*/GET/v1/*/content', 'api/dev/POST/v1/deliveries/1/content', false],
  ['a.c', 'abc', false],
  ['**a', 'bba', true],
  ['', '', true],
  ['', 'a', false],
])('the pattern %j on %j is %s', (pattern, text, expected) => {
  expect(matches(pattern, text)).toBe(expected);
});

test('a hostile pattern takes no exponential time', () => {
  expect(matches(`${'*a'.repeat(40)}b`, 'a'.repeat(5000))).toBe(false);
});

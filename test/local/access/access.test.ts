import { describe, expect, test } from '@jest/globals';
import { accessOf } from '../../../infra/local/access/access.ts';
import type { Principal } from '../../../infra/local/aws/contracts.ts';
import type { JsonObject } from '../../../infra/local/template/json.ts';
import { aModel, allow, policy } from '../stacks.ts';

const reader: Principal = {
  arn: 'arn:aws:sts::000000000000:assumed-role/reader/session',
  account: '000000000000',
  accessKeyId: 'A',
  secretAccessKey: 'B',
  kind: 'function',
};
const object = 'arn:aws:s3:::files/a';
const roleOf = (properties: JsonObject) => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'reader', ...properties },
});
const bucketPolicy = (...statements: JsonObject[]) => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: 'files', PolicyDocument: policy(...statements) },
});
const inline = {
  Policies: [{ PolicyName: 'own', PolicyDocument: policy(allow('s3:GetObject', 'arn:aws:s3:::files/*')) }],
};
const verdict = (resources: Parameters<typeof aModel>[0], principal = reader) =>
  accessOf(aModel(resources)).authorize({ principal, action: 's3:GetObject', resource: object });

describe('a call is allowed by', () => {
  test.each<[string, Parameters<typeof aModel>[0]]>([
    ['a policy within the role', { Role: roleOf(inline) }],
    [
      'a policy attached to the role',
      {
        Role: roleOf({}),
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: { PolicyName: 'p', Roles: [{ Ref: 'Role' }], PolicyDocument: policy(allow('s3:*', '*')) },
        },
      },
    ],
    [
      'a managed policy that the role names',
      {
        Role: roleOf({ ManagedPolicyArns: [{ Ref: 'Policy' }] }),
        Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy(allow('s3:GetObject', '*')) } },
      },
    ],
    [
      'the bucket’s own policy for the role',
      {
        Role: roleOf({}),
        Policy: bucketPolicy(
          allow('s3:GetObject', 'arn:aws:s3:::files/*', {
            Principal: { AWS: 'arn:aws:iam::000000000000:role/reader' },
          }),
        ),
      },
    ],
    [
      'the role beside a bucket policy that demands TLS',
      {
        Role: roleOf(inline),
        Policy: bucketPolicy({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 's3:*',
          Resource: '*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      },
    ],
  ])('%s', (_, resources) => {
    expect(verdict(resources)).toEqual({ allowed: true });
  });
});

describe('a call is refused', () => {
  test('without a grant, naming role, its place in the template, and action', () => {
    expect(verdict({ Role: roleOf({}) })).toEqual({
      allowed: false,
      why: 'no identity-based policy allows the s3:GetObject action (role reader, stack/Role)',
    });
  });

  test('where the bucket denies it', () => {
    const denied = verdict({
      Role: roleOf(inline),
      Policy: bucketPolicy({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: 'arn:aws:s3:::files/*',
      }),
    });
    expect(denied).toMatchObject({
      allowed: false,
      why: expect.stringContaining('resource-based policy explicitly denies'),
    });
  });

  test('for a role that the template does not have', () => {
    expect(
      verdict({ Role: roleOf(inline) }, { ...reader, arn: 'arn:aws:sts::000000000000:assumed-role/stranger/x' }),
    ).toMatchObject({ allowed: false });
  });
});

test('a managed policy of AWS that is not known stops the start', () => {
  expect(() =>
    accessOf(aModel({ Role: roleOf({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) })),
  ).toThrow(/AdministratorAccess/);
});

test('what a service needs of a role is asked at the start, naming what is missing', () => {
  const { require } = accessOf(aModel({ Role: roleOf(inline) }));
  const arn = 'arn:aws:iam::000000000000:role/reader';
  expect(() => require(arn, ['s3:GetObject'], object, 'a reader')).not.toThrow();
  expect(() => require(arn, ['s3:GetObject', 's3:PutObject'], object, 'a reader')).toThrow(
    'a reader: role reader (stack/Role) lacks s3:PutObject on arn:aws:s3:::files/a',
  );
});

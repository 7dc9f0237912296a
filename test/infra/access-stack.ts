import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { Role as RegistryRole } from '../../schemas/contracts/hub.ts';
import { allRoutes } from '../../schemas/contracts/routes.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { stacksOf } from './retained.ts';
import { permissionsOf, resolver, type Statement } from './resolve.ts';

const { access } = stacksOf();
const template = Template.fromJSON(access);
const resolved = resolver(access);
const properties = (type: string) =>
  Object.values(template.findResources(type)).map((found) => resolved(found['Properties']) as Record<string, unknown>);
const byName = (type: string, property: string) =>
  new Map(
    properties(type).flatMap((found) => (property in found ? [[found[property] as string, found] as const] : [])),
  );

const roles = byName('AWS::IAM::Role', 'RoleName');
const policies = byName('AWS::IAM::ManagedPolicy', 'ManagedPolicyName');
const queues = byName('AWS::SQS::Queue', 'QueueName');
const apiId = Object.keys(template.findResources('AWS::ApiGateway::RestApi'))[0]!;

/** IAM's `*` stands for any characters, slashes too (IAM user guide, "Policy elements: Resource"). */
const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);

const statementsOf = (policy: Record<string, unknown>) =>
  (policy['PolicyDocument'] as { Statement: Statement[] }).Statement;

/** The names of the managed policies of a registry role. */
const policiesOf = (role: string): string[] =>
  [...policies.keys()].filter((name) => name.startsWith(`hub-dev-routes-${role}-`));

/** Ids of the routes that the managed policies of these registry roles let through. */
function invocable(registryRoles: readonly string[]): string[] {
  const permitted = registryRoles
    .flatMap(policiesOf)
    .flatMap((name) => permissionsOf(statementsOf(policies.get(name)!)));
  return allRoutes
    .filter(({ method, path }) => {
      const call = `execute-api:Invoke arn:p:execute-api:r:1:${apiId}/dev/${method}${path.replaceAll(/\{\w+\}/g, 'some')}`;
      return permitted.some((permission) => matches(permission, call));
    })
    .map(({ id }) => id);
}

test('the roles are those of the registry, one a department, and nobody else’s', () => {
  expect([...roles.keys()].sort()).toEqual(departments.map(({ id }) => `hub-dev-dept-${id}`).sort());
  expect([...queues.keys()].sort()).toEqual(departments.map(({ id }) => `hub-dev-mailbox-${id}`).sort());
});

test.each(RegistryRole.options)('the registry role %s may call exactly the routes that the table gives it', (role) => {
  expect(invocable([role])).toEqual(allRoutes.filter((route) => route.roles.includes(role)).map(({ id }) => id));
});

test('an auditor may call nothing that writes', () => {
  const writing = new Set(allRoutes.filter(({ method }) => method !== 'GET').map(({ id }) => id));
  expect(invocable(['auditor']).filter((id) => writing.has(id))).toEqual([]);
  expect(
    policiesOf('auditor')
      .flatMap((name) => permissionsOf(statementsOf(policies.get(name)!)))
      .filter((permission) => !permission.includes('/dev/GET/v1/')),
  ).toEqual([]);
});

test.each(RegistryRole.options)('the policies of %s fit into IAM’s 6,144 characters in the longest region', (role) => {
  for (const name of policiesOf(role)) {
    const longest = JSON.stringify(policies.get(name)!['PolicyDocument'])
      .replaceAll('arn:p:execute-api:r:1:', 'arn:aws-cn:execute-api:cn-northwest-1:111122223333:')
      .replaceAll(apiId, 'abcdefghij');
    expect(longest.length).toBeLessThan(6144);
  }
});

test('no department has more than the ten managed policies that a role takes', () => {
  for (const { roles: registryRoles } of departments)
    expect(registryRoles.flatMap(policiesOf).length).toBeLessThanOrEqual(10);
});

/** Whose two officers sign lets them in under their own names only (department-access.test.ts). */
const trustedBy = (approvers: 1 | 2 = 1) => {
  const root = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:p:iam::1:root' } };
  return approvers === 1
    ? [root]
    : [
        expect.objectContaining({ Condition: expect.anything() }),
        expect.objectContaining({ Condition: expect.anything() }),
      ];
};

describe.each(departments.map(({ id, roles: registryRoles, approvers }) => ({ id, registryRoles, approvers })))(
  '$id',
  ({ id, registryRoles, approvers }) => {
    test('has the policies of its registry roles, and may poll its own mailbox only', () => {
      expect(roles.get(`hub-dev-dept-${id}`)).toEqual({
        RoleName: `hub-dev-dept-${id}`,
        Tags: [{ Key: 'hub:department', Value: id }],
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: trustedBy(approvers),
        },
        ManagedPolicyArns: registryRoles.flatMap(policiesOf),
        Policies: [
          {
            PolicyName: 'mailbox',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: [
                    'sqs:ReceiveMessage',
                    'sqs:DeleteMessage',
                    'sqs:ChangeMessageVisibility',
                    'sqs:GetQueueAttributes',
                    'sqs:GetQueueUrl',
                  ],
                  Resource: `arn:p:sqs:r:1:hub-dev-mailbox-${id}`,
                },
              ],
            },
          },
        ],
      });
    });

    test('has an encrypted mailbox of 14 days and 1 MiB, without a dead-letter queue', () => {
      expect(queues.get(`hub-dev-mailbox-${id}`)).toEqual({
        QueueName: `hub-dev-mailbox-${id}`,
        MessageRetentionPeriod: 14 * 86_400,
        MaximumMessageSize: 1_048_576,
        SqsManagedSseEnabled: true,
        Tags: [{ Key: 'hub:department', Value: id }],
      });
    });
  },
);

test('a department that is dropped from the registry by mistake keeps its notices, and loses its role', () => {
  const kept = (type: string) =>
    Object.values(access.Resources).filter(
      ({ Type, DeletionPolicy }) => Type === type && DeletionPolicy === 'RetainExceptOnCreate',
    );
  expect(kept('AWS::SQS::Queue')).toHaveLength(departments.length);
  expect(kept('AWS::SQS::QueuePolicy')).toHaveLength(departments.length);
  expect(kept('AWS::IAM::Role').filter(({ Properties }) => 'RoleName' in (Properties ?? {}))).toEqual([]);
});

test('every mailbox refuses what does not come over TLS, and lets in nobody by itself', () => {
  const statements = properties('AWS::SQS::QueuePolicy').map(statementsOf);
  const expected = departments.map(({ id }) => [
    {
      Effect: 'Deny',
      Action: 'sqs:*',
      Principal: { AWS: '*' },
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      Resource: `arn:p:sqs:r:1:hub-dev-mailbox-${id}`,
    },
  ]);
  expect(statements).toEqual(expected);
});

test('a mailbox’s URL is the exported prefix and the department’s id', () => {
  expect(resolved(access.Outputs?.['MailboxUrlPrefix']?.Value)).toBe('https://queues/hub-dev-mailbox-');
});

import { describe, expect, test } from '@jest/globals';
import type { TemplateJson } from './resolve.ts';
import { stacksOf } from './retained.ts';

const everything = {
  waf: 'true',
  publishDefinitions: 'true',
  domainName: 'hub.example',
  certificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/00000000-0000-0000-0000-000000000000',
  hostedZoneId: 'Z0123456789',
  alarmEmail: 'alarms@hub.example',
};
const policiesOf = (template: TemplateJson) =>
  Object.entries(template.Resources).map(([id, { DeletionPolicy }]) => `${id}: ${DeletionPolicy ?? 'none'}`);
const templatesOf = ({ data, access, service, account }: ReturnType<typeof stacksOf>) => [
  data,
  access,
  service,
  account!,
];

test.each([
  ['protected', {}],
  ['for trying out', { deletionProtection: 'false' }],
  ['deployed for the first time', { firstDeployment: 'true' }],
  ['with all its options', everything],
])('a hub %s keeps nothing of a deployment that fails while it creates it', (_, settings) => {
  const policies = templatesOf(stacksOf(settings)).flatMap(policiesOf);
  expect(policies.filter((each) => each.endsWith(': Retain'))).toEqual([]);
  expect(policies.filter((each) => each.endsWith(': RetainExceptOnCreate'))).not.toEqual([]);
});

describe('the first deployment', () => {
  const first = stacksOf({ firstDeployment: 'true' });
  const later = stacksOf();

  test('refuses no deletion, which would refuse that of its own failure; every later one does', () => {
    const guards = ({ stacks, data }: ReturnType<typeof stacksOf>) => [
      stacks.data.terminationProtection ?? false,
      stacks.access.terminationProtection ?? false,
      ...Object.values(data.Resources).flatMap(({ Type, Properties }) =>
        Type === 'AWS::DynamoDB::Table' ? [Properties?.['DeletionProtectionEnabled']] : [],
      ),
    ];
    expect(guards(first)).toEqual([false, false, false]);
    expect(guards(later)).toEqual([true, true, true]);
  });

  test('differs from the later ones in nothing else', () => {
    const withoutGuard = (templates: readonly TemplateJson[]) =>
      JSON.stringify(templates).replaceAll(/"DeletionProtectionEnabled":(true|false)/g, '');
    expect(withoutGuard(templatesOf(first))).toBe(withoutGuard(templatesOf(later)));
  });

  test('says that nothing is protected yet', () => {
    const warned = ({ stacks }: ReturnType<typeof stacksOf>) =>
      [stacks.data, stacks.access].map(({ node }) => node.metadata.some(({ type }) => type === 'aws:cdk:warning'));
    expect(warned(first)).toEqual([true, true]);
    expect(warned(later)).toEqual([false, false]);
  });
});

describe('the account’s role for the logs of API Gateway', () => {
  const roleOf = (settings: Readonly<Record<string, string>>) => stacksOf(settings).account;

  test('stays whichever stage goes, protected or not', () => {
    for (const deletionProtection of ['true', 'false'])
      expect(policiesOf(roleOf({ deletionProtection })!)).toEqual([
        expect.stringMatching(/: RetainExceptOnCreate$/),
        expect.stringMatching(/: RetainExceptOnCreate$/),
      ]);
  });

  test('is one for all stages: they deploy the same stack, of the same name and without tags of theirs', () => {
    const [test, prod] = [stacksOf({ stage: 'test', tags: 'owner=eitc' }), stacksOf({ stage: 'prod' })];
    expect(test.account).toEqual(prod.account);
    expect(test.stacks.account!.stackName).toBe('hub-account');
    expect(test.stacks.account!.tags.tagValues()).toEqual({});
    for (const template of [test.data, test.access, test.service])
      expect(Object.values(template.Resources).map(({ Type }) => Type)).not.toContain('AWS::ApiGateway::Account');
  });

  test('is set once there is an API, and before the stage that logs by it', () => {
    const { access, account, service } = stacksOf().stacks;
    expect(account!.dependencies).toEqual([access]);
    expect(service.dependencies).toContain(account);
  });

  test('is left alone where the account has one', () => {
    expect(roleOf({ gatewayLogRole: 'false' })).toBeUndefined();
  });
});

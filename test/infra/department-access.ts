import { afterAll, describe, expect, test } from '@jest/globals';
import { anEntry, registryFolder } from './registry.ts';
import { resolver } from './resolve.ts';
import { stacksOf } from './retained.ts';

const files = registryFolder();
afterAll(() => files.remove());

/** The trust policy of the department `tax` with this access. */
function trustOf(access: object | undefined, settings: Readonly<Record<string, unknown>> = {}, more: object = {}) {
  const entry = anEntry('tax', { ...(access && { access }), ...more });
  const { access: template } = stacksOf({ registry: files.of(entry), ...settings });
  const resolved = resolver(template);
  const role = Object.values(template.Resources)
    .map(({ Properties }) => resolved(Properties) as Record<string, unknown>)
    .find(({ RoleName }) => RoleName === 'hub-dev-dept-tax');
  return (role!['AssumeRolePolicyDocument'] as { Statement: unknown }).Statement;
}

const exchange = 'arn:aws-cn:iam::111122223333:role/TaxExchange';

test.each([
  ['a role', { principals: [exchange] }, { Principal: { AWS: exchange }, Action: 'sts:AssumeRole' }],
  ['an account', { principals: ['111122223333'] }, { Principal: { AWS: 'arn:p:iam::111122223333:root' } }],
  [
    'several principals with an external id',
    { principals: [exchange, 'arn:aws-cn:iam::111122223333:user/steward'], externalId: 'tax-7' },
    {
      Principal: { AWS: [exchange, 'arn:aws-cn:iam::111122223333:user/steward'] },
      Condition: { StringEquals: { 'sts:ExternalId': 'tax-7' } },
    },
  ],
  [
    'people with a second factor',
    { principals: [exchange], mfa: true },
    { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
  ],
  [
    'sessions with the required tags',
    { principals: [exchange], sessionTags: ['operator', 'case'] },
    {
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition: { StringLike: { 'aws:RequestTag/operator': '?*', 'aws:RequestTag/case': '?*' } },
    },
  ],
])('the role of a department trusts %s, and nobody else', (_, access, expected) => {
  expect(trustOf(access)).toEqual([expect.objectContaining({ Effect: 'Allow', ...expected })]);
});

describe('the role of a department that signs with two officers', () => {
  const two = { approvers: 2 };
  const named = (name: string, ...more: string[]) => ({
    Effect: 'Allow',
    Action: more.length === 0 ? 'sts:AssumeRole' : ['sts:AssumeRole', ...more],
    Condition: { StringEquals: { 'sts:RoleSessionName': name } },
  });
  const byUser = named('${aws:username}');
  const byIdentity = named('${aws:SourceIdentity}', 'sts:SetSourceIdentity');

  test.each([
    ['principals of its own', { principals: [exchange] }, exchange],
    ['whom the hub’s account lets', undefined, 'arn:p:iam::1:root'],
  ])('lets %s in only under the name of who they are', (_, access, principal) => {
    expect(trustOf(access, {}, two)).toEqual(
      [byUser, byIdentity].map((statement) => ({ ...statement, Principal: { AWS: principal } })),
    );
  });

  test('lets them in also by the tag that the identity provider sets, where the registry names it', () => {
    expect(trustOf({ principals: [exchange], officerTag: 'operator' }, {}, two)).toEqual([
      expect.objectContaining(byUser),
      expect.objectContaining(byIdentity),
      expect.objectContaining(named('${aws:PrincipalTag/operator}', 'sts:SetSourceIdentity')),
    ]);
  });

  test('keeps every other condition of theirs in each way', () => {
    const access = { principals: [exchange], externalId: 'tax-7', mfa: true, sessionTags: ['case'] };
    const statements = trustOf(access, {}, two) as { Action: string[]; Condition: object }[];
    expect(statements).toHaveLength(2);
    for (const { Action, Condition } of statements) {
      expect(Action).toContain('sts:TagSession');
      expect(Condition).toEqual({
        StringEquals: { 'sts:ExternalId': 'tax-7', 'sts:RoleSessionName': expect.any(String) },
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        StringLike: { 'aws:RequestTag/case': '?*' },
      });
    }
  });

  test.each([
    ['a certificate alone', { access: { certificate: { CN: 'x' } }, ...two }, /a certificate tells no officer/],
    [
      'an officer’s tag of one who signs alone',
      { access: { principals: [exchange], officerTag: 'operator' } },
      /only where two/,
    ],
    [
      'an officer’s tag of certificates',
      { access: { certificate: { CN: 'x' }, officerTag: 'operator' } },
      /conditions of principals/,
    ],
  ])('%s is refused', (_, entry, message) => {
    expect(() => stacksOf({ registry: files.of(anEntry('tax', entry)), certificateAuthority: 'x' })).toThrow(message);
  });
});

describe('the holder of a certificate', () => {
  const certificateAuthority = files.text('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
  const access = { certificate: { CN: 'exchange.tax.example', O: 'Tax' } };
  const registry = files.of(anEntry('tax', { access }), anEntry('press'));
  const { access: template } = stacksOf({ registry, certificateAuthority });
  const resolved = resolver(template);
  const only = (type: string) => {
    const found = Object.values(template.Resources).filter(({ Type }) => Type === type);
    expect(found).toHaveLength(1);
    return resolved(found[0]!.Properties);
  };

  test('gets the role of the one department that its subject stands for', () => {
    expect(trustOf(access, { certificateAuthority })).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
        Condition: {
          ArnEquals: { 'aws:SourceArn': 'arn:p:rolesanywhere:r:1:trust-anchor/TrustAnchor' },
          StringEquals: {
            'aws:SourceAccount': '1',
            'aws:PrincipalTag/x509Subject/CN': 'exchange.tax.example',
            'aws:PrincipalTag/x509Subject/O': 'Tax',
          },
        },
      },
    ]);
  });

  test('is vouched for by the authority of the settings, for roles of such departments only', () => {
    expect(only('AWS::RolesAnywhere::TrustAnchor')).toMatchObject({
      Enabled: true,
      Source: {
        SourceType: 'CERTIFICATE_BUNDLE',
        SourceData: { X509CertificateData: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----' },
      },
    });
    expect(only('AWS::RolesAnywhere::Profile')).toMatchObject({
      Enabled: true,
      DurationSeconds: 3600,
      AcceptRoleSessionName: false,
      RoleArns: ['arn:p:iam::1:role/hub-dev-dept-tax'],
    });
  });
});

test('a closed department keeps its mailbox and has no role', () => {
  const { access: template } = stacksOf({ registry: files.of(anEntry('press', { closed: '2027-03-31' })) });
  const named = (property: string) =>
    Object.values(template.Resources).flatMap(({ Properties }) => Properties?.[property] ?? []);
  expect(named('RoleName')).toEqual(['hub-dev-dept-eitc']);
  expect(named('QueueName')).toEqual(['hub-dev-mailbox-eitc', 'hub-dev-mailbox-press']);
});

test('adding a department adds its mailbox and its role, and changes nothing else', () => {
  const before = stacksOf({ registry: files.of(anEntry('tax')) }).access.Resources;
  const after = stacksOf({ registry: files.of(anEntry('tax'), anEntry('press')) }).access.Resources;
  const added = Object.fromEntries(Object.entries(after).filter(([id]) => !(id in before)));
  expect(Object.values(added).map(({ Type }) => Type)).toEqual([
    'AWS::SQS::Queue',
    'AWS::SQS::QueuePolicy',
    'AWS::IAM::Role',
  ]);
  expect(Object.keys(added).every((id) => id.startsWith('Departmentpress'))).toBe(true);
  expect({ ...before, ...added }).toEqual(after);
});

test('sixty departments, all with access of their own, fit into stacks of less than 400 resources', () => {
  const sixty = Array.from({ length: 59 }, (_, index) =>
    anEntry(`department-${index}`, { access: { principals: ['111122223333'], mfa: true } }),
  );
  const { data, access, service } = stacksOf({ registry: files.of(...sixty), waf: true });
  const counts = [data, access, service].map(({ Resources }) => Object.keys(Resources).length);
  expect(Math.max(...counts)).toBeLessThan(400);
  expect(counts[1]).toBeGreaterThan(180);
});

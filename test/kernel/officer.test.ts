import { expect, test } from '@jest/globals';
import { officerOf } from '../../functions/kernel/officer.ts';

test.each([
  'li.wei',
  'Li.Wei',
  'wang@tax.example',
  'clerk-7',
  '10023',
  '13800138000',
  'local',
  'Sessions-Li',
  'eckstein',
])('%s may be a person, whatever its case', (session) => {
  expect(officerOf(session)).toBe(session.toLowerCase());
  expect(officerOf(session.toUpperCase())).toBe(officerOf(session));
});

test.each([
  ['botocore and the older command line', 'botocore-session-1796000000'],
  ['the command line', 'AWS-CLI-session-1796000000'],
  ['the SDK for JavaScript', 'aws-sdk-js-1796000000000'],
  ['the SDK for JavaScript with a token', 'aws-sdk-js-session-1796000000000'],
  ['the SDK for Java', 'aws-sdk-java-1796000000000'],
  ['the SDK for Go', 'aws-go-sdk-1796000000000000000'],
  ['the SDK for Go, version 1', '1796000000000000000'],
  ['the SDK for .NET', 'aws-dotnet-sdk-session-638000000000000000'],
  ['the SDK for Ruby', 'default_session'],
  ['the SDK for Rust', 'assume-role-provider'],
  ['many an example', 'RoleSession'],
  ['an instance', 'i-0123456789abcdef0'],
  ['a managed instance', 'mi-0123456789abcdef0'],
  ['a task', '0123456789abcdef0123456789abcdef'],
  ['a pod', 'eks-cluster-hub-0a1b'],
  ['a build', 'AWSCodeBuild-0a1b2c3d'],
  ['a workflow', 'GitHubActions'],
  ['the serial number of a certificate', '61E40BB5A9C0D9A3F2B14C7D5E6F7081'],
  ['a UUID', '3F2504E0-4F89-41D3-9A0C-0305E82C3301'],
  ['a shared account', 'Admin'],
])('the name that is given by %s is nobody’s', (_, session) => {
  expect(officerOf(session)).toBeUndefined();
});

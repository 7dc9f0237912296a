import { describe, expect, test } from '@jest/globals';
import { callerOf } from '../../functions/kernel/caller.ts';

const hub = { partition: 'aws', account: '123456789012', stage: 'prod' };
const arn = (role: string, account = hub.account, partition = 'aws') =>
  `arn:${partition}:sts::${account}:assumed-role/${role}/li.wei`;

describe('the role that signed names the department', () => {
  test.each(['aws', 'aws-cn'])('in the partition %s', (partition) => {
    expect(callerOf(arn('hub-prod-dept-tax', hub.account, partition), { ...hub, partition })).toEqual({
      department: 'tax',
      roles: ['department'],
      session: 'li.wei',
    });
  });

  test('with the roles that the registry gives it', () => {
    expect(callerOf(arn('hub-prod-dept-eitc'), hub)?.roles).toEqual(['department', 'authority']);
  });
});

test.each([
  ['no signature', undefined],
  ['another account’s role of the same name', arn('hub-prod-dept-tax', '999999999999')],
  ['the same account number of another partition', arn('hub-prod-dept-tax', hub.account, 'aws-cn')],
  ['another stage', arn('hub-dev-dept-tax')],
  ['a department that is not in the registry', arn('hub-prod-dept-circus')],
  ['a role that only contains such a name', arn('x-hub-prod-dept-tax')],
  ['a function of the hub', arn('hub-prod-fn-check')],
  ['a user instead of a role', 'arn:aws:iam::123456789012:user/hub-prod-dept-tax'],
  ['a role ARN without a session', 'arn:aws:sts::123456789012:assumed-role/hub-prod-dept-tax'],
])('%s is nobody', (_, userArn) => {
  expect(callerOf(userArn, hub)).toBeUndefined();
});

import { findDepartment } from '../../schemas/registry/departments.ts';
import type { Role } from '../../schemas/contracts/hub.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';

export interface Caller {
  readonly department: DepartmentId;
  readonly roles: readonly Role[];
  /** The role session's name: the person or system that the department let in; who that is says `officerOf`. */
  readonly session: string;
}

export interface HubIdentity {
  /** `aws`, `aws-cn`, …: an account of the same number in another one is another account. */
  readonly partition: string;
  readonly account: string;
  readonly stage: string;
}

/**
 * The department behind a signature. An assumed role's ARN drops the role's path, so partition, account and
 * full role name are what can be compared (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html).
 */
export function callerOf(userArn: string | null | undefined, hub: HubIdentity): Caller | undefined {
  const match = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/([\w+=,.@-]+)$/.exec(userArn ?? '');
  if (!match) return undefined;
  const [, partition, account, roleName, session] = match;
  const prefix = `hub-${hub.stage}-dept-`;
  if (partition !== hub.partition || account !== hub.account) return undefined;
  if (!roleName?.startsWith(prefix) || session === undefined) return undefined;
  const department = findDepartment(roleName.slice(prefix.length));
  return department && { department: department.id, roles: department.roles, session };
}

import { Tags } from 'aws-cdk-lib';
import { CfnRole, PolicyDocument, PolicyStatement, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { RegistryEntry } from '../../../schemas/registry/entries.ts';
import { trustOf } from './department-trust.ts';
import { Mailbox } from './mailbox.ts';
import type { Names } from '../names.ts';

export interface DepartmentAccessProps {
  readonly department: RegistryEntry;
  readonly routesPolicies: readonly IManagedPolicy[];
  readonly names: Names;
  /** Of the authority whose certificates are taken, where there is one. */
  readonly trustAnchorArn: string | undefined;
}

/**
 * A department's mailbox, and the role that may call its routes and poll that mailbox only. A closed department keeps
 * the mailbox, with what is in it, and has no role: nobody can act for it from then on.
 */
export class DepartmentAccess extends Construct {
  readonly mailbox: Mailbox;
  readonly roleArn: string | undefined;

  constructor(scope: Construct, id: string, props: DepartmentAccessProps) {
    super(scope, id);
    const { department, names } = props;
    this.mailbox = new Mailbox(this, 'Mailbox', names.mailbox(department.id));
    this.roleArn = department.closed === undefined ? this.role(props).attrArn : undefined;
    Tags.of(this).add('hub:department', department.id);
  }

  private role({ department, routesPolicies, names, trustAnchorArn }: DepartmentAccessProps): CfnRole {
    return new CfnRole(this, 'Role', {
      roleName: names.departmentRole(department.id),
      assumeRolePolicyDocument: new PolicyDocument({ statements: trustOf(department, trustAnchorArn) }),
      managedPolicyArns: routesPolicies.map((policy) => policy.managedPolicyArn),
      policies: [
        { policyName: 'mailbox', policyDocument: new PolicyDocument({ statements: [pollingOf(this.mailbox)] }) },
      ],
    });
  }
}

const pollingOf = (mailbox: Mailbox) =>
  new PolicyStatement({
    actions: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
    ],
    resources: [mailbox.queueArn],
  });

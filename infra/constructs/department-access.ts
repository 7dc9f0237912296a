import { AccountRootPrincipal, PolicyDocument, PolicyStatement, Role, type IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Department } from '../../schemas/contracts/hub.ts';
import { Mailbox } from './mailbox.ts';
import type { Names } from './names.ts';

export interface DepartmentAccessProps {
  readonly department: Department;
  readonly routesPolicies: readonly IManagedPolicy[];
  readonly names: Names;
}

/** A department's mailbox, and the role that may call its routes and poll that mailbox only. */
export class DepartmentAccess extends Construct {
  readonly mailbox: Mailbox;

  constructor(scope: Construct, id: string, { department, routesPolicies, names }: DepartmentAccessProps) {
    super(scope, id);
    this.mailbox = new Mailbox(this, 'Mailbox', names.mailbox(department.id));
    new Role(this, 'Role', {
      roleName: names.departmentRole(department.id),
      // Whoever this account lets assume it.
      assumedBy: new AccountRootPrincipal(),
      managedPolicies: [...routesPolicies],
      inlinePolicies: { mailbox: new PolicyDocument({ statements: [pollingOf(this.mailbox)] }) },
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

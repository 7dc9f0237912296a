import { Aws } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { HubFunction } from './hub-function.ts';

export interface RegularRunsProps {
  /** EventBridge Scheduler's form: `rate(1 minute)`. */
  readonly every: string;
  readonly functions: readonly HubFunction[];
}

/**
 * Runs functions at a rate, under a role of its own that may do nothing else. What becomes of a run that failed is the
 * function's to say (invocations.ts).
 */
export class RegularRuns extends Construct {
  constructor(scope: Construct, id: string, { every, functions }: RegularRunsProps) {
    super(scope, id);
    const arns = functions.map((each) => each.functionArn);
    const role = new Role(this, 'Role', {
      // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
      inlinePolicies: {
        invoke: new PolicyDocument({
          statements: [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: arns })],
        }),
      },
    });
    for (const [index, target] of functions.entries())
      new CfnSchedule(this, target.hubName, {
        scheduleExpression: every,
        flexibleTimeWindow: { mode: 'OFF' },
        target: { arn: arns[index]!, roleArn: role.roleArn, retryPolicy: { maximumRetryAttempts: 0 } },
      });
  }
}

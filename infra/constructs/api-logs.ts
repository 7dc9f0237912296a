import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../settings.ts';
import { accepted } from './accepted.ts';
import { lifetimeOf } from './lifetime.ts';
import type { Names } from './names.ts';

export interface ApiLogsProps {
  readonly names: Names;
  readonly apiId: string;
  readonly settings: Pick<Settings, 'logRetentionDays' | 'deletionProtection' | 'gatewayLogRole'>;
}

/** The API's two logs: a line a call, and errors of the gateway itself, which chooses that name. */
export class ApiLogs extends Construct {
  constructor(scope: Construct, id: string, { names, apiId, settings }: ApiLogsProps) {
    super(scope, id);
    const log = (name: string, logGroupName: string) =>
      new LogGroup(this, name, {
        logGroupName,
        retention: settings.logRetentionDays,
        removalPolicy: lifetimeOf(settings),
      });
    log('Access', names.accessLog);
    log('Errors', `API-Gateway-Execution-Logs_${apiId}/${names.stage}`);
    if (settings.gatewayLogRole) this.letWrite(settings);
  }

  /** One role for all APIs of the account: it stays, since others may rely on it by then. */
  private letWrite(settings: ApiLogsProps['settings']): void {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    role.applyRemovalPolicy(lifetimeOf(settings));
    accepted(
      role,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      'The account has one such role for all its APIs, and this is the policy that API Gateway asks for.',
    );
    new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn }).applyRemovalPolicy(lifetimeOf(settings));
  }
}

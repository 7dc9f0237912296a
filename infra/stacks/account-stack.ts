import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { accepted } from '../constructs/accepted.ts';
import { STAYS } from '../constructs/lifetime.ts';
import { ACCOUNT_STACK } from '../constructs/names.ts';

/**
 * The role with which API Gateway writes the logs of every API of the account in this region: one setting of the account,
 * so no stage's to own. Every stage deploys this same stack, which says nothing of any of them, and whichever stage goes,
 * role and setting stay.
 * It comes after an API: where the account never had one, the setting cannot be made
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-account.html).
 */
export class AccountStack extends Stack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, ACCOUNT_STACK, { ...props, description: 'Exchange hub: API Gateway’s role for logs, of the account' });
    const role = new Role(this, 'GatewayLogs', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    role.applyRemovalPolicy(STAYS);
    accepted(
      role,
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      'The account has one such role for all its APIs, and this is the policy that API Gateway asks for.',
    );
    new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn }).applyRemovalPolicy(STAYS);
  }
}

import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { arnOf, type Names } from '../names.ts';

/**
 * The key of what watches over the hub: its trail and its alarms. Apart from the data's key, because those who read
 * trails and get alarms must be able to use it, and nothing of the departments' is under it.
 */
export class AuditKey extends Key {
  constructor(scope: Construct, id: string, { names, removalPolicy }: { names: Names; removalPolicy: RemovalPolicy }) {
    super(scope, id, {
      alias: names.key('audit'),
      description: `Exchange hub ${names.stage}: trail and alarms`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      removalPolicy,
    });
    this.addToResourcePolicy(writingOfTrails(arnOf.trail(names.trail)));
    this.addToResourcePolicy(publishingOfAlarms());
  }
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html */
const writingOfTrails = (trail: string) =>
  new PolicyStatement({
    principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
    actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceArn': trail } },
  });

/**
 * The key that AWS manages for SNS does not let CloudWatch in (SNS guide, "Key management"). Whose alarms may be
 * published is the topic's policy to say.
 */
const publishingOfAlarms = () =>
  new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
  });

import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, type ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  readonly topicName: string;
  /** Must let CloudWatch use it. */
  readonly key: IKey;
  /** Who is told; must confirm once, by the link that AWS sends. */
  readonly email: string | undefined;
  /** A topic that is there already, instead of one of the hub's. */
  readonly arn: string | undefined;
}

/** Where every alarm goes; the service stack finds it by its exported ARN. */
export class AlarmTopic extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { topicName, key, email, arn }: AlarmTopicProps) {
    super(scope, id);
    this.topic = arn === undefined ? this.own(topicName, key, email) : Topic.fromTopicArn(this, 'Topic', arn);
  }

  private own(topicName: string, masterKey: IKey, email: string | undefined): Topic {
    const topic = new Topic(this, 'Topic', { topicName, masterKey, enforceSSL: true });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (email !== undefined) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}

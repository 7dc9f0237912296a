import { createHash } from 'node:crypto';
import { TemplateFault } from './fault.ts';
import { arnOf, queueUrl, type World } from './world.ts';

/** A resource as references to it see it. */
export interface Physical {
  readonly type: string;
  readonly stack: string;
  readonly logicalId: string;
  /** The physical name: the template's own, or one made of stack and logical id. */
  readonly name: string;
}

/** CloudFormation appends random characters; here they are a digest, so that data survive a restart. */
export function madeUpName(stack: string, logicalId: string, type: string): string {
  const suffix = createHash('sha256').update(`${stack}/${logicalId}`).digest('hex').slice(0, 10);
  if (type === 'AWS::ApiGateway::RestApi') return suffix;
  const name = `${stack}-${logicalId.slice(0, 28)}-${suffix}`;
  return type === 'AWS::S3::Bucket'
    ? name
        .toLowerCase()
        .slice(-63)
        .replace(/^[^a-z0-9]+/, '')
    : name.slice(-80);
}

/** The property that names a resource, by type. */
const namedBy: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::Policy': 'PolicyName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Events::Rule': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Scheduler::ScheduleGroup': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::ApiGateway::Stage': 'StageName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::KMS::Alias': 'AliasName',
  'AWS::SNS::Topic': 'TopicName',
};
export const nameProperty = (type: string): string | undefined => namedBy[type];

type Attributes = Readonly<Record<string, (name: string, world: World) => string>>;
const arn =
  (service: string, prefix = '') =>
  (name: string, world: World): string =>
    arnOf(world, service, prefix + name);
const global =
  (service: string, prefix: string) =>
  (name: string, world: World): string =>
    `arn:${world.partition}:${service}::${world.account}:${prefix}${name}`;
const ownName = (name: string): string => name;
const rootless = (name: string, world: World): string => `arn:${world.partition}:s3:::${name}`;

/** `Ref` and `Fn::GetAtt` by type (the "Return values" of each type's page in the CloudFormation reference). */
const attributesOf: Readonly<Record<string, Attributes>> = {
  'AWS::DynamoDB::Table': {
    Ref: ownName,
    Arn: arn('dynamodb', 'table/'),
    StreamArn: (name, world) => `${arnOf(world, 'dynamodb', `table/${name}`)}/stream/2026-01-01T00:00:00.000`,
  },
  'AWS::SQS::Queue': {
    Ref: (name, world) => queueUrl(world, name),
    QueueUrl: (name, world) => queueUrl(world, name),
    Arn: arn('sqs'),
    QueueName: ownName,
  },
  'AWS::S3::Bucket': { Ref: ownName, Arn: rootless },
  'AWS::IAM::Role': { Ref: ownName, Arn: global('iam', 'role/') },
  'AWS::IAM::Policy': { Ref: ownName },
  'AWS::IAM::ManagedPolicy': { Ref: global('iam', 'policy/'), PolicyArn: global('iam', 'policy/') },
  'AWS::Lambda::Function': { Ref: ownName, Arn: arn('lambda', 'function:') },
  'AWS::Lambda::EventSourceMapping': { Ref: ownName, Id: ownName },
  'AWS::Events::Rule': { Ref: ownName, Arn: arn('events', 'rule/') },
  'AWS::Scheduler::Schedule': { Ref: ownName, Arn: arn('scheduler', 'schedule/default/') },
  'AWS::Scheduler::ScheduleGroup': { Ref: ownName, Arn: arn('scheduler', 'schedule-group/') },
  'AWS::Logs::LogGroup': { Ref: ownName, Arn: (name, world) => `${arnOf(world, 'logs', `log-group:${name}`)}:*` },
  'AWS::ApiGateway::RestApi': { Ref: ownName, RestApiId: ownName },
  'AWS::ApiGateway::Deployment': { Ref: ownName },
  'AWS::ApiGateway::Stage': { Ref: ownName },
  'AWS::KMS::Key': { Ref: ownName, Arn: arn('kms', 'key/') },
  'AWS::KMS::Alias': { Ref: ownName },
  'AWS::SNS::Topic': { Ref: arn('sns'), TopicArn: arn('sns'), TopicName: ownName },
  'AWS::CloudWatch::Alarm': { Ref: ownName, Arn: arn('cloudwatch', 'alarm:') },
};

/** @throws TemplateFault for a type or an attribute that is not on the list. */
export function attribute(of: Physical, name: string, world: World): string {
  const known = attributesOf[of.type]?.[name];
  if (known) return known(of.name, world);
  throw new TemplateFault(
    `${of.stack}/${of.logicalId} (${of.type}): the local hub does not know its ${name === 'Ref' ? 'Ref' : `attribute ${name}`}`,
  );
}

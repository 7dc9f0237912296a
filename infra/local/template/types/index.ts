import { bucketPolicy, managedPolicy, policy, queuePolicy, role } from './access.ts';
import type { AllowedType } from './allowed.ts';
import { deployment, gatewayResponse, restApi, stage } from './api.ts';
import { eventInvokeConfig, eventSourceMapping, lambdaFunction, permission } from './compute.ts';
import { bucket, key, projectedTable, queue, table, workGroup } from './data.ts';
import { rule, schedule, scheduleGroup } from './events.ts';
import { operations } from './operations.ts';

/** The types that the local hub acts on. */
export const acted = {
  'AWS::DynamoDB::Table': table,
  'AWS::SQS::Queue': queue,
  'AWS::S3::Bucket': bucket,
  'AWS::KMS::Key': key,
  'AWS::Glue::Table': projectedTable,
  'AWS::Athena::WorkGroup': workGroup,
  'AWS::IAM::Role': role,
  'AWS::IAM::Policy': policy,
  'AWS::IAM::ManagedPolicy': managedPolicy,
  'AWS::S3::BucketPolicy': bucketPolicy,
  'AWS::SQS::QueuePolicy': queuePolicy,
  'AWS::Lambda::Function': lambdaFunction,
  'AWS::Lambda::EventSourceMapping': eventSourceMapping,
  'AWS::Lambda::EventInvokeConfig': eventInvokeConfig,
  'AWS::Lambda::Permission': permission,
  'AWS::Events::Rule': rule,
  'AWS::Scheduler::Schedule': schedule,
  'AWS::Scheduler::ScheduleGroup': scheduleGroup,
  'AWS::ApiGateway::RestApi': restApi,
  'AWS::ApiGateway::Deployment': deployment,
  'AWS::ApiGateway::Stage': stage,
  'AWS::ApiGateway::GatewayResponse': gatewayResponse,
} as const satisfies Record<string, AllowedType>;
export type ActedType = keyof typeof acted;

export const allowList: Readonly<Record<string, AllowedType>> = { ...operations, ...acted };

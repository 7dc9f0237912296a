import { z } from 'zod';
import { allowed, type AllowedType } from './allowed.ts';

/** Types that watch over a deployed hub: nothing of them has a local effect, but their names can be referred to. */
const watched = (reason: string, ...properties: readonly string[]): AllowedType =>
  allowed(z.strictObject({}), Object.fromEntries(properties.map((property) => [property, reason])));

export const operations: Readonly<Record<string, AllowedType>> = {
  'AWS::Logs::LogGroup': watched('logs go to <data>/logs', 'LogGroupName', 'RetentionInDays', 'KmsKeyId', 'LogGroupClass', 'Tags', 'DeletionProtectionEnabled'),
  'AWS::Logs::MetricFilter': watched('there is no CloudWatch', 'FilterPattern', 'LogGroupName', 'MetricTransformations', 'FilterName'),
  'AWS::Logs::ResourcePolicy': watched('logs go to <data>/logs', 'PolicyName', 'PolicyDocument'),
  'AWS::CloudWatch::Alarm': watched(
    'there is no CloudWatch', 'AlarmName', 'AlarmDescription', 'AlarmActions', 'OKActions', 'ActionsEnabled', 'ComparisonOperator', 'DatapointsToAlarm',
    'Dimensions', 'EvaluationPeriods', 'InsufficientDataActions', 'MetricName', 'Metrics', 'Namespace', 'Period', 'Statistic', 'ExtendedStatistic',
    'Threshold', 'ThresholdMetricId', 'TreatMissingData', 'Unit', 'EvaluateLowSampleCountPercentile', 'Tags',
  ),
  'AWS::CloudWatch::Dashboard': watched('there is no CloudWatch', 'DashboardName', 'DashboardBody'),
  'AWS::SNS::Topic': watched('alarms go nowhere locally', 'TopicName', 'DisplayName', 'KmsMasterKeyId', 'Tags'),
  'AWS::SNS::TopicPolicy': watched('alarms go nowhere locally', 'Topics', 'PolicyDocument'),
  'AWS::SNS::Subscription': watched('alarms go nowhere locally', 'TopicArn', 'Protocol', 'Endpoint', 'Region'),
  'AWS::KMS::Key': watched(
    'local files are not encrypted', 'KeyPolicy', 'Description', 'EnableKeyRotation', 'RotationPeriodInDays', 'PendingWindowInDays', 'KeySpec', 'KeyUsage', 'Enabled', 'Tags',
  ),
  'AWS::KMS::Alias': watched('local files are not encrypted', 'AliasName', 'TargetKeyId'),
  'AWS::ApiGateway::Account': watched('every function logs its requests', 'CloudWatchRoleArn'),
  'AWS::CDK::Metadata': watched('for the CDK team', 'Analytics'),
};

import { Duration } from 'aws-cdk-lib';
import { FilterPattern, MetricFilter, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Watch } from './alarms.ts';
import type { Names } from '../names.ts';

/** A kind of change that somebody must know of, as the trail tells it. */
interface Change {
  readonly name: string;
  /** CloudWatch Logs' filter syntax for JSON; sources are `kms.` and a suffix that this does not spell out. */
  readonly pattern: string;
  readonly meaning: string;
  readonly firstLook: string;
  readonly mend: string;
}

const from = (service: string) => `($.eventSource = "${service}.*")`;
const any = (...tests: readonly string[]) => `(${tests.join(' || ')})`;
const all = (...tests: readonly string[]) => `{ ${tests.join(' && ')} }`;
const named = (...events: readonly string[]) => any(...events.map((event) => `($.eventName = "${event}")`));
const about = (parameter: string, value: string) => `($.requestParameters.${parameter} = "${value}")`;

const lookIntoTrail = 'the trail, by this time: eventName, userIdentity, sourceIPAddress, requestParameters.';

const changesTo = (names: Names, keyIds: readonly string[]): readonly Change[] => [
  {
    name: 'key-changed',
    pattern: all(
      from('kms'),
      named('PutKeyPolicy', 'DisableKey*', 'ScheduleKeyDeletion', 'DeleteAlias', 'UpdateAlias', 'CreateGrant'),
      any('($.userIdentity.invokedBy NOT EXISTS)', '($.userIdentity.invokedBy != "dynamodb.*")'),
      any(...keyIds.flatMap((id) => [about('keyId', `*${id}`), about('targetKeyId', `*${id}`)])),
    ),
    meaning: 'A key of the hub was disabled, given another policy or a grant, or is to be deleted.',
    firstLook: lookIntoTrail,
    mend: 'without a deployment that explains it: cancel the deletion (30 days), enable the key, deploy the policy again, and ask who did it.',
  },
  {
    name: 'policy-changed',
    pattern: all(
      from('iam'),
      any(
        about('roleName', roleNames(names)),
        about('policyArn', `*:policy/${roleNames(names)}`),
        about('policyName', roleNames(names)),
      ),
    ),
    meaning: 'A role or a policy of the hub was made, changed or removed.',
    firstLook: lookIntoTrail,
    mend: 'without a deployment that explains it: deploy again, which restores what the templates say, remove roles that they do not name, and ask who did it.',
  },
  {
    name: 'code-changed',
    pattern: all(
      from('lambda'),
      named('UpdateFunctionCode*', 'UpdateFunctionConfiguration*', 'AddPermission*', 'DeleteFunction*'),
      about('functionName', `*${roleNames(names)}`),
      '($.sourceIPAddress != "cloudformation.*")',
    ),
    meaning: 'Code, settings or permissions of a function were changed, and not by a deployment.',
    firstLook: lookIntoTrail,
    mend: 'deploy again from the repository, then ask who did it; what the function did meanwhile is in its log.',
  },
  {
    name: 'store-changed',
    pattern: all(
      any(from('s3'), from('dynamodb')),
      any(about('bucketName', roleNames(names)), about('tableName', `*${names.table}`)),
      named(
        'PutBucket*',
        'DeleteBucket*',
        'PutLifecycle*',
        'DeleteTable',
        'UpdateTable',
        'UpdateContinuousBackups',
        'UpdateTimeToLive',
        'PutResourcePolicy',
      ),
    ),
    meaning: 'A bucket or the table was given another policy, encryption, expiry or protection.',
    firstLook: lookIntoTrail,
    mend: 'without a deployment that explains it: deploy again, and ask who did it. Deleted objects can be brought back while noncurrentDays last.',
  },
  {
    name: 'trail-changed',
    pattern: all(
      from('cloudtrail'),
      named('StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'),
      any(about('name', `*${names.trail}`), about('trailName', `*${names.trail}`)),
    ),
    meaning: 'The trail was stopped or changed: what happens from now on may not be told.',
    firstLook: 'the trail’s state in CloudTrail, and its last events.',
    mend: 'start it again at once, deploy, and ask who did it.',
  },
];

const roleNames = ({ stage }: Names): string => `hub-${stage}-*`;

/**
 * Changes of keys, policies, code and stores, out of the trail's log. Filters of a log and not rules of events: those
 * of IAM reach EventBridge in one region only (https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html).
 */
export function trailAlarms(
  scope: Construct,
  {
    names,
    keyIds,
    logGroup,
  }: { readonly names: Names; readonly keyIds: readonly string[]; readonly logGroup: ILogGroup },
): readonly Watch[] {
  return changesTo(names, keyIds).map(({ name, pattern, meaning, firstLook, mend }) => {
    const filter = new MetricFilter(scope, `Filter-${name}`, {
      logGroup,
      filterPattern: FilterPattern.literal(pattern),
      metricNamespace: `ExchangeHub/${names.stage}`,
      metricName: name,
      metricValue: '1',
    });
    return {
      name,
      metric: filter.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      atLeast: 1,
      meaning,
      firstLook,
      mend,
    };
  });
}

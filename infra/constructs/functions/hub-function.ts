import { Aws, type Duration, type Size } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Bundle } from '../../bundle/functions.ts';
import type { FunctionName } from '../../bundle/catalogue.ts';
import type { Settings } from '../../settings.ts';
import { acceptedWildcards } from '../accepted.ts';
import { reservedConcurrency } from './concurrency.ts';
import type { Invocations } from './invocations.ts';
import { STAYS } from '../lifetime.ts';
import type { Names } from '../names.ts';
import { permissionsOn, type Permission } from '../permissions.ts';

/** What all functions of a deployment share. */
export interface Deployment {
  readonly names: Names;
  readonly settings: Settings;
  readonly bundle: Pick<Bundle, 'folderOf'>;
}

export interface HubFunctionProps extends Deployment {
  readonly function: FunctionName;
  readonly timeout: Duration;
  readonly memoryMb: number;
  /** Of its own folder /tmp, in whole MiB; 512 if left out. */
  readonly storage?: Size;
  /** Beside what every function knows. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Beside writing its own log. */
  readonly permissions: readonly Permission[];
  /** Of a function that schedules or rules run. */
  readonly invocations?: Invocations;
  /** Where an event goes that failed on every try; only for events that AWS hands over without waiting. */
  readonly failedEvents?: IQueue;
}

/** One Lambda function with a role and a log of its own. */
export class HubFunction extends LambdaFunction {
  readonly hubName: FunctionName;

  constructor(scope: Construct, id: string, props: HubFunctionProps) {
    const parts = new Construct(scope, `${id}Parts`);
    const { names, settings } = props;
    const logGroup = logGroupOf(parts, settings.logRetentionDays);
    super(scope, id, {
      functionName: names.function(props.function),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(props.bundle.folderOf(props.function)),
      timeout: props.timeout,
      memorySize: props.memoryMb,
      ...(props.storage && { ephemeralStorageSize: props.storage }),
      ...(settings.reserveConcurrency && {
        reservedConcurrentExecutions: reservedConcurrency(settings)[props.function],
      }),
      environment: {
        HUB_STAGE: names.stage,
        HUB_PARTITION: Aws.PARTITION,
        HUB_ACCOUNT: Aws.ACCOUNT_ID,
        HUB_TIME_ZONE: settings.timeZone,
        HUB_TABLE: names.table,
        ...props.environment,
      },
      logGroup,
      ...props.invocations,
      // Its permissions are all in the props: constructs that attach things add none.
      role: roleOf(parts, props, logGroup).withoutPolicyUpdates(),
      ...(props.failedEvents && { deadLetterQueue: props.failedEvents }),
    });
    this.hubName = props.function;
  }
}

/** Outlives the stack: a log is kept for its time, whatever became of what wrote it. */
const logGroupOf = (scope: Construct, days: RetentionDays): LogGroup =>
  new LogGroup(scope, 'Log', { retention: days, removalPolicy: STAYS });

function roleOf(scope: Construct, props: HubFunctionProps, logGroup: LogGroup): Role {
  const logging = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
  const failing = props.failedEvents
    ? [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [props.failedEvents.queueArn] })]
    : [];
  const role = new Role(scope, 'Role', {
    roleName: props.names.functionRole(props.function),
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    inlinePolicies: {
      own: new PolicyDocument({
        statements: [logging, ...failing, ...props.permissions, permissionsOn(props.names).key(props.permissions)],
      }),
    },
  });
  for (const { resources, wideBecause } of props.permissions)
    if (wideBecause !== undefined) acceptedWildcards(role, resources, wideBecause);
  return role;
}

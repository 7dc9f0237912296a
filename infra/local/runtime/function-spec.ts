import { join } from 'node:path';
import type { Principal } from '../aws/contracts.ts';
import type { Known, Model } from '../template/model.ts';
import { TemplateFault } from '../template/fault.ts';
import { arnOf, localQueueUrls } from '../template/world.ts';

/** One function as its processes need it. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Absolute path of the module and the name of its export. */
  readonly modulePath: string;
  readonly exportName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  /** All of the environment: nothing of the hub's own leaks into a function. */
  readonly env: Readonly<Record<string, string>>;
  readonly concurrency: number;
}

/** Processes of one function at a time, on a machine that has not Lambda's thousand. */
const MAX_PROCESSES = 4;

export function functionSpec(model: Model, known: Known<'AWS::Lambda::Function'>, principal: Principal): FunctionSpec {
  const { properties, name } = known;
  const { world } = model;
  const at = properties.Handler.lastIndexOf('.');
  if (at < 1)
    throw new TemplateFault(`${known.stack}/${known.logicalId}: the handler ${properties.Handler} is not file.export`);
  const arn = arnOf(world, 'lambda', `function:${name}`);
  const variables = Object.entries(properties.Environment?.Variables ?? {});
  return {
    name,
    arn,
    roleArn: properties.Role,
    modulePath: join(model.asset(properties.Code.S3Key), `${properties.Handler.slice(0, at)}.mjs`),
    exportName: properties.Handler.slice(at + 1),
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    env: {
      ...runtimeVariables(name, arn, properties, principal, model),
      ...Object.fromEntries(variables.map(([key, value]) => [key, localQueueUrls(world, value)])),
    },
    concurrency: Math.min(MAX_PROCESSES, properties.ReservedConcurrentExecutions ?? MAX_PROCESSES),
  };
}

/** Lambda Developer Guide, "Defined runtime environment variables"; and the one variable that makes it local. */
const runtimeVariables = (
  name: string,
  arn: string,
  { MemorySize, Handler }: Known<'AWS::Lambda::Function'>['properties'],
  principal: Principal,
  { world }: Model,
) => ({
  AWS_REGION: world.region,
  AWS_DEFAULT_REGION: world.region,
  AWS_ACCESS_KEY_ID: principal.accessKeyId,
  AWS_SECRET_ACCESS_KEY: principal.secretAccessKey,
  ...(principal.sessionToken && { AWS_SESSION_TOKEN: principal.sessionToken }),
  AWS_ENDPOINT_URL: world.awsUrl,
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  HUB_LOCAL_FUNCTION_ARN: arn,
  _HANDLER: Handler,
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
});

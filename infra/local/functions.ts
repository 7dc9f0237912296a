import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Principals } from './access/principals.ts';
import type { Principal } from './aws/contracts.ts';
import type { HubClock } from './clock.ts';
import { functionSpec } from './runtime/function-spec.ts';
import { functionPool, type FunctionPool } from './runtime/pool.ts';
import { TemplateFault } from './template/fault.ts';
import type { Model } from './template/model.ts';
import type { World } from './template/world.ts';

/** The template's functions, ready to be invoked. */
export interface Functions {
  /** By name or ARN. @throws TemplateFault where there is none. */
  readonly named: (nameOrArn: string) => FunctionPool;
  /** A client that signs as the function's role, for what Lambda does in its name. */
  readonly sqsAs: (pool: FunctionPool) => SQSClient;
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface FunctionsOptions {
  readonly model: Model;
  readonly dataDir: string;
  /** Of the synthesized CDK app. What its functions compile is kept there and goes with it. */
  readonly assembly: string;
  readonly clock: HubClock;
  readonly principals: Principals;
}

export function functionsOf({ model, dataDir, assembly, clock, principals }: FunctionsOptions): Functions {
  const clients: SQSClient[] = [];
  const pools = model.all('AWS::Lambda::Function').map((known) => {
    const principal = principals.of(lastPart(known.properties.Role), known.name, 'function');
    const pool = functionPool(functionSpec(model, known, principal), {
      logDir: join(dataDir, 'logs'),
      clockOffsetMs: clock.offset,
      compiledDir: join(assembly, '.compiled'),
    });
    return { pool, principal };
  });
  return {
    named: (nameOrArn) => {
      const found = pools.find(({ pool: { spec } }) => spec.arn === nameOrArn || spec.name === nameOrArn);
      if (!found) throw new TemplateFault(`the template has no function ${nameOrArn}`);
      return found.pool;
    },
    sqsAs: (wanted) => {
      const found = pools.find(({ pool }) => pool === wanted);
      if (!found) throw new Error(`${wanted.spec.name} is not of this template`);
      const client = sqsClient(model.world, clock, found.principal);
      clients.push(client);
      return client;
    },
    stop: async (graceMs) => {
      await Promise.all(pools.map(({ pool }) => pool.stop(graceMs)));
      for (const client of clients) client.destroy();
    },
  };
}

const lastPart = (roleArn: string): string => roleArn.slice(roleArn.lastIndexOf('/') + 1);

/** Lives by the hub's clock, as the function does in whose name it acts. */
function sqsClient(
  world: World,
  clock: HubClock,
  { accessKeyId, secretAccessKey, sessionToken }: Principal,
): SQSClient {
  const client = new SQSClient({
    endpoint: world.awsUrl,
    region: world.region,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
    systemClockOffset: clock.offset(),
  });
  clock.onAdvance(() => (client.config.systemClockOffset = clock.offset()));
  return client;
}

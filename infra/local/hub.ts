import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { accessOf } from './access/access.ts';
import { principalsOf } from './access/principals.ts';
import { announce, withdraw, type Announcement } from './announcement.ts';
import { apiServer, listen } from './api/server.ts';
import { theApi } from './api/theApi.ts';
import { startAwsEndpoint, type AwsEndpoint, type AwsEndpointOptions, type Principal } from './aws/endpoint.ts';
import { hubClock, type HubClock } from './clock.ts';
import { departmentsOf } from './departments.ts';
import type { Progress } from './progress.ts';
import { createResources } from './resources.ts';
import { functionPool, type FunctionPool } from './runtime/pool.ts';
import { functionSpec } from './runtime/functionSpec.ts';
import { readAssembly } from './template/assembly.ts';
import { TemplateFault } from './template/fault.ts';
import { modelOf, type Model } from './template/model.ts';
import { localWorld, type World } from './template/world.ts';
import { wiringOf, type Wiring } from './wiring/connect.ts';
import { inFlightIn } from './wiring/inFlight.ts';

export interface HubOptions {
  /** Of the API; the AWS endpoint takes the next one. 0 takes two free ones. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly assembly: string;
  readonly progress: Progress;
}

export interface RunningHub {
  readonly announcement: Announcement;
  stop(): Promise<void>;
}

const ACCOUNT = localWorld('').account;
/** What a running invocation gets to end by itself when the hub is stopped. */
const GRACE_MS = 3_000;

/** Starts everything, in the order in which one thing needs the other; ready when it returns. */
export async function startHub({ port, dataDir, assembly, progress }: HubOptions): Promise<RunningHub> {
  withdraw(dataDir);
  const clock = hubClock(dataDir);
  const principals = principalsOf(dataDir, ACCOUNT);
  const late = Promise.withResolvers<Late>();
  late.promise.catch(() => undefined);
  const aws = await progress.step('AWS endpoint: S3, DynamoDB, SQS, STS', () =>
    startAwsEndpoint(endpointOptions({ port, dataDir, clock, byAccessKey: principals.byAccessKey, late: late.promise })));
  try {
    const world = localWorld(aws.url);
    const model = await progress.step('template, checked against what the local hub knows', async () => modelOf(readAssembly(assembly), world));
    const access = accessOf(model);
    await progress.step('tables, queues, buckets', () => createResources(model, aws));
    const pools = poolsOf(model, dataDir, clock, principals.of);
    const departments = departmentsOf(access.roles);
    const profiles = new Map(departments.map(({ id, role }) => [id, principals.of(role.name, 'local', 'department')]));
    const sqsAs = clientsOf(world, clock, (pool) => principals.of(roleName(pool), pool.spec.name, 'function'));
    const poolOf = poolFinder(pools);
    const wiring = wiringOf({ model, access, clock, poolOf, sqsAs, inFlight: inFlightIn(join(dataDir, 'in-flight')) });
    const api = theApi(model, poolOf);
    const server = apiServer({ ...api, world, clock, byAccessKey: principals.byAccessKey, access, poolOf });
    const apiPort = await listen(server, port);
    await progress.step('event sources, rules, schedules', async () => {
      late.resolve({ authorize: access.authorize, wiring });
      await wiring.start();
    });
    for (const functionArn of new Set(api.definition.routes.map((route) => route.functionArn))) poolOf(functionArn).warm();
    const announcement: Announcement = {
      api: `http://127.0.0.1:${apiPort}`,
      aws: aws.url,
      region: world.region,
      credentials: join(dataDir, 'credentials'),
      departments: [...profiles.keys()],
      logs: join(dataDir, 'logs'),
      pid: process.pid,
    };
    announce(dataDir, announcement, profiles);
    return {
      announcement,
      stop: async () => {
        withdraw(dataDir);
        server.close();
        server.closeIdleConnections();
        const stopped = wiring.stop();
        await Promise.all(pools.map((pool) => pool.stop(GRACE_MS)));
        await stopped;
        server.closeAllConnections();
        await aws.close();
      },
    };
  } catch (error) {
    late.reject(error);
    await aws.close();
    throw error;
  }
}

/** What the endpoint asks for before the template, which names the endpoint's port, can be read. */
interface Late {
  readonly authorize: AwsEndpointOptions['authorize'];
  readonly wiring: Wiring;
}

interface EndpointParts {
  readonly port: number;
  readonly dataDir: string;
  readonly clock: HubClock;
  readonly byAccessKey: (id: string) => Principal | undefined;
  readonly late: Promise<Late>;
}

function endpointOptions({ port, dataDir, clock, byAccessKey, late }: EndpointParts): AwsEndpointOptions {
  let known: Late | undefined;
  late.then((value) => (known = value), () => undefined);
  return {
    port: port === 0 ? 0 : port + 1,
    dataDir,
    region: localWorld('').region,
    account: ACCOUNT,
    principals: { byAccessKey },
    clock: () => clock.now(),
    authorize: (call) => known?.authorize(call) ?? { allowed: false, why: 'the hub is starting' },
    onObjectCreated: async (event) => (await late).wiring.onObjectCreated(event),
    onStreamRecords: async (table, records) => (await late).wiring.onStreamRecords(table, records),
  };
}

const roleName = (pool: FunctionPool): string => pool.spec.roleArn.split('/').at(-1) ?? '';

function poolsOf(model: Model, dataDir: string, clock: HubClock, principalOf: ReturnType<typeof principalsOf>['of']): FunctionPool[] {
  return model.all('AWS::Lambda::Function').map((known) => {
    const role = known.properties.Role.split('/').at(-1) ?? '';
    const spec = functionSpec(model, known, principalOf(role, known.name, 'function'));
    return functionPool(spec, { logDir: join(dataDir, 'logs'), clockOffsetMs: clock.offset });
  });
}

const poolFinder = (pools: readonly FunctionPool[]) => (arnOrName: string): FunctionPool => {
  const pool = pools.find(({ spec }) => spec.arn === arnOrName || spec.name === arnOrName);
  if (!pool) throw new TemplateFault(`the template has no function ${arnOrName}`);
  return pool;
};

/** SQS clients that sign by the hub's clock, as the functions do in whose name they act. */
function clientsOf(world: World, clock: HubClock, principalOf: (pool: FunctionPool) => Principal): (pool: FunctionPool) => SQSClient {
  return (pool) => {
    const { accessKeyId, secretAccessKey, sessionToken } = principalOf(pool);
    const client = new SQSClient({
      endpoint: world.awsUrl,
      region: world.region,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
      systemClockOffset: clock.offset(),
    });
    clock.onAdvance(() => (client.config.systemClockOffset = clock.offset()));
    return client;
  };
}

export type { AwsEndpoint };

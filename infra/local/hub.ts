import type { Server } from 'node:http';
import { join } from 'node:path';
import { accessOf, type Access } from './access/access.ts';
import { principalsOf, type Principals } from './access/principals.ts';
import { announce, withdraw, type Announcement } from './announcement.ts';
import { listen } from './api/listen.ts';
import { apiServer } from './api/server.ts';
import { theApi } from './api/the-api.ts';
import type { AwsEndpoint } from './aws/endpoint.ts';
import { hubClock, type HubClock } from './clock.ts';
import { departmentsOf } from './departments.ts';
import { startEmulators } from './emulators.ts';
import { functionsOf, type Functions } from './functions.ts';
import type { Progress } from './progress.ts';
import { endLeases, RECOVERY_ROLE } from './recovery.ts';
import { createResources } from './resources.ts';
import { readAssembly } from './template/assembly.ts';
import { modelOf, type Model } from './template/model.ts';
import { ACCOUNT, localWorld } from './template/world.ts';
import { wiringOf, type Wiring } from './wiring/connect.ts';
import { inFlightIn } from './wiring/in-flight.ts';

export interface HubOptions {
  /** Of the API; the AWS endpoint takes the next one. 0 takes two free ones. */
  readonly port: number;
  /** Absolute; prepared. */
  readonly dataDir: string;
  /** Whether the data are those of an earlier run. */
  readonly resuming: boolean;
  /** Functions of the API start with their first call, not with the hub. */
  readonly cold: boolean;
  /** Whether schedules fire as time passes, or only when the clock is moved. */
  readonly ticking: boolean;
  /** Folder of a synthesized CDK app. */
  readonly assembly: string;
  readonly progress: Progress;
}

export interface RunningHub {
  readonly announcement: Announcement;
  stop(): Promise<void>;
}

/** What a running invocation gets to end by itself when the hub is stopped. */
const GRACE_MS = 3_000;

/**
 * Starts everything, in the order in which one thing needs the other; ready when it returns.
 * @throws TemplateFault where the template has something that the local hub does not know; EADDRINUSE.
 */
export async function startHub({ port, dataDir, assembly, progress, ...how }: HubOptions): Promise<RunningHub> {
  withdraw(dataDir);
  const clock = hubClock(dataDir);
  const principals = principalsOf(dataDir, ACCOUNT);
  const emulators = await progress.step('AWS endpoint: S3, DynamoDB, SQS, STS', () =>
    startEmulators({ port: port === 0 ? 0 : port + 1, dataDir, clock, principals }),
  );
  const { aws } = emulators;
  try {
    const model = await progress.step('template, checked against what the local hub knows', async () =>
      modelOf(readAssembly(assembly), localWorld(aws.url)),
    );
    const parts = partsOf({ model, dataDir, assembly, clock, principals, aws });
    await progress.step('tables, queues, buckets', () => createResources(model, aws));
    // Their keys are known before anybody is answered: those of an earlier run are the same.
    const profiles = profilesOf(parts.access, principals);
    emulators.connect(parts.access.authorize, parts.wiring);
    const apiPort = await listen(parts.server, port);
    await progress.step('what an earlier run left; event sources, rules, schedules', async () => {
      await endLeases(model, principals.of(RECOVERY_ROLE, 'local', 'function'), clock);
      await parts.wiring.start(how);
    });
    const announcement = announcementOf(`http://127.0.0.1:${apiPort}`, dataDir, model, [...profiles.keys()]);
    announce(dataDir, announcement, profiles);
    if (!how.cold) parts.warm();
    return { announcement, stop: () => stop(dataDir, parts, aws) };
  } catch (error) {
    emulators.abandon();
    await aws.close();
    throw error;
  }
}

interface Parts {
  readonly access: Access;
  readonly functions: Functions;
  readonly wiring: Wiring;
  readonly server: Server;
  /** Starts a process of each function that answers calls. */
  warm(): void;
}

interface Given {
  readonly model: Model;
  readonly dataDir: string;
  readonly assembly: string;
  readonly clock: HubClock;
  readonly principals: Principals;
  readonly aws: AwsEndpoint;
}

/** Everything that the template says, made and checked, and nothing of it started. */
function partsOf({ model, dataDir, assembly, clock, principals, aws }: Given): Parts {
  const access = accessOf(model);
  const functions = functionsOf({ model, dataDir, assembly, clock, principals });
  const wiring = wiringOf({
    model,
    access,
    clock,
    poolOf: functions.named,
    sqsAs: functions.sqsAs,
    inFlight: inFlightIn(join(dataDir, 'in-flight')),
    setAside: (queueName, receiptHandle) => aws.setAside(queueName, receiptHandle),
  });
  const api = theApi(model, functions.named);
  const server = apiServer({
    ...api,
    world: model.world,
    clock,
    byAccessKey: principals.byAccessKey,
    access,
    poolOf: functions.named,
  });
  const warm = () =>
    new Set(api.definition.routes.map(({ functionArn }) => functionArn)).forEach((arn) => functions.named(arn).warm());
  return { access, functions, wiring, server, warm };
}

const profilesOf = (access: Access, principals: Principals) =>
  new Map(departmentsOf(access.roles).map(({ id, role }) => [id, principals.of(role.name, 'local', 'department')]));

const announcementOf = (
  api: string,
  dataDir: string,
  { world }: Model,
  departments: readonly string[],
): Announcement => ({
  api,
  aws: world.awsUrl,
  region: world.region,
  credentials: join(dataDir, 'credentials'),
  departments,
  logs: join(dataDir, 'logs'),
  pid: process.pid,
});

async function stop(dataDir: string, { server, wiring, functions }: Parts, aws: AwsEndpoint): Promise<void> {
  withdraw(dataDir);
  server.close();
  server.closeIdleConnections();
  await Promise.all([wiring.stop(), functions.stop(GRACE_MS)]);
  server.closeAllConnections();
  await aws.close();
}

import type { Access } from './access/access.ts';
import type { Principals } from './access/principals.ts';
import { startAwsEndpoint, type AwsEndpoint, type AwsEndpointOptions } from './aws/endpoint.ts';
import type { HubClock } from './clock.ts';
import { RECOVERY_ROLE } from './recovery.ts';
import { ACCOUNT, REGION } from './template/world.ts';
import type { Wiring } from './wiring/connect.ts';

export interface Emulators {
  readonly aws: AwsEndpoint;
  /** From now on calls are decided by the template's policies, and events reach its functions. */
  connect(authorize: Access['authorize'], wiring: Pick<Wiring, 'onObjectCreated' | 'onStreamRecords'>): void;
  /** Nothing will be connected: events wait for the next start. */
  abandon(): void;
}

interface Connected {
  readonly authorize: Access['authorize'];
  readonly wiring: Pick<Wiring, 'onObjectCreated' | 'onStreamRecords'>;
}

export interface EmulatorOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly clock: HubClock;
  readonly principals: Principals;
}

/** The template names the endpoint's own address, so the endpoint starts first and learns afterwards what applies. */
export async function startEmulators({ port, dataDir, clock, principals }: EmulatorOptions): Promise<Emulators> {
  const later = Promise.withResolvers<Connected>();
  later.promise.catch(() => undefined);
  let connected: Connected | undefined;
  const authorize: AwsEndpointOptions['authorize'] = (call) => {
    if (call.principal.arn.includes(`/${RECOVERY_ROLE}/`)) return { allowed: true };
    return connected?.authorize(call) ?? { allowed: false, why: 'nothing is connected' };
  };
  const aws = await startAwsEndpoint({
    port,
    dataDir,
    region: REGION,
    account: ACCOUNT,
    principals,
    clock: () => clock.now(),
    before: () => clock.before(),
    // Before that nobody's keys and permissions are known.
    ready: () => connected !== undefined,
    authorize,
    onObjectCreated: async (event) => (await later.promise).wiring.onObjectCreated(event),
    onStreamRecords: async (table, records) => (await later.promise).wiring.onStreamRecords(table, records),
  });
  return {
    aws,
    connect: (decide, wiring) => {
      connected = { authorize: decide, wiring };
      later.resolve(connected);
    },
    abandon: () => later.reject(new Error('the hub did not start')),
  };
}

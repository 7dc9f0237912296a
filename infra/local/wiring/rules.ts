import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ObjectCreated } from '../aws/contracts.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import type { Json } from '../template/json.ts';
import { stackId, type World } from '../template/world.ts';
import { matcherOf } from './pattern.ts';

export interface Rule {
  readonly pattern: Json;
  readonly targets: readonly Target[];
}

interface Target {
  /** Beside the first try; Lambda's default is two. */
  readonly retries: number;
  readonly pool: FunctionPool;
  /** Where an event goes that failed on every try. */
  readonly onFailure: ((event: unknown) => Promise<void>) | undefined;
}

/** Milliseconds before each further attempt of an asynchronous invocation, two at most; Lambda waits one and two minutes. */
const PAUSES: readonly number[] = [1_000, 2_000];

/**
 * The event bus for objects and stacks: invokes the targets of every rule that matches. The first attempt is awaited; what
 * fails is tried again beside later events, since the bus keeps no order.
 */
export function eventBus(rules: readonly Rule[], signal: AbortSignal, pauses = PAUSES): (event: Json) => Promise<void> {
  const compiled = rules.map(({ pattern, targets }) => ({ matches: matcherOf(pattern), targets }));
  return async (event) => {
    const hit = compiled.flatMap(({ matches, targets }) => (matches(event) ? targets : []));
    await Promise.all(
      hit.map(async (target) => {
        const first = await target.pool.invoke(event);
        signal.throwIfAborted();
        if (!first.ok) void retry(target, event, signal, pauses);
      }),
    );
  };
}

async function retry(
  { pool, retries, onFailure }: Target,
  event: Json,
  signal: AbortSignal,
  pauses: readonly number[],
): Promise<void> {
  for (const pause of pauses.slice(0, retries)) {
    await delay(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted || (await pool.invoke(event)).ok) return;
  }
  await onFailure?.(event).catch((error: unknown) =>
    process.emitWarning(error instanceof Error ? error : String(error)),
  );
}

/** S3 User Guide, "EventBridge event message structure". */
export const objectCreatedEvent = (object: ObjectCreated, { account, region, partition }: World): Json => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Object Created',
  source: 'aws.s3',
  account,
  time: `${object.at.toISOString().slice(0, 19)}Z`,
  region,
  resources: [`arn:${partition}:s3:::${object.bucket}`],
  detail: {
    version: '0',
    bucket: { name: object.bucket },
    object: {
      key: object.key,
      size: object.size,
      etag: object.eTag,
      ...(object.versionId !== 'null' && { 'version-id': object.versionId }),
      sequencer: object.sequencer,
    },
    'request-id': randomUUID(),
    requester: object.requester,
    'source-ip-address': '127.0.0.1',
    reason: object.reason,
  },
});

/** A hub that has started is, for its template, what a deployment is (CloudFormation User Guide, "Stack Status Change"). */
export function stackCompleteEvent(stack: string, at: Date, world: World): Json {
  const id = stackId(world, stack);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'CloudFormation Stack Status Change',
    source: 'aws.cloudformation',
    account: world.account,
    time: `${at.toISOString().slice(0, 19)}Z`,
    region: world.region,
    resources: [id],
    detail: {
      'stack-id': id,
      'status-details': { status: 'UPDATE_COMPLETE', 'status-reason': '' },
      'client-request-token': randomUUID(),
    },
  };
}

import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Access } from '../access/access.ts';
import type { HubClock } from '../clock.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import type { Known, Model } from '../template/model.ts';
import type { InFlight } from './in-flight.ts';

/** What wiring needs of the rest of the hub. */
export interface WiringOptions {
  readonly model: Model;
  readonly access: Access;
  readonly clock: HubClock;
  readonly poolOf: (functionArnOrName: string) => FunctionPool;
  /** Signs as the function's role. */
  readonly sqsAs: (pool: FunctionPool) => SQSClient;
  readonly inFlight: InFlight;
  /** Moves a message to its queue's dead-letter queue. */
  readonly setAside: (queueName: string, receiptHandle: string) => void;
}

/** Where the template says it, for error texts. */
export const placeOf = ({ stack, logicalId }: Known): string => `${stack}/${logicalId}`;

import type { Log } from '../kernel/ports.ts';
import type { Routed } from './domain/routes.ts';

export interface Unsent {
  readonly routed: Routed;
  readonly error: unknown;
}

export interface EventQueues {
  /** Puts events into their queues; what one of them does not take keeps no other from its own. */
  send(events: readonly Routed[]): Promise<readonly Unsent[]>;
}

export interface Ports {
  readonly queues: EventQueues;
  readonly log: Log;
}

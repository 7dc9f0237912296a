import type { Trace } from './about.ts';
import { Fault } from './fault.ts';
import { RENEW_SECONDS, isLeased } from './lease.ts';
import type { Clock, Log, Timer } from './ports.ts';

/** Another attempt has the work now; this one must leave it alone. */
export class LeaseLost extends Error {
  constructor() {
    super('another attempt holds the lease');
    this.name = 'LeaseLost';
  }
}

export interface Lease {
  /** @throws LeaseLost once somebody else has it, and a fault once it ran out unrenewed. */
  mustHold(): void;
  /** Renews no more, and waits for a renewal under way. */
  end(): Promise<void>;
}

interface Leased {
  readonly epoch: number;
  readonly leaseUntil: string;
}

interface LeasePorts {
  readonly timer: Timer;
  readonly clock: Clock;
  readonly log: Log;
}

interface LeaseStore<T> {
  readonly renewed: (current: T, now: string) => T;
  readonly replace: (next: T) => Promise<boolean>;
  /** Called once somebody else has it. */
  readonly lost?: () => void;
}

/** Renews the lease while the work goes on. One renewal may meet a fault, as long as another succeeds before the end. */
export function holdLeaseOn<T extends Leased>(
  { timer, clock, log }: LeasePorts,
  claimed: T,
  about: Trace,
  store: LeaseStore<T>,
): Lease {
  let current = claimed;
  let lost = false;
  let renewing: Promise<void> = Promise.resolve();

  const renew = async (): Promise<void> => {
    try {
      const next = store.renewed(current, clock.now());
      if (await store.replace(next)) {
        current = next;
        return;
      }
      lost = true;
      store.lost?.();
    } catch (error) {
      log.warn('lease not renewed', { ...about, epoch: claimed.epoch, error });
    }
  };
  const stop = timer.every(RENEW_SECONDS, () => {
    renewing = renewing.then(renew);
  });

  return {
    mustHold() {
      if (lost) throw new LeaseLost();
      if (!isLeased(current, clock.now())) throw new Fault('the lease ran out before it could be renewed');
    },
    async end() {
      stop();
      await renewing;
    },
  };
}

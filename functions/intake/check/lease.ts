import { Fault } from '../../kernel/fault.ts';
import { RENEW_SECONDS, isLeased, renewed, type Claimed } from '../domain/claim.ts';
import type { Intake, Uploads } from '../ports.ts';

/** Another attempt has the upload now; this one must leave it alone. */
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

type Ports = Pick<Intake, 'timer' | 'clock' | 'log'>;

interface Leased {
  readonly epoch: number;
  readonly leaseUntil: string;
}

export const holdLease = ({ uploads, ...ports }: Ports & { readonly uploads: Uploads }, claimed: Claimed): Lease =>
  holdLeaseOn(ports, claimed, {
    renewed,
    replace: (next) => uploads.replace(next, { state: 'checking', epoch: claimed.epoch }),
  });

/** Renews the lease while the work goes on. One renewal may meet a fault, as long as another succeeds before the end. */
export function holdLeaseOn<T extends Leased & { readonly uploadId: string }>(
  { timer, clock, log }: Ports,
  claimed: T,
  store: { readonly renewed: (current: T, now: string) => T; readonly replace: (next: T) => Promise<boolean> },
): Lease {
  const { uploadId, epoch } = claimed;
  let current = claimed;
  let lost = false;
  let renewing: Promise<void> = Promise.resolve();

  const renew = async (): Promise<void> => {
    try {
      const next = store.renewed(current, clock.now());
      if (await store.replace(next)) current = next;
      else lost = true;
    } catch (error) {
      log.warn('lease not renewed', { uploadId, epoch, error });
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

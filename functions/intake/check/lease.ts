import { holdLeaseOn, type Lease } from '../../kernel/hold-lease.ts';
import { renewed, type Claimed } from '../domain/claim.ts';
import type { Intake, Uploads } from '../ports.ts';

type Ports = Pick<Intake, 'timer' | 'clock' | 'log'>;

export const holdLease = ({ uploads, ...ports }: Ports & { readonly uploads: Uploads }, claimed: Claimed): Lease =>
  holdLeaseOn(
    ports,
    claimed,
    { uploadId: claimed.uploadId },
    {
      renewed,
      replace: (next) => uploads.replace(next, { state: 'checking', epoch: claimed.epoch }),
    },
  );

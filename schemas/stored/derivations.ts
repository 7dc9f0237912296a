import * as z from 'zod';
import { DerivationRun } from '../contracts/derivation-runs.ts';
import { Lineage } from '../contracts/derivations.ts';
import { DepartmentId, Instant, ResourceId, Sha256, VersionNumber } from '../contracts/ids.ts';
import { DatasetObject } from './datasets.ts';
import { jsonText } from './json-text.ts';

/** Where the fields of a version of a derived resource come from, as found when it was published. */
export const LineageItem = z.strictObject({
  resourceId: ResourceId,
  resourceVersion: VersionNumber,
  lineage: jsonText(Lineage),
});

/** Keys of all records that ever entered: CSV, ordered, of their own. */
export const Entered = z.strictObject({ object: DatasetObject, keys: z.int().min(0) });
export type Entered = z.infer<typeof Entered>;

/** The last run of a resource's derivation, and what every run carries on. */
export const StoredDerivation = z.strictObject({
  ...DerivationRun.shape,
  provider: DepartmentId,
  /** Digest of what the run was given. */
  run: Sha256,
  epoch: z.int().min(1),
  /** While it runs. */
  leaseUntil: Instant.optional(),
  entered: Entered.optional(),
  /** What departments were told last: consumers which fields are missing, the owner how the last run ended. */
  told: z.strictObject({ lost: z.array(z.string()), ended: z.string().optional() }).optional(),
});
export type StoredDerivation = z.infer<typeof StoredDerivation>;

import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { ChangeKind } from '../../schemas/contracts/compatibility.ts';
import { compatibilityPolicy } from '../../schemas/registry/compatibility-policy.ts';
import { stakesOf, type Stake } from '../../functions/catalog/domain/stakes.ts';

/** The terms in force of an agreement. */
export function inForce(agreement: Agreement): Stake {
  const stake = stakesOf(agreement).find((each) => each.inForce);
  if (!stake) throw new Error('nothing of this agreement is in force');
  return stake;
}

/** Kinds that alter what a field, or the key of edits, means: what deliveries are held against as well. */
export const meaning: ReadonlySet<ChangeKind> = new Set(
  (Object.keys(compatibilityPolicy) as ChangeKind[]).filter((kind) => {
    const { touching, verdict } = compatibilityPolicy[kind].terms;
    return verdict === 'breaking' && (touching === 'used-fields' || touching === 'key-of-changes');
  }),
);

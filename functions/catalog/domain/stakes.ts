import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementImpact } from '../../../schemas/contracts/compatibility.ts';
import type { Terms } from '../../../schemas/contracts/terms.ts';
import { isFiled, isOver } from '../../reading/agreement.ts';
import type { Touch } from '../../reading/changes/touches.ts';
import { findVersion } from '../../reading/terms.ts';
import { worst } from './policy.ts';

/** Terms that a new version may break: those in force, and those that are being negotiated. */
export interface Stake extends Pick<
  AgreementImpact,
  'agreementId' | 'consumer' | 'termsVersion' | 'resourceVersion' | 'inForce'
> {
  readonly terms: Terms;
}

/** Of an agreement that is over, none. */
export function stakesOf(agreement: Agreement): readonly Stake[] {
  const { agreementId, consumer, amendment } = agreement;
  if (isOver(agreement)) return [];
  const stake = (named: Pick<Agreement, 'termsVersion' | 'resourceVersion'>, filed: boolean): Stake[] =>
    [findVersion(agreement, named.termsVersion)]
      .filter((version) => version !== undefined)
      .map((version) => ({
        agreementId,
        consumer,
        termsVersion: version.version,
        resourceVersion: named.resourceVersion,
        inForce: filed,
        terms: version.terms,
      }));
  return [...stake(agreement, isFiled(agreement)), ...(amendment ? stake(amendment, false) : [])];
}

/** What a definition does to some terms, and what the newest version has done to them already. */
export interface Effect {
  readonly stake: Stake;
  readonly touches: readonly Touch[];
  readonly already: readonly Touch[];
}

/** What is left to tell of a stake once that is taken away which an earlier version already did to it. */
export function impactOf({
  stake: { terms: _terms, ...stake },
  touches,
  already,
}: Effect): AgreementImpact | undefined {
  const known = new Set(already.map(textOf));
  const fresh = touches.filter((touch) => !known.has(textOf(touch)));
  if (fresh.length === 0) return undefined;
  const verdict = worst(fresh.map((touch) => touch.verdict));
  const deciding = fresh.filter((touch) => touch.verdict === verdict);
  return {
    ...stake,
    verdict,
    fields: [...new Set(deciding.flatMap(({ fields }) => fields))],
    kinds: [...new Set(deciding.map(({ kind }) => kind))],
  };
}

const textOf = ({ kind, fields }: Touch): string => JSON.stringify([kind, fields]);

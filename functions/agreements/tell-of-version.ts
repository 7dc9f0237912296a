import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { BreakingMark } from '../../schemas/stored/catalog.ts';
import { each, raise } from '../kernel/each.ts';
import { Fault } from '../kernel/fault.ts';
import { refuse, type Outcome } from '../kernel/outcome.ts';
import { after, isPast } from '../kernel/time.ts';
import { change } from './act.ts';
import { outdate } from './domain/steps/outdate.ts';
import { restore } from './domain/steps/restore.ts';
import { fittingVersion } from './fitting.ts';
import type { ClockPorts } from './ports.ts';

/** A filing that had looked at the version before may still commit (API Gateway ends a call after 30 s). */
const FILINGS_UNDER_WAY = { minutes: 1 };
const WIDTH = 4;

type Told = (agreement: Agreement) => Promise<Outcome<Agreement, string>>;

/**
 * Tells agreements of a resource version that breaks or repairs them. The mark only says whom to look at: what is so by
 * now is decided on the agreement itself, so that marks may come late, in another order, or twice, and nobody is told
 * twice. One that fails keeps no other from being told; the mark then stays.
 * @returns how many were told
 */
export async function tellOfVersion(ports: ClockPorts, mark: BreakingMark): Promise<number> {
  const { catalog, clock } = ports;
  const [published, newest] = await Promise.all([
    catalog.version(mark.resourceId, mark.resourceVersion),
    catalog.latest(mark.resourceId),
  ]);
  if (!published || !newest) throw new Fault(`resource ${mark.resourceId} lacks a version that a mark names`);
  const isNewest = newest.version === published.version;
  const whom: readonly (readonly [AgreementId, Told])[] = [
    ...mark.affected.map((broken) => [broken.agreementId, ifBroken(ports, mark, broken, isNewest)] as const),
    ...(mark.repaired ?? []).map((agreementId) => [agreementId, ifRepaired(ports)] as const),
  ];
  let told = 0;
  const faults = await each(whom, WIDTH, async ([agreementId, tell]) => {
    const outcome = await change(ports, agreementId, {}, tell);
    if (outcome.ok) told++;
    else if (outcome.refusal.code === 'changed-meanwhile')
      throw new Fault(`agreement ${agreementId} changed while it was told of ${mark.resourceId}`);
  });
  raise(`telling agreements of version ${mark.resourceVersion} of ${mark.resourceId}`, faults);
  if (isPast(after(published.publishedAt, FILINGS_UNDER_WAY), clock.now())) await ports.breaking.forget(mark);
  return told;
}

/** While it is still at the terms that were judged, does not know of as new a version, and no newer one repairs it. */
function ifBroken(
  { catalog, clock }: ClockPorts,
  { resourceVersion, graceUntil }: BreakingMark,
  { termsVersion, fields }: BreakingMark['affected'][number],
  isNewest: boolean,
): Told {
  return async (agreement) => {
    if (agreement.termsVersion !== termsVersion) return refuse('amended');
    if ((agreement.outdated?.resourceVersion ?? 0) >= resourceVersion) return refuse('told');
    if (!isNewest && (await fittingVersion(catalog, agreement))) return refuse('repaired');
    return outdate(agreement, { resourceVersion, fields, graceUntil }, clock.now());
  };
}

/** Unless a still newer version breaks it again. */
function ifRepaired({ catalog, clock }: ClockPorts): Told {
  return async (agreement) => {
    const fitting = await fittingVersion(catalog, agreement);
    return fitting ? restore(agreement, fitting.version, clock.now()) : refuse('broken-again');
  };
}

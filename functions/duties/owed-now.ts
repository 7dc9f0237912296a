import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Duty, Matter } from '../../schemas/contracts/duties.ts';
import type { DemandId } from '../../schemas/contracts/ids.ts';
import { dayIn } from '../kernel/time.ts';
import { isOver } from '../reading/agreement.ts';
import { type AgreementFacts } from './domain/agreement-case.ts';
import { dutiesOf, dutiesOfDemand } from './domain/duties.ts';
import type { Ports } from './ports.ts';

/** What is owed about something as of now. */
export interface OwedNow {
  readonly duties: readonly Duty[];
  /** Nothing will ever be owed about it again. */
  readonly over: boolean;
  readonly receivedUpTo: number;
}

const nothing: OwedNow = { duties: [], over: true, receivedUpTo: 0 };

export const todayOf = ({ clock, timeZone }: Pick<Ports, 'clock' | 'timeZone'>): string => dayIn(timeZone, clock.now());

/**
 * Reads and decides: the agreement or demand strongly, and of other things what its state makes a question of.
 * @param receivedUpTo the position in the consumer's history up to which an earlier look found no delivery waiting
 */
export async function owedNow(ports: Ports, { agreementId, demandId }: Matter, receivedUpTo = 0): Promise<OwedNow> {
  if (demandId !== undefined) return owedAboutDemand(ports, demandId);
  const agreement = agreementId && (await ports.facts.agreement(agreementId));
  return agreement ? owedUnder(ports, agreement, receivedUpTo) : nothing;
}

async function owedAboutDemand(ports: Ports, demandId: DemandId): Promise<OwedNow> {
  const demand = await ports.facts.demand(demandId);
  if (!demand) return nothing;
  const duties = dutiesOfDemand({ demand, timeZone: ports.timeZone, today: todayOf(ports) });
  return { duties, over: demand.state !== 'open', receivedUpTo: 0 };
}

/** The same of an agreement that was read already. */
export async function owedUnder(ports: Ports, agreement: Agreement, receivedUpTo: number): Promise<OwedNow> {
  const { timeZone, authorities } = ports;
  const { facts, upTo } = await factsOn(ports, agreement, receivedUpTo);
  const duties = dutiesOf({ agreement, facts, timeZone, authorities, today: todayOf(ports) });
  return { duties, over: isOver(agreement) && duties.length === 0, receivedUpTo: upTo };
}

/** Only under an active agreement does it matter what was uploaded, delivered and received. */
async function factsOn(
  { facts }: Ports,
  agreement: Agreement,
  receivedUpTo: number,
): Promise<{ readonly facts: AgreementFacts; readonly upTo: number }> {
  const { agreementId, resourceId, resourceVersion, amendment, state } = agreement;
  const { shareType, updateCycle } = await facts.resource(resourceId, amendment?.resourceVersion ?? resourceVersion);
  const nothingYet = { datasetAt: undefined, delivered: false, unreceivedSince: undefined, listWaiting: undefined };
  const known = { shareType, updateCycle, ...nothingYet };
  if (state !== 'active') return { facts: known, upTo: receivedUpTo };
  const [datasetAt, delivered, unreceived, listWaiting] = await Promise.all([
    facts.datasetAt(resourceId),
    facts.hasDelivered(agreementId),
    facts.unreceived(agreement, receivedUpTo),
    facts.listWaiting(agreement),
  ]);
  return {
    facts: { ...known, datasetAt, delivered, unreceivedSince: unreceived.since, listWaiting },
    upTo: unreceived.upTo,
  };
}

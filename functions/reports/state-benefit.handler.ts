import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { AskedFigures, Benefit } from '../../schemas/contracts/reports.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredBenefit } from '../../schemas/stored/reports.ts';
import type { Caller } from '../kernel/caller.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { digestOf } from '../kernel/digest.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { noticeTo } from '../kernel/notice.ts';
import { done, refuse, type Outcome } from '../kernel/outcome.ts';
import { sumOfAsked } from './domain/asked.ts';
import { benefitFigures, stateBenefit } from './domain/benefit.ts';
import { foundOf, ofKind, type AskedOnce, type Named } from './domain/rests-on.ts';
import type { Ports } from './ports.ts';

export const shown = ({ themes: _themes, ...benefit }: StoredBenefit): Benefit => benefit;

/** What a consumer says of a month, with its evidence and a word to the provider that its data were good for something. */
export const stateBenefitHandler = (ports: Ports) =>
  endpoint(
    routes.stateBenefit,
    async (call) => {
      const { params, body, caller } = call;
      const agreement = await ports.agreements.find(params.agreementId);
      if (!agreement) return refuse('not-found');
      const facts = await ports.catalog.facts(agreement.resourceId, agreement.resourceVersion);
      const { clock, timeZone } = ports;
      const stating = { by: caller, at: clock.now(), timeZone, themes: facts?.themes ?? [] };
      const outcome = stateBenefit(agreement, body, stating);
      if (!outcome.ok) return outcome;
      const found = await foundIn(ports, outcome.value);
      if (!found.ok) return found;
      const benefit = { ...outcome.value, ...(found.value && { found: found.value }) };
      const act = {
        benefit,
        evidence: evidence(ports, benefit, agreement.resourceVersion, caller),
        notices: [notice(benefit)],
        answer: call.refer({ agreementId: benefit.agreementId, period: benefit.period }),
      };
      return (await ports.benefits.state(act)) ? done(shown(benefit)) : refuse('changed-meanwhile');
    },
    async (_call, { agreementId, period }) => {
      const stated = await ports.benefits.find(agreementId as AgreementId, String(period));
      if (!stated) throw new Fault(`agreement ${agreementId} has no benefit of ${period}`);
      return done(shown(stated));
    },
  );

/** What the lookups and comparisons came to that a statement rests on; undefined where it names none. */
async function foundIn(
  ports: Ports,
  { restsOn, agreementId, period }: StoredBenefit,
): Promise<Outcome<AskedFigures | undefined, 'invalid-statement'>> {
  if (!restsOn) return done(undefined);
  const { lookups, comparisons } = restsOn;
  const named = async <Id extends string>(
    kind: 'lookups' | 'comparisons',
    which: 'all' | readonly Id[],
    read: (id: Id) => Promise<AskedOnce | undefined>,
  ): Promise<Named> =>
    which === 'all'
      ? ofKind(kind, sumOfAsked(await ports.uses.asked(agreementId, period)))
      : Promise.all(which.map(read));
  const found = {
    ...(lookups && { lookups: await named('lookups', lookups, (id) => ports.answers.lookup(id)) }),
    ...(comparisons && { comparisons: await named('comparisons', comparisons, (id) => ports.answers.comparison(id)) }),
  };
  return foundOf(found, { agreementId, period, timeZone: ports.timeZone });
}

function evidence(ports: Ports, benefit: StoredBenefit, resourceVersion: number, caller: Caller) {
  const { agreementId, resourceId, provider, consumer } = benefit;
  const subject = { agreementId, resourceId, resourceVersion, provider, consumer };
  const digests = { ...(benefit.restsOn && { restsOn: digestOf(benefit.restsOn) }) };
  return evidenceOf(ports, 'benefit-stated', actorOf(caller), subject, digests, benefitFigures(benefit));
}

function notice({ agreementId, resourceId, provider, consumer, period, statedAt }: StoredBenefit) {
  return noticeTo(provider, [agreementId, period, statedAt], {
    type: 'agreement',
    event: 'benefit-stated',
    at: statedAt,
    by: consumer,
    agreementId,
    resourceId,
    path: pathOf(places.listBenefits, { agreementId }),
  });
}

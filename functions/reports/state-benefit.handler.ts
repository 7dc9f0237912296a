import type { AgreementId } from '../../schemas/contracts/ids.ts';
import type { Benefit } from '../../schemas/contracts/reports.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredBenefit } from '../../schemas/stored/reports.ts';
import type { Caller } from '../kernel/caller.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import { noticeTo } from '../kernel/notice.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { benefitFigures, stateBenefit } from './domain/benefit.ts';
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
      const benefit = outcome.value;
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

function evidence(ports: Ports, benefit: StoredBenefit, resourceVersion: number, caller: Caller) {
  const { agreementId, resourceId, provider, consumer } = benefit;
  const subject = { agreementId, resourceId, resourceVersion, provider, consumer };
  return evidenceOf(ports, 'benefit-stated', actorOf(caller), subject, {}, benefitFigures(benefit));
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

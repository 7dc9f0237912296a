import type { CorrectionId } from '../../../schemas/contracts/ids.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import type { Released } from '../../reading/released.ts';
import { termsOf } from '../../reading/terms.ts';
import { correctionAct, correctionAgain, shownCorrection } from './correction-act.ts';
import { asReleasedTo } from '../domain/access.ts';
import { correctionProblems, reported } from '../domain/corrections.ts';
import type { Corrections, Deliveries, Facts } from '../ports.ts';

export interface ReportPorts extends Hub {
  readonly facts: Pick<Facts, 'agreement' | 'schema'>;
  readonly deliveries: Pick<Deliveries, 'find'>;
  readonly corrections: Corrections;
}

/** An error in delivered data can be reported whatever became of the agreement and of the hub's own copy. */
export const reportCorrection = (ports: ReportPorts) =>
  endpoint(
    routes.reportCorrection,
    async (call) => {
      const { caller, params, body } = call;
      const delivery = asReleasedTo(await ports.deliveries.find(params.deliveryId), caller.department);
      if (!delivery.ok) return delivery;
      call.note(traceOf(delivery.value));
      const { terms, schema } = await agreedFor(ports, delivery.value);
      const violations = correctionProblems(body, terms, schema);
      if (violations.length > 0) return refuse('invalid-correction', { violations });

      const correction = reported(ports.ids.next() as CorrectionId, delivery.value, body, ports.clock.now());
      const shown = shownCorrection(correction);
      const act = correctionAct(
        ports,
        correction,
        actorOf(caller),
        call.refer({ correctionId: correction.correctionId }),
      );
      return (await ports.corrections.report(act)) ? done(shown) : refuse('changed-meanwhile');
    },
    correctionAgain(ports),
  );

/** What the delivery was to hold: its own terms version, and the resource version that those speak of. */
async function agreedFor({ facts }: ReportPorts, delivery: Released) {
  const { agreementId, termsVersion, resourceId, resourceVersion } = delivery;
  const agreement = (await facts.agreement(agreementId))?.value;
  if (!agreement) throw new Fault(`agreement ${agreementId} is not there`);
  return { terms: termsOf(agreement, termsVersion), schema: await facts.schema(resourceId, resourceVersion) };
}

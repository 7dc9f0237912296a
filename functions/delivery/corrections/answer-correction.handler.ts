import { routes } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import type { Hub } from '../../kernel/ports.ts';
import { correctionAct, correctionAgain, shownCorrection } from './correction-act.ts';
import { answered } from '../domain/corrections.ts';
import type { Corrections, Facts } from '../ports.ts';

export interface AnswerPorts extends Hub {
  readonly facts: Pick<Facts, 'currentDataset'>;
  readonly corrections: Corrections;
}

/** The provider says what it will do. The dataset in force is read before, so that a later one can be the correction. */
export const answerCorrection = (ports: AnswerPorts) =>
  endpoint(
    routes.answerCorrection,
    async (call) => {
      const { caller, params, body } = call;
      const found = await ports.corrections.find(params.correctionId);
      if (!found) return refuse('not-found');
      const newest = (await ports.facts.currentDataset(found.value.resourceId))?.datasetVersion ?? 0;
      const outcome = answered(found.value, caller.department, body, newest, ports.clock.now());
      if (!outcome.ok) return outcome;
      call.note(traceOf(outcome.value));
      const shown = shownCorrection(outcome.value);
      const act = correctionAct(
        ports,
        outcome.value,
        actorOf(caller),
        call.refer({ correctionId: outcome.value.correctionId }),
      );
      return (await ports.corrections.replace(act, found.revision)) ? done(shown) : refuse('changed-meanwhile');
    },
    correctionAgain(ports),
  );

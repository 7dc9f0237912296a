import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { answer } from './domain/dispute.ts';
import type { Ports } from './ports.ts';

export const answerHandler = (ports: Ports) =>
  endpoint(
    routes.answerDispute,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        answer(agreement, call.caller, call.body.reason, ports.clock.now()),
      ),
    shownAgain(ports),
  );

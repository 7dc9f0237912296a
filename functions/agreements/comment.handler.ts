import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change, shownAgain } from './act.ts';
import { comment } from './domain/comment.ts';
import type { Ports } from './ports.ts';

export const commentHandler = (ports: Ports) =>
  endpoint(
    routes.commentOnAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, (agreement) =>
        comment(agreement, call.caller, call.body.text, ports.clock.now()),
      ),
    shownAgain(ports),
  );

import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { refuse } from '../kernel/outcome.ts';
import { actOf } from './act.ts';
import { dayIn } from '../kernel/day.ts';
import { propose } from './domain/propose.ts';
import type { Ports } from './ports.ts';

export const proposeHandler = (ports: Ports) =>
  endpoint(routes.proposeAgreement, async (call) => {
    const resource = await ports.catalog.latest(call.body.resourceId);
    if (!resource) return refuse('resource-not-found');
    const at = ports.clock.now();
    const outcome = propose(
      resource,
      call.body.terms,
      call.caller,
      ports.ids.next() as AgreementId,
      at,
      dayIn(ports.timeZone, at),
    );
    if (!outcome.ok) return outcome;
    return (await ports.agreements.add(actOf(ports, outcome.value, call))) ? outcome : refuse('changed-meanwhile');
  });

import { routes } from '../../schemas/contracts/routes.ts';
import { Fault } from '../kernel/fault.ts';
import { endpoint } from '../kernel/http.ts';
import { change, momentOf, shownAgain } from './act.ts';
import { counter } from './domain/counter.ts';
import type { Ports } from './ports.ts';

export const counterHandler = (ports: Ports) =>
  endpoint(
    routes.counterAgreement,
    (call) =>
      change(ports, call.params.agreementId, call, async (agreement) => {
        const resource = await ports.catalog.latest(agreement.resourceId);
        if (!resource) throw new Fault(`resource ${agreement.resourceId} has an agreement and no version`);
        return counter(agreement, call.caller, { terms: call.body.terms, resource }, momentOf(ports));
      }),
    shownAgain(ports),
  );

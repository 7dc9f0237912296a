import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { shownAgain } from './act.ts';
import { begin } from './begin.ts';
import type { Ports } from './ports.ts';

export const proposeHandler = (ports: Ports) =>
  endpoint(
    routes.proposeAgreement,
    (call) => begin(ports, call, { agreementId: ports.ids.next() as AgreementId, ...call.body }),
    shownAgain(ports),
  );

import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { change } from './act.ts';
import { dayIn } from '../kernel/day.ts';
import { file } from './domain/file.ts';
import type { Ports } from './ports.ts';

export const fileHandler = (ports: Ports) =>
  endpoint(routes.fileAgreement, (call) => {
    const at = ports.clock.now();
    return change(ports, call.params.agreementId, call, (agreement) =>
      file(agreement, call.caller, call.body.filingNumber, at, dayIn(ports.timeZone, at)),
    );
  });

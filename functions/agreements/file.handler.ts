import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/http.ts';
import { refuse } from '../kernel/outcome.ts';
import { change, momentOf, shownAgain } from './act.ts';
import { file } from './domain/file.ts';
import { fittingVersion } from './fitting.ts';
import type { Ports } from './ports.ts';

export const fileHandler = (ports: Ports) =>
  endpoint(
    routes.fileAgreement,
    (call) =>
      change<Refusals>(ports, call.params.agreementId, call, async (agreement) => {
        const outcome = file(agreement, call.caller, call.body.filingNumber, momentOf(ports));
        // Terms that the newest version breaks would be in force to be suspended: they are negotiated anew instead.
        const fits = outcome.ok && (await fittingVersion(ports.catalog, outcome.value)) !== undefined;
        return !outcome.ok || fits ? outcome : refuse('terms-outdated');
      }),
    shownAgain(ports),
  );

type Refusals = keyof typeof routes.fileAgreement.errors;

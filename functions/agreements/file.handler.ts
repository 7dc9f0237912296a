import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { Fault } from '../kernel/fault.ts';
import { endpoint } from '../kernel/http.ts';
import { refuse } from '../kernel/outcome.ts';
import { fitsTerms } from '../records/index.ts';
import { change, momentOf } from './act.ts';
import { file } from './domain/file.ts';
import { currentTerms } from './domain/terms.ts';
import type { Ports } from './ports.ts';

export const fileHandler = (ports: Ports) =>
  endpoint(routes.fileAgreement, (call) =>
    change<Refusals>(ports, call.params.agreementId, call, async (agreement) => {
      const outcome = file(agreement, call.caller, call.body.filingNumber, momentOf(ports));
      return !outcome.ok || (await meansWhatWasAgreed(ports, outcome.value)) ? outcome : refuse('terms-outdated');
    }),
  );

type Refusals = keyof typeof routes.fileAgreement.errors;

/** Terms that the resource's newest version breaks could never be delivered under: they are negotiated anew instead. */
async function meansWhatWasAgreed({ catalog }: Ports, agreement: Agreement): Promise<boolean> {
  const { resourceId, resourceVersion } = agreement;
  const newest = await catalog.latest(resourceId);
  const pinned = newest?.version === resourceVersion ? newest : await catalog.version(resourceId, resourceVersion);
  if (!newest || !pinned) throw new Fault(`resource ${resourceId} lacks a version that an agreement names`);
  return fitsTerms(currentTerms(agreement).terms, {
    pinned: pinned.definition.schema,
    actual: newest.definition.schema,
  });
}

import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { ResourceUse } from '../../schemas/contracts/uses.ts';
import type { Caller } from '../kernel/caller.ts';
import { endpoint, type Endpoint } from '../kernel/endpoint.ts';
import { Fault } from '../kernel/fault.ts';
import { done, type Outcome } from '../kernel/outcome.ts';
import { partOf, useOf } from '../reading/derivation/uses.ts';
import { change, momentOf } from './act.ts';
import { consent, object } from './domain/steps/consent.ts';
import { newest } from './fitting.ts';
import type { Ports } from './ports.ts';

interface Answering {
  readonly caller: Caller;
  readonly params: { readonly agreementId: AgreementId };
}

/** Steps of departments whose fields are granted. They are no party, and are answered what concerns their part. */
export const consents: readonly ((ports: Ports) => Endpoint)[] = [
  (ports) =>
    endpoint(
      routes.consentToAgreement,
      async (call) => {
        const { caller, params, body } = call;
        const taken = await change(ports, params.agreementId, call, (agreement) =>
          consent(agreement, caller, body, momentOf(ports).at),
        );
        return taken.ok ? answered(ports, call, taken.value) : taken;
      },
      (call) => again(ports, call),
    ),
  (ports) =>
    endpoint(
      routes.objectToAgreement,
      async (call) => {
        const { caller, params, body } = call;
        const taken = await change(ports, params.agreementId, call, (agreement) =>
          object(agreement, caller, body, momentOf(ports).at),
        );
        return taken.ok ? answered(ports, call, taken.value) : taken;
      },
      (call) => again(ports, call),
    ),
];

/** What the agreement uses of its part, with its answer. */
async function answered(
  ports: Ports,
  { caller }: Answering,
  agreement: Agreement,
): Promise<Outcome<ResourceUse, never>> {
  const resource = await newest(ports.catalog, agreement);
  const inherited = await ports.catalog.inherited(resource, momentOf(ports).today);
  return done(useOf(agreement, partOf(inherited, caller.department)));
}

/** Of a repeated call: as it is by then. */
async function again(ports: Ports, call: Answering): Promise<Outcome<ResourceUse, never>> {
  const found = await ports.agreements.find(call.params.agreementId);
  if (!found) throw new Fault(`agreement ${call.params.agreementId} is not there`);
  return answered(ports, call, found.value);
}

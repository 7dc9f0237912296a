import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { restsOnOf } from '../datasets/rests-on.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { Fault } from '../kernel/fault.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { impactOf } from '../reading/derivation/impact.ts';
import { judgeDerivation, type DerivedDefinition } from '../reading/derivation/judge.ts';
import { rightTo, statementInput, type InputInUse } from '../reading/derivation/rights.ts';
import { isFiled } from '../reading/agreement.ts';
import { termsOf } from '../reading/terms.ts';
import { mayReadAll } from './domain/shown.ts';
import type { ReadPorts } from './ports.ts';

export const readImpactHandler = (ports: ReadPorts) =>
  endpoint(routes.readImpact, async ({ caller, params: { resourceId }, query: { without } }) => {
    const { facts, clock, timeZone } = ports;
    const version = (await facts.resource(resourceId))?.version;
    if (!version?.definition.derivation) return refuse('not-found');
    const today = dayIn(timeZone, clock.now());
    const found = await facts.inputs(version, today);
    const inputs = found.flatMap(([name, input]) => {
      const right = rightTo(input, version.provider, today);
      return input && right.kind !== 'none' ? [[name, { ...input, right }] as const] : [];
    });
    const lost = inputs.filter(([, input]) => isBy(input, without));
    const isSource = lost.some(([, input]) => input.version.provider === caller.department);
    if (lost.length === 0 || !(mayReadAll(version, caller) || isSource)) return refuse('not-found');
    const definition = version.definition as DerivedDefinition;
    const judged = await ports.withParser((parse) => judgeDerivation(definition, found, { today, parse, lost: true }));
    if (!judged.ok) throw new Fault(`the derivation of ${resourceId} is not what it was published as`);
    const statementInputs = Object.fromEntries(inputs.map(([name, input]) => [name, statementInput(input)]));
    const gone = inputs.filter(([, { right }]) => right.kind === 'lost');
    const names = [...new Set([...lost, ...gone].map(([name]) => name))];
    const { schema, derivation } = definition;
    const impact = impactOf(derivation, judged.value.statement, statementInputs, schema, names);
    const dataset = await facts.dataset(resourceId);
    return done({
      resourceId,
      resourceVersion: version.version,
      without,
      ...impact,
      lost: [...impact.lost],
      agreements: (await facts.agreementsOn(resourceId)).filter(isFiled).flatMap((agreement) => {
        const fields = termsOf(agreement).fields.filter((field) => impact.lost.includes(field));
        const { agreementId, consumer } = agreement;
        return fields.length > 0 ? [{ agreementId, consumer, fields }] : [];
      }),
      contentStops: restsOnOf(dataset).some(({ agreementId }) => agreementId === without),
    });
  });

const isBy = ({ right }: InputInUse, agreementId: AgreementId): boolean =>
  right.kind !== 'own' && right.grant.agreementId === agreementId;

import { inheritedTerms } from '../../../../functions/reading/derivation/inheritance/inherited.ts';
import {
  judgeDerivation,
  type DerivedDefinition,
  type FoundInputs,
  type JudgedDerivation,
} from '../../../../functions/reading/derivation/judge.ts';
import { inputTerms } from '../../../../functions/reading/derivation/rights.ts';
import type { Parse } from '../../../../functions/reading/derivation/check-statement.ts';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { InheritedTerms } from '../../../../schemas/contracts/derivations.ts';
import type { ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { isRefusal } from '../../../protocol/refused.ts';
import { routes } from '../../../protocol/routes.ts';
import { Failure } from '../../terminal/failure.ts';
import { moment } from '../../../words/quantity.ts';
import { invalid } from '../../upload/checking/definition-file.ts';
import type { Made } from '../derive-screens.ts';

export function mustBeDerived(file: string, definition: ResourceDefinition): DerivedDefinition {
  const { derivation } = definition;
  if (derivation) return { ...definition, derivation };
  throw new Failure({
    what: `${file} has no derivation.`,
    next: ['hub publish publishes a resource that is uploaded; functions/derive/README.md says what a derivation is.'],
    code: 'not-derived',
  });
}

/**
 * Judges a derivation by the hub's own rules, on this machine: what its owner has by its agreements of today the hub is
 * asked for, and nothing is changed there.
 */
export async function judged(
  client: HubClient,
  file: string,
  definition: DerivedDefinition,
  parse: Parse,
): Promise<JudgedDerivation> {
  const today = moment(new Date().toISOString()).slice(0, 'YYYY-MM-DD'.length);
  const found = await foundInputs(client, definition);
  const outcome = await judgeDerivation(definition, found, { today, parse, lost: false });
  if (outcome.ok) return outcome.value;
  throw invalid(file, [...(outcome.refusal.violations ?? [])]);
}

/** Where each field comes from, and what it inherits. */
export function madeOf({ derivation }: DerivedDefinition, { inputs, lineage }: JudgedDerivation): Made {
  const terms = Object.fromEntries(inputs.map(([name, input]) => [name, inputTerms(input)]));
  const inherited = new Map(
    inheritedTerms(lineage, terms, derivation).map(({ field, ...inherits }) => [field, inherits]),
  );
  return {
    inputs: derivation.inputs,
    fields: lineage.fields.map((one) => {
      const inherits = inherited.get(one.field);
      return { ...one, ...(inherits && { inherits }) };
    }),
  };
}

const foundInputs = (client: HubClient, { derivation, provider }: DerivedDefinition): Promise<FoundInputs> =>
  Promise.all(
    Object.entries(derivation.inputs).map(async ([name, { resourceId }]) => {
      const version = await unlessUnknown(client.call(routes.readResource, { params: { resourceId } }));
      if (!version) return [name, undefined] as const;
      const isOwn = version.provider === provider;
      const agreements = isOwn ? [] : await agreementsOn(client, resourceId, provider);
      const inherited = isOwn && version.definition.derivation ? await inheritedOf(client, version) : undefined;
      return [name, { version, agreements, inherited }] as const;
    }),
  );

async function agreementsOn(client: HubClient, resourceId: string, consumer: string): Promise<Agreement[]> {
  const found: Agreement[] = [];
  for await (const summary of client.list(routes.listAgreements, { query: { resourceId } })) {
    if (summary.consumer !== consumer || summary.filingNumber === undefined) continue;
    found.push(await client.call(routes.readAgreement, { params: { agreementId: summary.agreementId } }));
  }
  return found;
}

async function inheritedOf(client: HubClient, { resourceId }: ResourceVersion): Promise<InheritedTerms[]> {
  const { fields } = await client.call(routes.readLineage, { params: { resourceId } });
  return fields.flatMap(({ field, inherits }) => (inherits ? [{ field, ...inherits }] : []));
}

async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (cause) {
    if (isRefusal(cause, 'not-found')) return undefined;
    throw cause;
  }
}

import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, SchemeId } from '../../../schemas/contracts/ids.ts';
import type { SchemeStep, SchemeSteps } from '../../../schemas/contracts/schemes.ts';
import type { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { RefusalCode } from '../../../schemas/words/refusals.ts';
import type { Caller } from '../../kernel/caller.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { isParty } from '../../reading/agreement.ts';
import { seesAll } from '../../reading/oversight.ts';
import { change } from '../act.ts';
import { refusedPart } from '../domain/scheme.ts';
import { eachOf } from './each.ts';
import type { SchemePorts } from './ports.ts';

interface Named {
  readonly agreementId: AgreementId;
}

/** One step of the capability, on one agreement of many. */
export interface Step<N extends Named> {
  /** A repetition of the call finds its own work done. */
  readonly isTaken: (agreement: Agreement, named: N) => boolean;
  readonly take: (
    agreement: Agreement,
    named: N,
  ) => Outcome<Agreement, RefusalCode> | Promise<Outcome<Agreement, RefusalCode>>;
}

interface Calling {
  readonly caller: Caller;
  readonly params: { readonly schemeId: SchemeId };
  readonly answer: (steps: SchemeSteps) => StoredAnswer | undefined;
}

/** Takes one step on each of the named agreements, each a transaction of its own, and tells what came of each. */
export async function takeSteps<N extends Named>(
  ports: SchemePorts,
  { caller, params: { schemeId }, answer }: Calling,
  named: readonly N[],
  step: Step<N>,
): Promise<Outcome<SchemeSteps, 'not-found' | 'not-a-party' | 'changed-meanwhile'>> {
  const scheme = await ports.schemes.find(schemeId);
  if (!scheme) return refuse('not-found');
  const items = await eachOf(named, (one) =>
    scheme.parts.some(({ agreementId }) => agreementId === one.agreementId)
      ? taken(ports, caller, one, step)
      : notFound(one),
  );
  // Whoever has no part in a scheme does not learn that there is one.
  if (items.every(({ refusal }) => refusal?.code === 'not-found'))
    return refuse(seesAll(caller) ? 'not-a-party' : 'not-found');
  const steps = { schemeId, items };
  const toKeep = answer(steps);
  return toKeep === undefined || (await ports.schemes.keepAnswer(toKeep)) ? done(steps) : refuse('changed-meanwhile');
}

async function taken<N extends Named>(
  ports: SchemePorts,
  caller: Caller,
  named: N,
  { isTaken, take }: Step<N>,
): Promise<SchemeStep> {
  const { agreementId } = named;
  const current = (await ports.agreements.find(agreementId))?.value;
  if (!current || !isParty(current, caller.department)) return notFound(named);
  if (isTaken(current, named)) return { agreementId, state: current.state };
  const outcome = await change(ports, agreementId, { caller }, (agreement) => take(agreement, named));
  return outcome.ok
    ? { agreementId, state: outcome.value.state }
    : { agreementId, refusal: refusedPart(outcome.refusal) };
}

const notFound = async ({ agreementId }: Named): Promise<SchemeStep> => ({
  agreementId,
  refusal: refusedPart({ code: 'not-found' }),
});

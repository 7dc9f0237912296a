import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, SchemeId } from '../../../schemas/contracts/ids.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import type { Scheme, SchemePart } from '../../../schemas/contracts/schemes.ts';
import type { StoredScheme } from '../../../schemas/stored/agreements.ts';
import type { Caller } from '../../kernel/caller.ts';
import { derivedId, digestOf } from '../../kernel/digest.ts';
import { endpoint, type Call } from '../../kernel/endpoint.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { begin, type Wanted } from '../begin.ts';
import { partFor, partOf, refusedPart, schemeProblems } from '../domain/scheme.ts';
import { eachOf } from './each.ts';
import type { SchemePorts } from './ports.ts';
import { schemeShown } from './shown.ts';

/**
 * Each proposal is a transaction of its own. The scheme is there before them, with their ids, which a repetition of the call
 * finds again: what was cut off is completed, and nothing is proposed twice.
 */
export const proposeSchemeHandler = (ports: SchemePorts) =>
  endpoint(
    routes.proposeScheme,
    async (call) => {
      const { body, caller } = call;
      const violations = schemeProblems(body, caller.department);
      if (violations.length > 0) return refuse('invalid-scheme', { violations });
      const stored = await ports.schemes.begin(wanted(ports, call));
      if (stored.digest !== digestOf(body)) return refuse('idempotency-key-reused');

      const { schemeId, name, startedAt } = stored;
      const { department } = caller;
      // What is stored is what was asked for, one for one.
      const wishes = body.proposals.map(({ terms }, i) => ({ ...stored.parts[i]!, terms, scheme: schemeId }));
      const items = await eachOf(wishes, (wish) => proposed(ports, caller, wish));
      const parts = stored.parts.map((part, i) => ({ ...part, refusal: items[i]?.refusal }));
      const scheme: Scheme = { schemeId, name, proposedBy: department, startedAt, items };
      return (await ports.schemes.conclude({ ...stored, parts }, call.refer({ schemeId })))
        ? done(scheme)
        : refuse('changed-meanwhile');
    },
    async ({ caller }, { schemeId }) => {
      const scheme = await schemeShown(ports, schemeId as SchemeId, caller);
      if (!scheme) throw new Fault(`scheme ${schemeId} is not there`);
      return done(scheme);
    },
  );

/** With an Idempotency-Key the scheme's id is that of the key, without one a new one. */
function wanted(ports: SchemePorts, call: Call<typeof routes.proposeScheme>): StoredScheme {
  const { body, caller } = call;
  const { department } = caller;
  const facts = { name: body.name, proposedBy: department, consumer: department, startedAt: ports.clock.now() };
  const fresh = ports.ids.next() as SchemeId;
  const key = call.refer({ schemeId: fresh })?.key;
  const schemeId = key === undefined ? fresh : (derivedId('scheme', department, key) as SchemeId);
  const next = () => ports.ids.next() as AgreementId;
  const parts = body.proposals.map((proposal) => partFor(schemeId, proposal, department, next));
  return { schemeId, ...facts, digest: digestOf(body), parts };
}

async function proposed(ports: SchemePorts, caller: Caller, wanted: Wanted): Promise<SchemePart> {
  const { agreementId, resourceId, consumer = caller.department } = wanted;
  const earlier = await found(ports, agreementId);
  if (earlier) return partOf(earlier);
  const outcome = await begin(ports, { caller }, wanted);
  if (outcome.ok) return partOf(outcome.value);
  // A repetition of the call may have been quicker: then it is there now.
  const meanwhile = outcome.refusal.code === 'changed-meanwhile' ? await found(ports, agreementId) : undefined;
  return meanwhile ? partOf(meanwhile) : { resourceId, consumer, refusal: refusedPart(outcome.refusal) };
}

const found = async ({ agreements }: SchemePorts, id: AgreementId): Promise<Agreement | undefined> =>
  (await agreements.find(id))?.value;

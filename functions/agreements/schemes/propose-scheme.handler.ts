import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { AgreementId, SchemeId } from '../../../schemas/contracts/ids.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import type { Scheme, SchemeBody, SchemePart } from '../../../schemas/contracts/schemes.ts';
import type { StoredScheme } from '../../../schemas/stored/agreements.ts';
import type { Caller } from '../../kernel/caller.ts';
import { derivedId, digestOf } from '../../kernel/digest.ts';
import { endpoint, type Call } from '../../kernel/endpoint.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { begin } from '../begin.ts';
import { partId, partOf, refusedPart, schemeProblems } from '../domain/scheme.ts';
import { eachOf } from './each.ts';
import type { SchemePorts } from './ports.ts';
import { schemeShown } from './shown.ts';

/**
 * Each proposal is a transaction of its own. The scheme is there before them, with ids that a repetition of the call derives
 * again: what was cut off is completed, and nothing is proposed twice.
 */
export const proposeSchemeHandler = (ports: SchemePorts) =>
  endpoint(
    routes.proposeScheme,
    async (call) => {
      const { body, caller } = call;
      const violations = schemeProblems(body);
      if (violations.length > 0) return refuse('invalid-scheme', { violations });
      const stored = await ports.schemes.begin(wanted(ports, call));
      if (stored.digest !== digestOf(body)) return refuse('idempotency-key-reused');

      const outcomes = await eachOf(body.proposals, (proposal) => proposed(ports, caller, stored.schemeId, proposal));
      const parts = stored.parts.map((part, i) => ({ ...part, refusal: outcomes[i]?.refusal }));
      const { schemeId, name, consumer, startedAt } = stored;
      const scheme: Scheme = { schemeId, name, consumer, startedAt, items: outcomes };
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
  const { name, proposals } = body;
  const facts = { name, consumer: caller.department, startedAt: ports.clock.now() };
  const fresh = ports.ids.next() as SchemeId;
  const key = call.refer({ schemeId: fresh })?.key;
  const schemeId = key === undefined ? fresh : (derivedId('scheme', caller.department, key) as SchemeId);
  const parts = proposals.map(({ resourceId }) => ({ resourceId, agreementId: partId(schemeId, resourceId) }));
  return { schemeId, ...facts, digest: digestOf(body), parts };
}

async function proposed(
  ports: SchemePorts,
  caller: Caller,
  scheme: SchemeId,
  { resourceId, terms }: SchemeBody['proposals'][number],
): Promise<SchemePart> {
  const agreementId = partId(scheme, resourceId);
  const earlier = await found(ports, agreementId);
  if (earlier) return partOf(earlier);
  const outcome = await begin(ports, { caller }, { agreementId, resourceId, terms, scheme });
  if (outcome.ok) return partOf(outcome.value);
  // A repetition of the call may have been quicker: then it is there now.
  const meanwhile = outcome.refusal.code === 'changed-meanwhile' ? await found(ports, agreementId) : undefined;
  return meanwhile ? partOf(meanwhile) : { resourceId, refusal: refusedPart(outcome.refusal) };
}

const found = async ({ agreements }: SchemePorts, id: AgreementId): Promise<Agreement | undefined> =>
  (await agreements.find(id))?.value;

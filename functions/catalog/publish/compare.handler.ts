import { routes } from '../../../schemas/contracts/routes.ts';
import { digestOf } from '../../kernel/digest.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { readAtStake } from './at-stake.ts';
import { lineageOf } from './derived.ts';
import { compare } from '../domain/compare.ts';
import { mayPublish, problemsOf, turnedProblems } from '../domain/publish.ts';
import type { Ports } from '../ports.ts';

/** What publishing would be refused or asked for; writes nothing, so that every call looks anew. */
export const compareHandler = (ports: Ports) =>
  endpoint(routes.compareResource, async ({ caller, params: { resourceId }, body: definition }) => {
    const latest = await ports.resources.latest(resourceId);
    if (!latest) return refuse('not-found');
    if (!mayPublish(latest, definition, caller.department)) return refuse('not-the-provider');
    const violations = [...problemsOf(resourceId, definition), ...turnedProblems(latest, definition)];
    if (violations.length > 0) return refuse('invalid-definition', { violations });
    const lineage = await lineageOf(ports, resourceId, definition);
    if (!lineage.ok) return lineage;
    return done(compare(latest, definition, await readAtStake(ports, latest, digestOf(definition))));
  });

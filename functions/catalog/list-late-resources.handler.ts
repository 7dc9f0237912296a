import type { ResourceId } from '../../schemas/contracts/ids.ts';
import type { LateResource } from '../../schemas/contracts/resources.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Caller } from '../kernel/caller.ts';
import { inOrder } from '../kernel/each.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { dayIn } from '../kernel/time.ts';
import { seesAll } from '../reading/oversight.ts';
import { latenessOf } from './domain/late.ts';
import { decodePosition, encodePosition } from './domain/position.ts';
import type { LateCandidate, Ports } from './ports.ts';

/** The longest late first; how late is judged by each resource as it is now. */
export const listLateResourcesHandler = (ports: Ports) =>
  endpoint(routes.listLateResources, async ({ caller, query: { limit, cursor, provider } }) => {
    const now = ports.clock.now();
    const visible = await visibleTo(ports, caller, now);
    const candidates = await candidatesBy(
      ports,
      now,
      (each) => visible(each) && (provider ?? each.provider) === each.provider,
    );
    const items: LateResource[] = [];
    let last: LateCandidate | undefined;
    const late = ({ resourceId }: LateCandidate) => lateNow(ports, resourceId, now);
    for await (const [candidate, found] of inOrder(after(candidates, cursor), READS_AT_ONCE, late)) {
      if (items.length === limit && last) return done({ items, cursor: encodePosition([last.since, last.resourceId]) });
      if (found) items.push(found);
      last = candidate;
    }
    return done({ items });
  });

/** How often data comes is its provider's and its consumers' business, beside those who watch over all. */
async function visibleTo(
  { resources, timeZone }: Ports,
  caller: Caller,
  now: string,
): Promise<(candidate: LateCandidate) => boolean> {
  if (seesAll(caller)) return () => true;
  const { department } = caller;
  const consumed = await resources.consumedBy(department, dayIn(timeZone, now));
  return ({ resourceId, provider }) => provider === department || consumed.has(resourceId);
}

async function candidatesBy(
  { resources }: Ports,
  now: string,
  wanted: (candidate: LateCandidate) => boolean,
): Promise<readonly LateCandidate[]> {
  const found: LateCandidate[] = [];
  for await (const candidate of resources.lateBy(now)) if (wanted(candidate)) found.push(candidate);
  return found.sort(compare);
}

const compare = (one: LateCandidate, other: LateCandidate): number =>
  keyOf(one) < keyOf(other) ? -1 : Number(keyOf(one) > keyOf(other));

/** Instants are of one length, so that their text is in order of time. */
const keyOf = ({ since, resourceId }: Pick<LateCandidate, 'since' | 'resourceId'>): string => `${since} ${resourceId}`;

function after(candidates: readonly LateCandidate[], cursor: string | undefined): readonly LateCandidate[] {
  const [since, resourceId] = decodePosition(cursor) ?? [];
  if (typeof since !== 'string' || typeof resourceId !== 'string') return candidates;
  const position = keyOf({ since, resourceId: resourceId as ResourceId });
  return candidates.filter((candidate) => keyOf(candidate) > position);
}

const READS_AT_ONCE = 25;

async function lateNow({ resources, timeZone }: Ports, resourceId: ResourceId, now: string) {
  const head = await resources.head(resourceId);
  const lateness = head && latenessOf(head, now, timeZone);
  if (!lateness) return undefined;
  const version = await resources.version(resourceId, head.latestVersion);
  return version && { resourceId, title: version.definition.title, provider: head.provider, ...lateness };
}

import type { Evidence } from '../../schemas/contracts/evidence.ts';
import type { LookupId } from '../../schemas/contracts/ids.ts';
import type { routes } from '../../schemas/contracts/routes.ts';
import type { StoredLookup, StoredOfficerDay } from '../../schemas/stored/lookups.ts';
import { restsOnOf } from '../datasets/rests-on.ts';
import type { Call, Reply } from '../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../kernel/evidence.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { waitForDay } from '../kernel/quota.ts';
import type { Asking, LookUpPorts } from './asking.ts';
import { answerOf, type ReadRecord } from './domain/answer.ts';
import { isOddHour } from './domain/hours.ts';
import { keyText } from './domain/key-text.ts';
import { neighboursOf, stemOf } from './domain/neighbours.ts';
import { beginDay, lookedUp, refusedOnce, type Looked } from './domain/officer-day.ts';
import { proofAbout } from './domain/proof.ts';
import { takeFrom, type Share } from './domain/quota.ts';
import type { Searchable, Standing } from './ports.ts';
import { readRecords } from './read-records.ts';

type LookUpCall = Call<typeof routes.lookUp>;

/** An officer's lookups are counted one behind the other; so many at once have their turn. */
const TRIES = 20;

/** Reads, counts and proves, then answers. What a quota refuses is not read. */
export async function commitLookup(
  ports: LookUpPorts,
  call: LookUpCall,
  asking: Asking,
  searchable: Searchable,
): Promise<Reply<typeof routes.lookUp>> {
  let standing = await ports.lookups.standing(asking.counting);
  if (!allowanceOf(asking, standing)) return overQuota(ports, asking, standing);
  const lookupId = ports.ids.next() as LookupId;
  const records = await readRecords(ports, asking.granted, asking.keys, searchable, lookupId);
  if (!records.ok) return records;
  const lookup = await lookupOf(ports, { ...asking, lookupId }, searchable, records.value, call);
  const looked = await lookedOf(ports, asking, records.value, searchable.resourceVersion);
  for (let tries = 1; tries <= TRIES; tries++) {
    const shares = allowanceOf(asking, standing);
    if (!shares) return overQuota(ports, asking, standing);
    const became = await ports.lookups.commit({
      lookup,
      restsOn: restsOnOf(searchable),
      officerDay: lookedUp(dayOf(asking, standing), looked, {
        at: asking.at,
        isOdd: isOddHour(asking.at, ports.timeZone),
      }),
      revision: standing.officerDay?.revision ?? 0,
      shares,
      evidence: proofOf(ports, call, lookup),
      answer: call.refer({ lookupId }),
    });
    if (became === 'done') {
      ports.metrics.count('Lookups');
      return done(answerOf(lookup, records.value, call.body.keys !== undefined));
    }
    if (became === 'ended') return refuse('agreement-not-active');
    if (became === 'repeated') break;
    standing = await ports.lookups.standing(asking.counting);
  }
  return refuse('changed-meanwhile');
}

/** What is taken of the agreement's quota, if the officer's own and that one allow it. */
function allowanceOf({ keys, granted, at }: Asking, { officerDay, parts }: Standing): readonly Share[] | undefined {
  const used = officerDay?.value.keys ?? 0;
  if (used + keys.length > granted.terms.perUserPerDay) return undefined;
  // Begun at one place or another, so that lookups at the same time seldom meet.
  return takeFrom(parts, keys.length, Date.parse(at) % parts.length);
}

async function overQuota({ lookups, clock, timeZone, metrics }: LookUpPorts, asking: Asking, standing: Standing) {
  const day = refusedOnce(dayOf(asking, standing), asking.at);
  await lookups.refuse(day, standing.officerDay?.revision ?? 0);
  metrics.count('LookupsOverQuota');
  return refuse('quota-exceeded', { waitMs: waitForDay(asking.counting, timeZone, clock.now()) });
}

function dayOf({ granted: { agreement }, officer, counting, at }: Asking, { officerDay }: Standing): StoredOfficerDay {
  const { agreementId, resourceId, provider, consumer, termsVersion } = agreement;
  const { day, officerRef } = counting;
  return (
    officerDay?.value ??
    beginDay({ day, agreementId, resourceId, provider, consumer, officer, officerRef, termsVersion }, at)
  );
}

async function lookupOf(
  { macs }: LookUpPorts,
  { lookupId, at, granted: { agreement }, keys, officer }: Asking & { readonly lookupId: LookupId },
  { representation: { datasetVersion }, resourceVersion }: Searchable,
  records: readonly ReadRecord[],
  { body: { caseNumber, reason } }: LookUpCall,
): Promise<StoredLookup> {
  const { agreementId, termsVersion, resourceId, provider, consumer } = agreement;
  const mac = await macs.keyed('key');
  const found = (i: number) => records[i] !== undefined;
  return {
    lookupId,
    agreementId,
    termsVersion,
    resourceId,
    resourceVersion,
    datasetVersion,
    provider,
    consumer,
    at,
    reason,
    caseNumber,
    officer,
    keys: keys.length,
    found: records.filter(Boolean).length,
    lookedUp: keys.map(({ ordered }, i) => ({ digest: mac(keyText(resourceId, ordered)), found: found(i) })),
  };
}

async function lookedOf(
  { facts, macs }: LookUpPorts,
  { granted, keys }: Asking,
  records: readonly ReadRecord[],
  version: number,
): Promise<readonly Looked[]> {
  const { resourceId } = granted.agreement;
  const { definition } = await facts.resourceVersion(resourceId, version);
  const mac = await macs.keyed('stem');
  const digest = (stem: string) => mac(JSON.stringify([resourceId, stem]));
  return keys.map(({ given }, i) => {
    const stem = stemOf((field) => given[field] ?? '', granted.terms.key, definition.schema);
    return { found: records[i] !== undefined, stem: digest(stem), neighbours: neighboursOf(stem).map(digest) };
  });
}

const proofOf = (ports: LookUpPorts, { caller }: LookUpCall, lookup: StoredLookup): Evidence => {
  const digests = Object.fromEntries(lookup.lookedUp.map(({ digest }, i) => [`key${i + 1}`, digest]));
  const figures = { keys: lookup.keys, found: lookup.found };
  return evidenceOf(ports, 'looked-up', actorOf(caller), proofAbout(lookup), digests, figures);
};

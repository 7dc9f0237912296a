import { createHash } from 'node:crypto';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { WatchId } from '../../../schemas/contracts/ids.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import type { LodgedWatch, LodgeKeysBody } from '../../../schemas/contracts/watches.ts';
import type { StoredKeyWatch, WatchIn } from '../../../schemas/stored/watches.ts';
import { traceOf } from '../../kernel/about.ts';
import { endpoint, type Call } from '../../kernel/endpoint.ts';
import { actorOf } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';
import { waitForDay } from '../../kernel/quota.ts';
import { dayIn } from '../../kernel/time.ts';
import { versionOf } from '../../reading/terms.ts';
import { usedUnder } from '../../reading/used-under.ts';
import { sentUntil } from '../domain/announcement.ts';
import { watchedListKey } from '../domain/places.ts';
import { atOnceProblems, keysAsCsv, lodged, lodgingProblems, watchedADay } from '../domain/watches/lodge.ts';
import { isWatchable } from '../domain/watches/watched-terms.ts';
import type { WatchPorts } from './ports.ts';
import { watchProven } from './proven.ts';

type Ports = Pick<WatchPorts, 'facts' | 'watches' | 'lists' | 'clock' | 'ids' | 'timeZone'>;
type Route = typeof routes.lodgeKeys;

/** Keys of a call come to the hub as a list that was sent would: from there on all are looked at in one way. */
export const lodgeKeys = (ports: Ports) =>
  endpoint(
    routes.lodgeKeys,
    async (call) => {
      const { caller, body } = call;
      const at = ports.clock.now();
      const found = (await ports.facts.agreement(body.agreementId))?.value;
      const used = usedUnder(found, caller, dayIn(ports.timeZone, at), isWatchable);
      if (!used.ok) return used;
      const { agreement, terms, resourceVersion } = used.value;
      const { schema } = await ports.facts.definition(agreement.resourceId, resourceVersion);
      const violations = lodgingProblems(body, terms, schema);
      if (violations.length > 0) return refuse('invalid-watch', { violations: [...violations] });

      const room = await roomFor(ports, body.keys?.length, agreement, terms.watchKeys ?? 0);
      if (!room.ok) return room;
      const file = fileOf(body, terms.key);
      const watchId = ports.ids.next() as WatchId;
      const watch = lodged(file.list, agreement, terms, { watchId, session: caller.session, at });
      call.note(traceOf(watch));
      return commit(ports, call, watch, file);
    },
    async (call, { watchId }) => {
      const watch = await ports.watches.find(watchId as WatchId);
      if (!watch) throw new Fault(`watch ${watchId} is not there`);
      return done(await answerOf(ports, watch, fileOf(call.body, await keyOf(ports, watch))));
    },
  );

/**
 * Whether keys of a call, of which it is known how many they are, have room beside those of today and of now. The first look has
 * the last word: of two calls at once it may refuse the second.
 */
async function roomFor(
  { watches, clock, timeZone }: Ports,
  keys: number | undefined,
  agreement: Agreement,
  watchKeys: number,
): Promise<Outcome<void, 'invalid-watch' | 'quota-exceeded'>> {
  if (keys === undefined) return done(undefined);
  const now = clock.now();
  const perDay = watchedADay(agreement, watchKeys, timeZone, now);
  const { atOnce, today } = await watches.usedBy(agreement.agreementId, perDay);
  const violations = atOnceProblems(keys, atOnce, watchKeys);
  if (violations.length > 0) return refuse('invalid-watch', { violations: [...violations] });
  if (today + keys <= perDay.limit) return done(undefined);
  return refuse('quota-exceeded', { waitMs: waitForDay(perDay, timeZone, now) });
}

async function commit(ports: Ports, call: Call<Route>, watch: WatchIn<'awaiting'>, file: KeyFile) {
  const outcome = await ports.watches.lodge(watch, {
    evidence: watchProven(ports, 'keys-lodged', actorOf(call.caller), watch),
    answer: call.refer({ watchId: watch.watchId }),
  });
  if (outcome === 'lodged') return done(await answerOf(ports, watch, file));
  if (outcome === 'answered') return refuse('changed-meanwhile');
  return outcome === 'too-many' ? refuse('too-many-watches') : refuse('agreement-not-active');
}

type KeyFile = ReturnType<typeof fileOf>;

function fileOf({ keys, list }: LodgeKeysBody, fields: readonly string[]) {
  if (list) return { list, content: undefined };
  const content = Buffer.from(keysAsCsv(keys ?? [], fields));
  const sha256 = createHash('sha256').update(content).digest('base64');
  return { list: { format: 'csv', encoding: 'utf-8', bytes: content.length, sha256 } as const, content };
}

/** A call that was cut off before its keys were there is completed by its repetition. */
async function answerOf({ lists }: Ports, watch: StoredKeyWatch, file: KeyFile): Promise<LodgedWatch> {
  const { watchId, lodgedAt, consumer } = watch;
  if (watch.state !== 'awaiting') return { watchId };
  const key = watchedListKey(consumer, watchId);
  if (file.content) {
    await lists.put(key, file.content, file.list.sha256);
    return { watchId };
  }
  return { watchId, put: await lists.putUrl(key, watch.list, lodgedAt), expiresAt: sentUntil(lodgedAt) };
}

async function keyOf({ facts }: Ports, { agreementId, termsVersion }: StoredKeyWatch): Promise<readonly string[]> {
  const agreement = (await facts.agreement(agreementId))?.value;
  const terms = agreement && versionOf(agreement, termsVersion).terms;
  return terms && isWatchable(terms) ? terms.key : [];
}

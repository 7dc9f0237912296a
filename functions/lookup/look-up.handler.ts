import type { LookupId } from '../../schemas/contracts/ids.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Reference } from '../../schemas/stored/answers.ts';
import { restsOnOf } from '../datasets/rests-on.ts';
import { endpoint, type Call, type Reply } from '../kernel/endpoint.ts';
import { done, refuse } from '../kernel/outcome.ts';
import { askingOf, type LookUpPorts } from './asking.ts';
import { commitLookup } from './commit-lookup.ts';
import { answerOf } from './domain/answer.ts';
import { haveRoom } from './domain/room.ts';
import { readRecords } from './read-records.ts';
import { notAnswerable } from './sources.ts';

type Route = typeof routes.lookUp;

/** Where a newer dataset takes the place of the one that was about to be read. */
const TRIES = 3;

/** First the records are read, then the proof of it is committed, then they are answered: no proof, no answer. */
export const lookUp = (ports: LookUpPorts) =>
  endpoint(
    routes.lookUp,
    async (call) => {
      const asking = await askingOf(ports, call);
      if (!asking.ok) return asking;
      const { agreement, terms } = asking.value.granted;
      for (let tries = 1; tries <= TRIES; tries++) {
        const searchable = await ports.representations.newest(agreement.resourceId);
        if (!searchable) return refuse('not-answerable');
        const withheld = await notAnswerable(ports, searchable, terms);
        if (withheld) return withheld;
        const room = haveRoom(asking.value.keys, restsOnOf(searchable));
        if (!room.ok) return room;
        const reply = await commitLookup(ports, call, asking.value, searchable);
        if (reply.ok || reply.refusal.code !== 'answer-not-kept') return reply;
      }
      return refuse('not-answerable');
    },
    (call, reference) => lookUpAgain(ports, call, reference),
  );

/**
 * The same call once more is the same lookup: read anew in the same dataset version, counted once. It is answered to the
 * same officer, and only as long as the first one would be.
 */
async function lookUpAgain(ports: LookUpPorts, call: Call<Route>, { lookupId }: Reference): Promise<Reply<Route>> {
  const asking = await askingOf(ports, call);
  if (!asking.ok) return asking;
  const { granted, keys, officer } = asking.value;
  const lookup = await ports.lookups.find(lookupId as LookupId);
  if (!lookup) return refuse('answer-not-kept');
  if (lookup.officer !== officer) return refuse('answer-not-kept', anothers);
  if (lookup.termsVersion !== granted.agreement.termsVersion) return refuse('agreement-not-active', replaced);
  const searchable = await ports.representations.of(lookup.resourceId, lookup.datasetVersion);
  if (!searchable) return refuse('answer-not-kept');
  const withheld = await notAnswerable(ports, searchable, granted.terms);
  if (withheld) return withheld;
  const records = await readRecords(ports, granted, keys, searchable, lookup.lookupId);
  return records.ok ? done(answerOf(lookup, records.value, call.body.keys !== undefined)) : records;
}

const anothers = {
  detail:
    'Another officer made this lookup, and it is answered to that officer alone. Use an Idempotency-Key of your own.',
};
const replaced = {
  detail: 'An amendment replaced the terms of this lookup. Look up anew, with a new Idempotency-Key.',
};

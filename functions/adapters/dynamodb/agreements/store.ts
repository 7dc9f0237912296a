import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { Act, Agreements } from '../../../agreements/ports.ts';
import { writeAnswer } from '../answers.ts';
import { newsOf } from '../compare/watch-marks.ts';
import { whileNewest } from '../datasets/store.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { mark } from '../table/due.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Item, Table } from '../table/reads.ts';
import { commit, onlyWhile, put, putNew, putNext, remove, type Write } from '../table/write.ts';
import { historyOf, splitHistory, withHistory, writeHistory } from './history.ts';
import { agreementItem, partyPointers, pointerItems } from './items.ts';
import { listAll, listOf } from './listed.ts';
import { readAgreement } from './read.ts';

export const dynamoAgreements = (table: Table): Agreements => ({
  find: (id) => readAgreement(table, id),
  async whole(id) {
    const found = await readAgreement(table, id);
    return found && withHistory(table, found.value);
  },
  async history(id, page) {
    const found = await readAgreement(table, id);
    return found ? historyOf(table, found.value, page) : { items: [] };
  },
  add: async (act) => (await commit(table, writeFirst(table, act))).committed,
  async replace(act, revision) {
    const dataset = stillNewest(table, act);
    const result = await commit(table, [...dataset, ...writeNext(table, act, revision)]);
    if (result.committed) return 'replaced';
    return dataset.length > 0 && result.failed.every((position) => position === 0) ? 'dataset-changed' : 'changed';
  },
  listOf: (party, query) => listOf(table, party, query),
  listAll: (query) => listAll(table, query),
});

/** Serialises with the retirement of the resource: whoever is told of that is told by then. */
const unlessRetired = (table: Table, { resourceId }: Agreement): Write =>
  onlyWhile(table, keyOf.resource(resourceId), 'attribute_not_exists(retiredAt)');

/** Nothing is accepted by an offer that its provider has withdrawn, or stated anew, at the same moment. */
const whileOffered = (table: Table, { within }: Act): readonly Write[] =>
  within ? [onlyWhile(table, keyOf.offer(within.resourceId), 'statedAt = :read', { ':read': within.statedAt })] : [];

const stillNewest = (table: Table, { agreement, whileDataset }: Act): readonly Write[] =>
  whileDataset === undefined ? [] : [whileNewest(table, agreement.resourceId, whileDataset)];

const writeFirst = (table: Table, act: Act): readonly Write[] => [
  unlessRetired(table, act.agreement),
  ...whileOffered(table, act),
  putNew(table, itemOf(act)),
  ...writeHistory(table, act.agreement.agreementId, splitHistory(act).own),
  ...pointerItems(act.agreement).map((item) => putNew(table, item)),
  ...writeBeside(table, act, 1),
];

const writeNext = (table: Table, act: Act, revision: number): readonly Write[] => [
  putNext(table, itemOf(act), revision),
  ...writeHistory(table, act.agreement.agreementId, splitHistory(act).own),
  ...partyPointers(act.agreement).map((item) => put(table, item)),
  ...writeBeside(table, act, revision + 1),
];

/** The item itself: with as much of the history as further acts depend on. */
const itemOf = (act: Act): Item =>
  agreementItem({ ...act.agreement, history: [...splitHistory(act).kept] }, act.entries.at(-1)?.number);

/** What every act leaves beside the agreement itself, whose condition stands for all of it. */
const writeBeside = (
  table: Table,
  { agreement, evidence, answer, messages, ...times }: Act,
  revision: number,
): readonly Write[] => [
  ...evidence.flatMap((item) => writeEvidence(table, item)),
  ...writeAnswer(table, answer),
  ...writeMessages(table, messages),
  ...reaction(table, { ...agreement, revision }, times.lookAgainAt),
  writeClock(table, agreement, times.nextTick),
  writeDuties(table, agreement, times.lookAtDuties),
];

/** Until somebody has reacted to it as it is from now on; what an earlier act asked for goes on. */
function reaction(table: Table, agreement: Agreement & { revision: number }, at: string | undefined): readonly Write[] {
  if (at === undefined) return [];
  // What goes on under it, or under what was derived of what it gives.
  const isWatched = agreement.terms.some(
    ({ terms }) =>
      (terms.reshare ?? 'no') !== 'no' ||
      (terms.mode !== 'delivery' && (terms.mode === 'comparison' || terms.watchKeys !== undefined)),
  );
  return [
    mark(table, 'agreement', keyOf.agreement(agreement.agreementId), agreement, at),
    ...(isWatched ? [newsOf(table, agreement, at)] : []),
  ];
}

function writeClock(table: Table, { agreementId }: Agreement, at: string | undefined): Write {
  const key = keyOf.clock(agreementId);
  return at === undefined
    ? remove(table, key)
    : put(table, toItem('clock', key, { agreementId }, { due: { partition: 'CLOCK', at } }));
}

/** The capability `duties` looks at every act, and from then on when it has said itself. */
const writeDuties = (table: Table, { agreementId }: Agreement, nextAt: string): Write =>
  put(
    table,
    toItem('duties', keyOf.duties(agreementId), { agreementId, nextAt }, { due: { partition: 'DUTY', at: nextAt } }),
  );

import type { ComparisonQuery } from '../../../../schemas/contracts/comparisons.ts';
import { ComparisonId } from '../../../../schemas/contracts/ids.ts';
import type { Page } from '../../../../schemas/contracts/paging.ts';
import { StoredComparison } from '../../../../schemas/stored/comparisons.ts';
import type { OwnAttempt } from '../../../compare/domain/begin.ts';
import type { Arrived } from '../../../compare/domain/receive.ts';
import type { Comparisons } from '../../../compare/stores.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { holdRepresentation, readRepresentation, releaseRepresentation } from '../datasets/representations.ts';
import { whileActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { spend } from '../quotas.ts';
import { mark, marked, unmark } from '../table/due.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { pageOf, type Listing } from '../table/walk.ts';
import { commit, put, putFenced, putNew, remove, type Write } from '../table/write.ts';
import { finish } from './finish.ts';

const ALL = 'COMPARISONS';

export const dynamoComparisons = (table: Table): Comparisons => ({
  find: (id) => readComparison(table, id),

  listOf: (department, query) =>
    listed(
      table,
      { from: { pk: `PARTY#${department}`, prefix: 'COMPARISON#' }, newestFirst: true },
      query,
      (comparison) => (query.role === undefined ? true : comparison[query.role] === department),
    ),
  listAll: (query) =>
    listed(
      table,
      { from: { list: ALL, keyOf: (position) => keyOf.comparison(position as ComparisonId) }, newestFirst: true },
      query,
    ),

  async announce(comparison, quota, { evidence, answer }) {
    const { agreementId, termsVersion, comparisonId } = comparison;
    const writes = [
      whileActive(table, agreementId, termsVersion),
      spend(table, quota),
      ...writeNew(table, comparison),
      ...(evidence ? writeEvidence(table, evidence) : []),
      ...writeAnswer(table, answer),
    ];
    const result = await commit(table, writes);
    if (result.committed) return 'announced';
    if (answer && result.failed.includes(writes.length - 1)) return 'answered';
    if (result.failed.includes(0)) return 'agreement-not-active';
    if (result.failed.includes(1)) return 'quota-exceeded';
    throw new Fault(`comparison ${comparisonId} is there already`);
  },

  async replace(next, was, { evidence, notices = [], answer } = {}) {
    const held = await holding(table, next, was);
    if (!held) return false;
    const result = await commit(table, [
      putFenced(table, comparisonItem(next), was),
      whenDue(table, next),
      ...held,
      ...waiting(table, next, was),
      ...(evidence ? writeEvidence(table, evidence) : []),
      ...writeMessages(table, notices),
      ...writeAnswer(table, answer),
    ]);
    return result.committed;
  },

  finish: (finished) =>
    finish(table, finished, [
      putFenced(table, comparisonItem(finished.comparison), finished.was),
      whenDue(table, finished.comparison),
      ...letGo(table, finished.was),
    ]),

  async dueBy(until, most) {
    const found: ComparisonId[] = [];
    for await (const { comparisonId } of marked(table, 'comparison', until))
      if (found.push(ComparisonId.parse(comparisonId)) === most) break;
    return found;
  },
});

async function readComparison(table: Table, id: ComparisonId): Promise<StoredComparison | undefined> {
  const item = await readItem(table, keyOf.comparison(id));
  return item && fromItem(StoredComparison, item);
}

const comparisonItem = (comparison: StoredComparison): Item =>
  toItem('comparison', keyOf.comparison(comparison.comparisonId), comparison, {
    list: { partition: ALL, position: comparison.comparisonId },
  });

const writeNew = (table: Table, comparison: StoredComparison): readonly Write[] => [
  putNew(table, comparisonItem(comparison)),
  ...pointers(table, comparison),
  whenDue(table, comparison),
];

/** A comparison whose list is there when it begins. */
export const writeNewRun = (table: Table, run: Arrived): readonly Write[] => [
  ...writeNew(table, run),
  ...waiting(table, run, { state: 'awaiting' }),
];

const pointers = (table: Table, { comparisonId, consumer, provider }: StoredComparison): readonly Write[] =>
  [consumer, provider].map((party) =>
    put(table, toItem('pointer', keyOf.partyComparison(party, comparisonId), { comparisonId })),
  );

function whenDue(table: Table, comparison: StoredComparison): Write {
  const key = keyOf.comparison(comparison.comparisonId);
  return comparison.lookAgainAt === undefined
    ? unmark(table, 'comparison', key)
    : mark(table, 'comparison', key, comparison, comparison.lookAgainAt);
}

/** A list that waits for its provider's word is found under its agreement: what is owed is looked for there. */
function waiting(table: Table, next: StoredComparison, was: Pick<StoredComparison, 'state'>): readonly Write[] {
  const { comparisonId, agreementId, termsVersion } = next;
  const key = keyOf.waitingList(agreementId, comparisonId);
  if (next.state === was.state) return [];
  if (was.state === 'awaiting-approval') return [remove(table, key)];
  if (next.state !== 'awaiting-approval') return [];
  const { receivedAt, expiresAt } = next;
  return [put(table, toItem('pointer', key, { comparisonId, termsVersion, receivedAt, expiresAt }))];
}

/**
 * What a run reads is held from its beginning to its end, so that no newer dataset has it removed; undefined where it is
 * not there to be held.
 */
async function holding(
  table: Table,
  next: StoredComparison,
  was: StoredComparison | OwnAttempt,
): Promise<readonly Write[] | undefined> {
  if (was.state === 'running') return next.state === 'running' ? [] : letGo(table, was);
  if (next.state !== 'running') return [];
  const made = await readRepresentation(table, next.resourceId, next.datasetVersion);
  return made?.state === 'made' ? holdRepresentation(table, made, next.comparisonId) : undefined;
}

const letGo = (table: Table, running: OwnAttempt): readonly Write[] =>
  releaseRepresentation(table, running, running.comparisonId);

/** Pointers lead to comparisons; the list of all has the comparisons themselves, as they were a little before. */
const listed = (
  table: Table,
  listing: Listing,
  query: ComparisonQuery,
  isWanted: (comparison: StoredComparison) => boolean = () => true,
): Promise<Page<StoredComparison>> =>
  pageOf(table, listing, query, async (item) => {
    const comparison = await readComparison(table, ComparisonId.parse(item['comparisonId']));
    if (!comparison) throw new Fault('a comparison is listed and not there');
    const { state, agreementId, reconciliationId } = query;
    return isWanted(comparison) &&
      (state === undefined || state === comparison.state) &&
      (agreementId === undefined || agreementId === comparison.agreementId) &&
      (reconciliationId === undefined || reconciliationId === comparison.reconciliationId)
      ? comparison
      : undefined;
  });

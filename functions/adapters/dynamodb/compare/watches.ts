import type { Page } from '../../../../schemas/contracts/paging.ts';
import { WatchId } from '../../../../schemas/contracts/ids.ts';
import { MOST_WATCHES, type KeyWatchQuery } from '../../../../schemas/contracts/watches.ts';
import { StoredKeyWatch, WatchPointer } from '../../../../schemas/stored/watches.ts';
import { heldBy } from '../../../compare/domain/watches/look.ts';
import { shownWatchState } from '../../../compare/domain/watches/shown.ts';
import { isEndedWatch, keysOf, type OwnLook } from '../../../compare/domain/watches/transitions.ts';
import type { UnderTerms, Watches } from '../../../compare/watches/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { holdRepresentation, readRepresentation, releaseRepresentation } from '../datasets/representations.ts';
import { whileActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { readUsed, spend } from '../quotas.ts';
import { change } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { pageOf, walk, type Listing } from '../table/walk.ts';
import { commit, put, putFenced, putNew, remove, type Commit, type Write } from '../table/write.ts';
import { watchMarks, whenDue } from './watch-marks.ts';

const ALL = 'WATCHES';

export const dynamoWatches = (table: Table): Watches => ({
  ...watchMarks(table),
  find: (id) => readWatch(table, id),

  listOf: (department, query) =>
    listed(table, { from: { pk: `PARTY#${department}`, prefix: 'KEYS#' }, newestFirst: true }, query, (watch) =>
      query.role === undefined ? true : watch[query.role] === department,
    ),
  listAll: (query) =>
    listed(
      table,
      { from: { list: ALL, keyOf: (position) => keyOf.watch(position as WatchId) }, newestFirst: true },
      query,
    ),

  async usedBy(agreementId, perDay) {
    const [item, today] = await Promise.all([readItem(table, keyOf.watched(agreementId)), readUsed(table, perDay)]);
    const keys = item?.['keys'];
    return { atOnce: typeof keys === 'number' ? keys : 0, today };
  },

  async lodge(watch, along) {
    const { agreementId, termsVersion, watchId } = watch;
    const writes = [
      whileActive(table, agreementId, termsVersion),
      change(table, keyOf.watched(agreementId), {
        add: { watches: 1 },
        set: { kind: 'watched' },
        when: 'attribute_not_exists(#watches) OR #watches < :most',
        values: { most: MOST_WATCHES },
      }),
      putNew(table, watchItem(watch)),
      ...pointers(table, watch),
      whenDue(table, watchId, watch.expiresAt),
      ...written(table, along),
    ];
    const result = await commit(table, writes);
    if (result.committed) return 'lodged';
    if (along.answer && result.failed.includes(writes.length - 1)) return 'answered';
    if (result.failed.includes(0)) return 'ended';
    if (result.failed.includes(1)) return 'too-many';
    throw new Fault(`watch ${watchId} is there already`);
  },

  async replace(next, was, along = {}, lookAgainAt) {
    const held = await holding(table, next, was);
    if (!held) return false;
    const { committed } = await commit(table, [
      putFenced(table, watchItem(next), was),
      ...held,
      ...(isEndedWatch(next) ? left(table, was) : []),
      ...(lookAgainAt === undefined ? [] : [whenDue(table, next.watchId, lookAgainAt)]),
      ...written(table, along),
    ]);
    return committed;
  },

  async begin(next, was, { atOnce, perDay }, along) {
    const { agreementId, termsVersion, keys } = next;
    const result = await commit(table, [
      putFenced(table, watchItem(next), was),
      whileActive(table, agreementId, termsVersion),
      change(table, keyOf.watched(agreementId), {
        add: { keys },
        when: keys <= atOnce ? 'attribute_not_exists(#keys) OR #keys <= :room' : '#keys <= :room',
        values: { room: atOnce - keys },
      }),
      spend(table, perDay, keys),
      ...(await holdingNoMore(table, next, was)),
      ...written(table, along),
    ]);
    return outcomeOf<'too-many-keys' | 'quota-exceeded'>(result, ['too-many-keys', 'quota-exceeded']);
  },

  async close(next, was, along, atOnce) {
    const { agreementId, termsVersion } = next;
    const bound =
      atOnce === undefined
        ? []
        : [
            change(table, keyOf.watched(agreementId), {
              add: { keys: 0 },
              when: '#keys <= :most',
              values: { most: atOnce },
            }),
          ];
    const result = await commit(table, [
      putFenced(table, watchItem(next), was),
      whileActive(table, agreementId, termsVersion),
      ...bound,
      ...(await holdingNoMore(table, next, was)),
      ...written(table, along),
    ]);
    return outcomeOf<'too-many-keys'>(result, atOnce === undefined ? [] : ['too-many-keys']);
  },

  async tell(look, notices) {
    const { watchId, agreementId, termsVersion, epoch } = look;
    const result = await commit(table, [
      {
        ConditionCheck: {
          TableName: table.name,
          Key: keyOf.watch(watchId),
          ConditionExpression: '#state = :looking AND epoch = :epoch',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':looking': 'looking', ':epoch': epoch },
        },
      },
      whileActive(table, agreementId, termsVersion),
      ...writeMessages(table, notices),
    ]);
    return outcomeOf<never>(result, []);
  },

  async *watchesOf(resourceId) {
    const from = { pk: keyOf.resource(resourceId).pk, prefix: 'KEYS#' };
    for await (const { item } of walk(table, { from })) yield fromItem(WatchPointer, item);
  },
});

/** What the failed writes say: the watch is another's, the agreement is not in force, then `others` in their order. */
function outcomeOf<Other extends string>(result: Commit, others: readonly Other[]): UnderTerms | Other {
  if (result.committed) return 'done';
  const outcomes: readonly (UnderTerms | Other)[] = ['stale', 'ended', ...others];
  const outcome = outcomes.find((_, position) => result.failed.includes(position));
  if (outcome === undefined) throw new Fault(`a watch is in its own way: writes ${result.failed.join(', ')}`);
  return outcome;
}

const written = (
  table: Table,
  { evidence, notices = [], answer }: Parameters<Watches['lodge']>[1],
): readonly Write[] => [
  ...(evidence ? writeEvidence(table, evidence) : []),
  ...writeMessages(table, notices),
  ...writeAnswer(table, answer),
];

async function readWatch(table: Table, id: WatchId): Promise<StoredKeyWatch | undefined> {
  const item = await readItem(table, keyOf.watch(id));
  return item && fromItem(StoredKeyWatch, item);
}

const watchItem = (watch: StoredKeyWatch): Item =>
  toItem('key-watch', keyOf.watch(watch.watchId), watch, { list: { partition: ALL, position: watch.watchId } });

const pointers = (table: Table, { watchId, agreementId, resourceId, consumer, provider }: StoredKeyWatch): Write[] => [
  ...[consumer, provider].map((party) => put(table, toItem('pointer', keyOf.partyWatch(party, watchId), { watchId }))),
  put(table, toItem('pointer', keyOf.resourceWatch(resourceId, watchId), { watchId, agreementId })),
];

/** Its place and its keys are others' to have, and no dataset is news to it any more. */
const left = (table: Table, was: StoredKeyWatch | OwnLook): readonly Write[] => [
  remove(table, keyOf.resourceWatch(was.resourceId, was.watchId)),
  change(table, keyOf.watched(was.agreementId), {
    add: { watches: -1, ...(keysOf(was) > 0 && { keys: -keysOf(was) }) },
  }),
];

/** A look holds what it reads; one that goes on with another dataset lets go of the one before. Undefined where that is not there to be held. */
async function holding(
  table: Table,
  next: StoredKeyWatch,
  was: StoredKeyWatch | OwnLook,
): Promise<readonly Write[] | undefined> {
  const [before, now] = [heldBy(was), heldBy(next)];
  if (before?.datasetVersion === now?.datasetVersion) return [];
  const letGo = before ? releaseRepresentation(table, before, was.watchId) : [];
  if (!now) return letGo;
  const made = await readRepresentation(table, now.resourceId, now.datasetVersion);
  return made?.state === 'made' ? [...letGo, ...holdRepresentation(table, made, next.watchId)] : undefined;
}

const holdingNoMore = async (
  table: Table,
  next: StoredKeyWatch,
  was: StoredKeyWatch | OwnLook,
): Promise<readonly Write[]> => (await holding(table, next, was)) ?? [];

/** Pointers lead to watches; the list of all has the watches themselves, as they were a little before. */
const listed = (
  table: Table,
  listing: Listing,
  query: KeyWatchQuery,
  isWanted: (watch: StoredKeyWatch) => boolean = () => true,
): Promise<Page<StoredKeyWatch>> =>
  pageOf(table, listing, query, async (item) => {
    const watch = await readWatch(table, WatchId.parse(item['watchId']));
    if (!watch) throw new Fault('a watch is listed and not there');
    const { state, agreementId } = query;
    return isWanted(watch) &&
      (state === undefined || state === shownWatchState(watch)) &&
      (agreementId === undefined || agreementId === watch.agreementId)
      ? watch
      : undefined;
  });

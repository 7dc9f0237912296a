import type { Page } from '../../../../schemas/contracts/paging.ts';
import { WatchId } from '../../../../schemas/contracts/ids.ts';
import { MOST_WATCHES, type KeyWatchQuery } from '../../../../schemas/contracts/watches.ts';
import { StoredKeyWatch, WatchPointer } from '../../../../schemas/stored/watches.ts';
import { heldBy } from '../../../compare/domain/watches/look.ts';
import { shownWatchState } from '../../../compare/domain/watches/shown.ts';
import { isEndedWatch, keysOf, type OwnLook } from '../../../compare/domain/watches/transitions.ts';
import type { Along } from '../../../compare/stores.ts';
import type { Watches } from '../../../compare/watches/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeAnswer } from '../answers.ts';
import { holdRepresentation, readRepresentation, releaseRepresentation } from '../datasets/representations.ts';
import { whileActive, whileAllActive } from '../delivery/while-active.ts';
import { writeEvidence } from '../evidence.ts';
import { writeMessages } from '../messages.ts';
import { readUsed, spend } from '../quotas.ts';
import { change } from '../table/change.ts';
import { fromItem, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import { commitUnless } from '../table/outcomes.ts';
import { readItem, type Item, type Table } from '../table/reads.ts';
import { pageOf, walk, type Listing } from '../table/walk.ts';
import { commit, onlyWhile, put, putFenced, putNew, remove, type Write } from '../table/write.ts';
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

  async lodge(watch, { answer, ...along }) {
    const { agreementId, termsVersion, watchId } = watch;
    const room = change(table, keyOf.watched(agreementId), {
      add: { watches: 1 },
      set: { kind: 'watched' },
      when: 'attribute_not_exists(#watches) OR #watches < :most',
      values: { most: MOST_WATCHES },
    });
    const became = await commitUnless(
      table,
      `watch ${watchId}`,
      [
        ['answered', writeAnswer(table, answer)],
        ['ended', [whileActive(table, agreementId, termsVersion)]],
        ['too-many', [room]],
      ],
      [
        putNew(table, watchItem(watch)),
        ...pointers(table, watch),
        whenDue(table, watchId, watch.expiresAt),
        ...written(table, along),
      ],
    );
    return became === 'done' ? 'lodged' : became;
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

  async begin(next, was, { atOnce, perDay, restsOn }, along) {
    const { agreementId, keys } = next;
    const room = change(table, keyOf.watched(agreementId), {
      add: { keys },
      when: keys <= atOnce ? 'attribute_not_exists(#keys) OR #keys <= :room' : '#keys <= :room',
      values: { room: atOnce - keys },
    });
    return commitUnless(
      table,
      `watch ${next.watchId}`,
      [
        ['stale', [putFenced(table, watchItem(next), was)]],
        ['ended', whileAllActive(table, next, restsOn)],
        ['too-many-keys', [room]],
        ['quota-exceeded', [spend(table, perDay, keys)]],
      ],
      [...(await holdingNoMore(table, next, was)), ...written(table, along)],
    );
  },

  async close(next, was, { atOnce, restsOn }, along) {
    const most = { add: { keys: 0 }, when: '#keys <= :most', values: { most: atOnce } };
    return commitUnless(
      table,
      `watch ${next.watchId}`,
      [
        ['stale', [putFenced(table, watchItem(next), was)]],
        ['ended', whileAllActive(table, next, restsOn)],
        ['too-many-keys', atOnce === undefined ? [] : [change(table, keyOf.watched(next.agreementId), most)]],
      ],
      [...(await holdingNoMore(table, next, was)), ...written(table, along)],
    );
  },

  async tell(look, restsOn, notices) {
    const { watchId, epoch } = look;
    const own = onlyWhile(table, keyOf.watch(watchId), '#state = :looking AND epoch = :epoch', {
      ':looking': 'looking',
      ':epoch': epoch,
    });
    return commitUnless(
      table,
      `watch ${watchId}`,
      [
        ['stale', [own]],
        ['ended', whileAllActive(table, look, restsOn)],
      ],
      writeMessages(table, notices),
    );
  },

  async *watchesOf(resourceId) {
    const from = { pk: keyOf.resource(resourceId).pk, prefix: 'KEYS#' };
    for await (const { item } of walk(table, { from })) yield fromItem(WatchPointer, item);
  },
});

const written = (table: Table, { evidence, notices = [], answer }: Along): readonly Write[] => [
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

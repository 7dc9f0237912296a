import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import type { AgreementId, DepartmentId, ExtractId } from '../../../../schemas/contracts/ids.ts';
import type { RestsOn } from '../../../../schemas/stored/datasets.ts';
import type { StoredDelivery } from '../../../../schemas/stored/delivery.ts';
import type { Deliveries, Release } from '../../../delivery/ports.ts';
import { Fault } from '../../../kernel/fault.ts';
import { writeEvidence } from '../evidence.ts';
import { change } from '../table/change.ts';
import { isUnanswered } from '../table/contention.ts';
import { carriedBefore } from '../table/due.ts';
import { toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { commit, putNew, type Commit, type Write } from '../table/write.ts';
import { pointerOf } from './listed.ts';
import { ATTEMPTS, lastPosition, moveMailbox, pause } from './mailbox.ts';
import { markOf, providedList } from './planned.ts';
import { whileActive } from './while-active.ts';

/** Of a release, beside the conditions on what its dataset was derived of; and what a transaction takes. */
const OWN_WRITES = 9;
const MOST_WRITES = 100;

/** What each failed condition means, in the order of the writes of one release that looks at so many agreements. */
const meanings = (agreements: number): readonly Release[] => [
  'not-planned',
  ...Array.from({ length: agreements }, () => 'agreement-not-active' as const),
  'extract-gone',
  'not-planned',
];

/** The end of a consumer's history, as far as this process knows it. */
interface History {
  /** Known from its last release; somebody else may have moved it since, which the transaction's condition finds out. */
  last: number | undefined;
}

interface Asked {
  readonly delivery: StoredDelivery;
  readonly evidence: Evidence;
  readonly restsOn: readonly RestsOn[];
  readonly answer: PromiseWithResolvers<Release>;
}

type Histories = ReadonlyMap<DepartmentId, History>;

/**
 * See the port: delivery, agreements, extract, grant, the consumer's history, evidence – all or nothing. What is asked for in one
 * turn of the event loop is released together, which saves calls and writes; where that is refused, each by itself. Releases to
 * one consumer take turns within a process, for each moves the end of the same history; and so do those that look at the same
 * source, where transactions at once would be in each other's way.
 */
export function releasing(table: Table): Deliveries['release'] {
  const histories = new Map<DepartmentId, History>();
  const turns = new Map<DepartmentId | AgreementId, Promise<unknown>>();
  let waiting: Asked[] = [];
  const begin = (group: readonly Asked[]): void => {
    const own = new Map(group.map(({ delivery: { consumer } }) => [consumer, historyOf(histories, consumer)]));
    const shared = new Set([...own.keys(), ...sourcesOf(group).keys()]);
    const before = Promise.all(Array.from(shared, (one) => turns.get(one) ?? Promise.resolve()));
    const done = before.then(() => releaseGroup(table, own, group));
    for (const one of shared) turns.set(one, done);
  };
  return (delivery, evidence, restsOn = []) => {
    const asked = { delivery, evidence, restsOn, answer: Promise.withResolvers<Release>() };
    waiting.push(asked);
    if (waiting.length === 1)
      setImmediate(() => {
        const all = waiting;
        waiting = [];
        groupsOf(all).forEach(begin);
      });
    return asked.answer.promise;
  };
}

function historyOf(histories: Map<DepartmentId, History>, consumer: DepartmentId): History {
  const history = histories.get(consumer) ?? { last: undefined };
  histories.set(consumer, history);
  return history;
}

function groupsOf(all: readonly Asked[]): readonly Asked[][] {
  const groups: Asked[][] = [];
  for (const one of all) {
    const place = groups.find((group) => haveRoom([...group, one]) && !group.some((other) => clash(one, other)));
    if (place) place.push(one);
    else groups.push([one]);
  }
  return groups;
}

const haveRoom = (group: readonly Asked[]): boolean => group.length * OWN_WRITES + sourcesOf(group).size <= MOST_WRITES;

/** A transaction writes an item once, and looks at one under one condition. */
function clash(one: Asked, other: Asked): boolean {
  const [ours, theirs] = [agreementsOf([one]), agreementsOf([other])];
  return (
    one.delivery.deliveryId === other.delivery.deliveryId ||
    [...ours].some(([id, version]) => (theirs.get(id) ?? version) !== version)
  );
}

/** At which terms each agreement has to be active, of these releases' own and of their sources. */
const agreementsOf = (group: readonly Pick<Asked, 'delivery' | 'restsOn'>[]): ReadonlyMap<AgreementId, number> =>
  new Map(
    group.flatMap(({ delivery, restsOn }) =>
      [delivery, ...restsOn].map(({ agreementId, termsVersion }) => [agreementId, termsVersion]),
    ),
  );

/** Agreements that the group only looks at because a dataset rests on them. */
const sourcesOf = (group: readonly Asked[]): ReadonlyMap<AgreementId, number> =>
  new Map(group.flatMap(({ restsOn }) => restsOn.map(({ agreementId, termsVersion }) => [agreementId, termsVersion])));

/** Answers all of the group, and never rejects. */
async function releaseGroup(table: Table, histories: Histories, group: readonly Asked[]): Promise<void> {
  try {
    if (group.length > 1 && (await releaseTogether(table, histories, group))) {
      for (const { answer } of group) answer.resolve('released');
      return;
    }
  } catch (fault) {
    for (const { answer } of group) answer.reject(fault);
    return;
  }
  for (const one of group) await release(table, histories, one).then(one.answer.resolve, one.answer.reject);
}

/** False where nothing was written. @throws where nobody knows. */
async function releaseTogether(table: Table, histories: Histories, group: readonly Asked[]): Promise<boolean> {
  try {
    return (await commitAll(table, histories, group)).committed;
  } catch (error) {
    if (isUnanswered(error)) throw error;
    return false;
  }
}

async function release(table: Table, histories: Histories, one: Asked): Promise<Release> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const result = await commitAll(table, histories, [one]);
    if (result.committed) return 'released';
    const meaning = meanings(agreementsOf([one]).size)[Math.min(...result.failed)];
    if (meaning) return meaning;
    await pause(attempt);
  }
  throw new Fault(`the history of ${one.delivery.consumer} moved on ${ATTEMPTS} times`);
}

async function commitAll(table: Table, histories: Histories, group: readonly Asked[]): Promise<Commit> {
  const moves = await Promise.all(
    Array.from(
      Map.groupBy(group, ({ delivery: { consumer } }) => consumer),
      async ([consumer, own]) => {
        const history = histories.get(consumer);
        const last = history?.last ?? (await lastPosition(table, consumer));
        // Until it is known how this one ends.
        if (history) history.last = undefined;
        return { history, consumer, last, own };
      },
    ),
  );
  const placed = moves.flatMap(({ last, own }) => own.map((one, index) => ({ ...one, position: last + 1 + index })));
  const mailboxes = moves.map(({ consumer, last, own }) => moveMailbox(table, consumer, last, last + own.length));
  const result = await commit(table, writesOf(table, placed, mailboxes));
  for (const { history, last, own } of moves) if (history && result.committed) history.last = last + own.length;
  return result;
}

type Placed = Pick<Asked, 'delivery' | 'evidence' | 'restsOn'> & { readonly position: number };

/** Of one release in the order of `meanings`. */
function writesOf(table: Table, placed: readonly Placed[], mailboxes: readonly Write[]): readonly Write[] {
  const deliveries = placed.map(({ delivery }) => delivery);
  const extracts = Map.groupBy(deliveries, ({ extractId }) => extractId);
  return [
    ...placed.map(({ delivery, position }) => nowReleased(table, delivery, position)),
    ...Array.from(agreementsOf(placed), ([id, termsVersion]) => whileActive(table, id, termsVersion)),
    ...Array.from(extracts, ([id, { length }]) => granted(table, id, length)),
    ...deliveries.map(({ extractId, deliveryId }) =>
      putNew(table, toItem('grant', keyOf.grant(extractId, deliveryId), { deliveryId, extractId })),
    ),
    ...mailboxes,
    ...placed.map(({ delivery, position }) =>
      putNew(table, toItem('pointer', keyOf.mailboxDelivery(delivery.consumer, position), pointerOf(delivery))),
    ),
    ...placed.flatMap(({ evidence }) => writeEvidence(table, evidence)),
    ...deliveries.flatMap((delivery) => markOf(table, delivery)),
  ];
}

function nowReleased(table: Table, delivery: StoredDelivery, position: number): Write {
  const { deliveryId, lookAgainAt, state, releasedAt, rows, changes, bytes, sha256 } = delivery;
  const list = providedList(delivery, releasedAt ?? '');
  return change(table, keyOf.delivery(deliveryId), {
    set: {
      state,
      releasedAt,
      rows,
      changes,
      bytes,
      sha256,
      position,
      lookAgainAt,
      listPk: list.partition,
      listSk: list.position,
    },
    remove: carriedBefore,
    when: '#state = :planned',
    values: { planned: 'planned' },
  });
}

const granted = (table: Table, extractId: ExtractId, grants: number): Write =>
  change(table, keyOf.extract(extractId), {
    add: { grants },
    // Granted: the sweeper need not look whether anybody ever was.
    remove: carriedBefore,
    when: '#state = :ready',
    values: { ready: 'ready' },
  });

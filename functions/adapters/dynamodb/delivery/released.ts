import type { Evidence } from '../../../../schemas/contracts/evidence.ts';
import type { DepartmentId, ExtractId } from '../../../../schemas/contracts/ids.ts';
import type { StoredDelivery } from '../../../../schemas/stored/delivery.ts';
import type { Release } from '../../../delivery/ports.ts';
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

/** Nine writes each, in a transaction of a hundred. */
const TOGETHER = 11;

/** What each failed condition means, in the order of the writes of one release. */
const meanings = ['not-planned', 'agreement-not-active', 'extract-gone', 'not-planned'] as const;

/** The end of a consumer's history, as far as this process knows it. */
interface History {
  /** Known from its last release; somebody else may have moved it since, which the transaction's condition finds out. */
  last: number | undefined;
  turn: Promise<unknown>;
}

interface Asked {
  readonly delivery: StoredDelivery;
  readonly evidence: Evidence;
  readonly answer: PromiseWithResolvers<Release>;
}

type Histories = ReadonlyMap<DepartmentId, History>;

/**
 * See the port: delivery, agreement, extract, grant, the consumer's history, evidence – all or nothing. What is asked for in one
 * turn of the event loop is released together, which saves calls and writes; where that is refused, each by itself. Releases to
 * one consumer take turns within a process, for each moves the end of the same history.
 */
export function releasing(table: Table): (delivery: StoredDelivery, evidence: Evidence) => Promise<Release> {
  const histories = new Map<DepartmentId, History>();
  let waiting: Asked[] = [];
  const begin = (group: readonly Asked[]): void => {
    const own = new Map(group.map(({ delivery: { consumer } }) => [consumer, historyOf(histories, consumer)]));
    const turns = Promise.all(Array.from(own.values(), ({ turn }) => turn));
    const done = turns.then(() => releaseGroup(table, own, group));
    for (const history of own.values()) history.turn = done;
  };
  return (delivery, evidence) => {
    const asked = { delivery, evidence, answer: Promise.withResolvers<Release>() };
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
  const history = histories.get(consumer) ?? { last: undefined, turn: Promise.resolve() };
  histories.set(consumer, history);
  return history;
}

function groupsOf(all: readonly Asked[]): readonly Asked[][] {
  const groups: Asked[][] = [];
  for (const one of all) {
    const place = groups.find((group) => group.length < TOGETHER && !group.some((other) => clash(one, other)));
    if (place) place.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** A transaction writes an item once, and looks at one under one condition. */
const clash = ({ delivery: one }: Asked, { delivery: other }: Asked): boolean =>
  one.deliveryId === other.deliveryId ||
  (one.agreementId === other.agreementId && one.termsVersion !== other.termsVersion);

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
    const meaning = meanings[Math.min(...result.failed)];
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

type Placed = Pick<Asked, 'delivery' | 'evidence'> & { readonly position: number };

/** Of one release in the order of `meanings`. */
function writesOf(table: Table, placed: readonly Placed[], mailboxes: readonly Write[]): readonly Write[] {
  const deliveries = placed.map(({ delivery }) => delivery);
  const agreements = new Map(deliveries.map(({ agreementId, termsVersion }) => [agreementId, termsVersion]));
  const extracts = Map.groupBy(deliveries, ({ extractId }) => extractId);
  return [
    ...placed.map(({ delivery, position }) => nowReleased(table, delivery, position)),
    ...Array.from(agreements, ([id, termsVersion]) => whileActive(table, id, termsVersion)),
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

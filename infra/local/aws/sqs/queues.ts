import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

import { AwsRefusal } from '../front/refusal.ts';
import { statementsOf } from '../statements.ts';
import { checkedAttributes, isFifo, numberOf, redriveOf, type QueueAttributes } from './attributes.ts';
import { Deduplication } from './deduplication.ts';
import { fairOrder } from './fairness.ts';
import type { Incoming, MessageAttributes, Outgoing } from './message.ts';

type Row = Record<string, SQLOutputValue>;

export interface Queue {
  readonly name: string;
  readonly attributes: QueueAttributes;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/**
 * Standard and FIFO queues. Visibility and delays run by real time, since what a worker does takes real time, however the
 * hub's clock is moved; sending times and retention are the hub's.
 */
export class Queues {
  readonly #statement: ReturnType<typeof statementsOf>;
  readonly #hubNow: () => number;
  /** Called with a queue that may have something to receive. */
  readonly #wake: (queue: string) => void;
  readonly #deduplication = new Deduplication();

  constructor(database: DatabaseSync, hubNow: () => number, wake: (queue: string) => void) {
    this.#statement = statementsOf(database);
    this.#hubNow = hubNow;
    this.#wake = wake;
  }

  create(name: string, given: QueueAttributes): void {
    const attributes = JSON.stringify(checkedAttributes(name, given));
    const now = this.#hubNow();
    this.#run(
      `INSERT INTO queues VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET
        modified_at = iif(attributes = excluded.attributes, modified_at, excluded.modified_at),
        attributes = excluded.attributes`,
      name,
      attributes,
      now,
      now,
    );
  }

  /** @throws AwsRefusal QueueDoesNotExist */
  find(name: string): Queue {
    const row = this.#all('SELECT * FROM queues WHERE name = ?', name)[0];
    if (!row) throw new AwsRefusal(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    return {
      name,
      attributes: JSON.parse(String(row['attributes'])) as QueueAttributes,
      createdAt: Number(row['created_at']),
      modifiedAt: Number(row['modified_at']),
    };
  }

  names(prefix: string): string[] {
    return this.#all('SELECT name FROM queues ORDER BY name')
      .map((row) => String(row['name']))
      .filter((name) => name.startsWith(prefix));
  }

  /** @returns the message's id. */
  send(queue: Queue, message: Outgoing, delaySeconds: number, sender: string): string {
    const id = randomUUID();
    const before = this.#deduplication.before(queue.name, message.deduplicationId, id, this.#hubNow());
    if (before !== undefined) return before;
    const { body, attributes, groupId, traceHeader } = message;
    this.#run(
      `INSERT INTO messages (queue, id, body, attributes, group_id, trace_header, sender, sent_at, visible_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      queue.name,
      id,
      body,
      JSON.stringify(attributes),
      groupId ?? null,
      traceHeader ?? null,
      sender,
      this.#hubNow(),
      Date.now() + delaySeconds * 1000,
    );
    this.#wake(queue.name);
    return id;
  }

  /** Takes up to `limit` visible messages and hides them; those received too often go to the dead-letter queue. */
  take(queue: Queue, limit: number, hideSeconds: number): Incoming[] {
    const now = Date.now();
    this.#dropExpired(queue);
    this.#redrive(queue, now);
    const groups = this.#groups(queue.name, now);
    // FIFO: while a message of a group is in flight, no other of it is handed out.
    const free = isFifo(queue.attributes) ? groups.filter(({ inFlight }) => inFlight === 0) : groups;
    const sequence = fairOrder(free, limit, (group, count) => this.#oldest(queue.name, group, count, now));
    return sequence.map((seq) => {
      const receipt = randomUUID();
      const [row] = this.#all(
        `UPDATE messages SET receipt = ?, visible_at = ?, receive_count = receive_count + 1,
          first_received_at = coalesce(first_received_at, ?) WHERE seq = ? RETURNING *`,
        receipt,
        now + hideSeconds * 1000,
        this.#hubNow(),
        seq,
      );
      return incomingOf(row!);
    });
  }

  /** When the next hidden or delayed message will be visible, in milliseconds since 1970 of real time. */
  nextVisible(queue: string): number | undefined {
    const [row] = this.#all(
      'SELECT min(visible_at) AS at FROM messages WHERE queue = ? AND visible_at > ?',
      queue,
      Date.now(),
    );
    return row?.['at'] === null || row === undefined ? undefined : Number(row['at']);
  }

  /** A handle of an earlier receipt deletes nothing: SQS API Reference, DeleteMessage. */
  delete(queue: Queue, receipt: string): void {
    this.#run('DELETE FROM messages WHERE queue = ? AND receipt = ?', queue.name, checkedReceipt(receipt));
    this.#wake(queue.name);
  }

  hide(queue: Queue, receipt: string, seconds: number): void {
    const now = Date.now();
    const changed = this.#run(
      'UPDATE messages SET visible_at = ? WHERE queue = ? AND receipt = ? AND visible_at > ?',
      now + seconds * 1000,
      queue.name,
      checkedReceipt(receipt),
      now,
    );
    if (changed === 0) throw new AwsRefusal(400, 'MessageNotInflight', 'The message referred to is not in flight.');
    this.#wake(queue.name);
  }

  /** To the dead-letter queue, however often it was received; without one it is gone. */
  setAside(queue: Queue, receipt: string): void {
    const redrive = redriveOf(queue.attributes);
    if (!redrive) return this.delete(queue, receipt);
    this.#run(
      'UPDATE messages SET queue = ?, receipt = NULL, visible_at = ? WHERE queue = ? AND receipt = ?',
      redrive.deadLetterQueue,
      Date.now(),
      queue.name,
      checkedReceipt(receipt),
    );
    this.#wake(redrive.deadLetterQueue);
  }

  purge(queue: Queue): void {
    this.#run('DELETE FROM messages WHERE queue = ?', queue.name);
  }

  counts(queue: string): Counts {
    const [row] = this.#all(
      `SELECT coalesce(sum(visible_at <= ?1), 0) AS visible, coalesce(sum(visible_at > ?1 AND receipt IS NOT NULL), 0) AS hidden,
        coalesce(sum(visible_at > ?1 AND receipt IS NULL), 0) AS delayed FROM messages WHERE queue = ?2`,
      Date.now(),
      queue,
    );
    return { visible: Number(row?.['visible']), inFlight: Number(row?.['hidden']), delayed: Number(row?.['delayed']) };
  }

  #dropExpired({ name, attributes }: Queue): void {
    const oldest = this.#hubNow() - numberOf(attributes, 'MessageRetentionPeriod') * 1000;
    this.#run('DELETE FROM messages WHERE queue = ? AND sent_at < ?', name, oldest);
  }

  /** A moved message keeps its sending time, so that the dead-letter queue's retention counts from there. */
  #redrive({ name, attributes }: Queue, now: number): void {
    const redrive = redriveOf(attributes);
    if (!redrive) return;
    const moved = this.#run(
      `UPDATE messages SET queue = ?, receipt = NULL, visible_at = ?
        WHERE queue = ? AND visible_at <= ? AND receive_count >= ?`,
      redrive.deadLetterQueue,
      now,
      name,
      now,
      redrive.maxReceiveCount,
    );
    if (moved > 0) this.#wake(redrive.deadLetterQueue);
  }

  #groups(queue: string, now: number): { group: string | null; inFlight: number; visible: number; oldest: number }[] {
    return this.#all(
      `SELECT group_id, sum(visible_at > ?1 AND receipt IS NOT NULL) AS in_flight, sum(visible_at <= ?1) AS visible,
        min(iif(visible_at <= ?1, seq, NULL)) AS oldest FROM messages WHERE queue = ?2 GROUP BY group_id`,
      now,
      queue,
    ).map((row) => ({
      group: row['group_id'] === null ? null : String(row['group_id']),
      inFlight: Number(row['in_flight']),
      visible: Number(row['visible']),
      oldest: Number(row['oldest']),
    }));
  }

  #oldest(queue: string, group: string | null, count: number, now: number): number[] {
    const sql = 'SELECT seq FROM messages WHERE queue = ? AND group_id IS ? AND visible_at <= ? ORDER BY seq LIMIT ?';
    return this.#all(sql, queue, group, now, count).map((row) => Number(row['seq']));
  }

  #all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#statement(sql).all(...values);
  }

  #run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).changes);
  }
}

function checkedReceipt(receipt: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(receipt)) return receipt;
  throw new AwsRefusal(400, 'ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
}

const incomingOf = (row: Row): Incoming => ({
  id: String(row['id']),
  body: String(row['body']),
  attributes: JSON.parse(String(row['attributes'])) as MessageAttributes,
  groupId: row['group_id'] === null ? undefined : String(row['group_id']),
  traceHeader: row['trace_header'] === null ? undefined : String(row['trace_header']),
  sender: String(row['sender']),
  receipt: String(row['receipt']),
  sentAt: Number(row['sent_at']),
  firstReceivedAt: Number(row['first_received_at']),
  receiveCount: Number(row['receive_count']),
});

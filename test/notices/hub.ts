import { consume } from '../../functions/kernel/queue.ts';
import { sendOrLeave } from '../../functions/notices/send.ts';
import { sweepHandler } from '../../functions/notices/sweep.handler.ts';
import type { StreamRecord } from '../../functions/stream/route.handler.ts';
import { NoticeCommitted } from '../../schemas/contracts/events.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { noticeTo } from '../../functions/kernel/notice.ts';
import { anId, department, instant, resource } from '../support/builders.ts';
import { reacting } from '../support/events.ts';
import { recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryNoticeMailboxes, memoryOutbox } from '../support/memory/notices.ts';

/** A notice of an agreement's step; another number, another notice. */
export const aNotice = (number = 1, to = 'tax'): OutgoingNotice =>
  noticeTo(department(to), [anId(1), number], {
    type: 'agreement',
    event: 'accept',
    at: instant,
    by: department('quality'),
    agreementId: anId(1),
    state: 'agreed',
    resourceId: resource('legal-entities'),
    path: `/v1/agreements/${anId(1)}`,
  });

let sequence = 0;
/** What the stream says of a notice that was committed; with an old image, that its item was changed. */
export const streamRecord = ({ notice }: OutgoingNotice, changed = false): StreamRecord => {
  const image = { kind: { S: 'message' }, notice: { M: { noticeId: { S: notice.noticeId } } } };
  sequence += 1;
  return {
    dynamodb: { SequenceNumber: String(sequence), NewImage: image, ...(changed && { OldImage: image }) },
  };
};

/** The capability `notices` on memory. */
export function aHub() {
  const outbox = memoryOutbox();
  const mailboxes = memoryNoticeMailboxes();
  const clock = testClock();
  const log = recordingLog();
  const metrics = recordingMetrics();
  const ports = { outbox, mailboxes, clock, log, metrics };
  const queueing = { log, hideFor: async () => undefined };
  return {
    ...ports,
    /** Commits notices; the records are what the stream says of them. */
    commit(...notices: readonly OutgoingNotice[]): StreamRecord[] {
      for (const notice of notices) outbox.give(notice);
      return notices.map((notice) => streamRecord(notice));
    },
    send: reacting(
      'notices',
      consume(NoticeCommitted, ({ noticeId }) => sendOrLeave(ports, noticeId), queueing),
      log,
    ),
    sweep: sweepHandler(ports),
    get told(): readonly string[] {
      return mailboxes.told.map(({ to, notice }) => `${to} ${notice.noticeId}`);
    },
  };
}

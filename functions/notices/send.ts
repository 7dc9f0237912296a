import type { NoticeId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { traceOf, type About } from '../kernel/about.ts';
import { millisecondsBetween, millisecondsOf, after } from '../kernel/time.ts';
import type { Ports } from './ports.ts';

/** A notice that cannot be sent is tried again after as long as it has waited already, within these bounds. */
const SHORTEST = millisecondsOf({ minutes: 1 });
const LONGEST = millisecondsOf({ minutes: 30 });

/**
 * Sends a notice that nobody sent before, and forgets it. Where its mailbox fails it stays, and is looked at later:
 * nobody else waits for that. Between sending and forgetting it can be sent again, with the same `noticeId`.
 */
export async function sendOrLeave(ports: Ports, id: NoticeId): Promise<void> {
  const message = await ports.outbox.find(id);
  if (!message) return;
  try {
    await ports.mailboxes.send(message.to, message.notice);
  } catch (error) {
    ports.log.warn('notice not sent', { ...aboutOf(message), error });
    ports.metrics.count('NoticesFailed');
    await ports.outbox.postpone(id, nextTry(message, ports.clock.now()));
    return;
  }
  await ports.outbox.forget(id);
  ports.log.info('notice sent', aboutOf(message));
  ports.metrics.count('NoticesSent');
}

const aboutOf = ({ to, notice }: OutgoingNotice): About => ({ ...traceOf(notice), department: to });

function nextTry({ notice }: OutgoingNotice, now: string): string {
  const waited = millisecondsBetween(notice.at, now);
  return after(now, { milliseconds: Math.min(LONGEST, Math.max(SHORTEST, waited)) });
}

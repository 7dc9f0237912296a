import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { watchEventLine } from '../../clients/cli/watch/event-screen.ts';
import type { WatchEvent } from '../../clients/cli/watch/events.ts';
import { Holding } from '../../clients/cli/watch/holding.ts';
import { dueOf, newestFirst, standing, type Due } from '../../clients/cli/watch/order.ts';
import { pauseAfter, Retries } from '../../clients/cli/watch/pauses.ts';
import { shellLine } from '../../clients/cli/watch/program.ts';
import type { Mailbox, Received } from '../../clients/node/mailbox.ts';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { instant } from '../support/builders.ts';

const aDue = (datasetVersion: number, termsVersion = 1): Due =>
  ({ deliveryId: `D-${termsVersion}-${datasetVersion}`, datasetVersion, termsVersion }) as Due;

const mark = { deliveryId: 'D-1-5', datasetVersion: 5, termsVersion: 1, receipt: true };

test.each([
  ['nothing was processed yet', aDue(1), undefined, 'new'],
  ['a newer dataset', aDue(6), mark, 'new'],
  ['an older dataset', aDue(4), mark, 'older'],
  ['the same delivery again', aDue(5), mark, 'processed'],
  ['the same dataset under newer terms', aDue(5, 2), mark, 'new'],
  ['an older dataset under newer terms', aDue(4, 2), mark, 'new'],
  ['a newer dataset under older terms', aDue(6), { ...mark, termsVersion: 2 }, 'older'],
] as const)('a delivery and what was processed before: %s', (_, due, processed, expected) => {
  expect(standing(due, processed)).toBe(expected);
});

test('a batch is taken newest first, whatever order it came in', () => {
  const batch = [aDue(4), aDue(6), aDue(5), aDue(5, 2)];
  expect(newestFirst(batch, (due) => due).map(({ deliveryId }) => deliveryId)).toEqual([
    'D-2-5',
    'D-1-6',
    'D-1-5',
    'D-1-4',
  ]);
});

const released = { ...aDue(5), rows: 1, bytes: 2, sha256: 'S', releasedAt: instant, state: 'noticed' } as Delivery;
test.each<[string, Partial<Delivery>, boolean]>([
  ['what was released', {}, true],
  ['what is on its way', { state: 'planned', releasedAt: undefined }, false],
  ['what is void', { state: 'void' }, false],
  ['what may not be kept any longer', { retentionEndedAt: instant }, false],
])('of the history is due %s: %j is %s', (_, changes, isDue) => {
  expect(dueOf({ ...released, ...changes }) !== undefined).toBe(isDue);
});

const look: Look = { lang: 'en', tty: false, color: false, columns: 80 };
const about = { deliveryId: 'D', agreementId: 'A', resourceId: 'streets', datasetVersion: 7 } as Pick<
  Due,
  'deliveryId' | 'agreementId' | 'resourceId' | 'datasetVersion'
>;
test.each<[WatchEvent, string, string]>([
  [
    { event: 'suspended', ...about },
    'suspended  streets 7  D  waits for the end of the suspension of A',
    '已暂停  streets 7  D  等待恢复共享协议 A',
  ],
  [
    { event: 'skipped', reason: 'replaced', ...about },
    'skipped    streets 7  D  an amendment replaced its terms',
    '已跳过    streets 7  D  其条款已被修订条款取代',
  ],
  [
    { event: 'skipped', reason: 'retention-over', ...about },
    'skipped    streets 7  D  its terms do not let it be kept any longer',
    '已跳过    streets 7  D  已超过条款约定的保存期限',
  ],
])('a watch tells %j in both languages', (event, en, zh) => {
  expect([watchEventLine(event, look), watchEventLine(event, { ...look, lang: 'zh' })]).toEqual([en, zh]);
});

test('pauses between tries grow from ten seconds to a quarter of an hour', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map(pauseAfter)).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
});

test('what failed waits for its time, is due then, and is forgotten when settled', () => {
  let now = 0;
  const retries = new Retries<string>(() => now);
  expect(retries.nextIn(20)).toBe(20);
  expect(retries.failed('D', 'the delivery')).toEqual({ tries: 1, seconds: 10 });
  expect([retries.secondsLeft('D'), retries.nextIn(20), retries.due()]).toEqual([10, 10, []]);
  now = 10_000;
  expect([retries.secondsLeft('D'), retries.nextIn(20), retries.due()]).toEqual([0, 0, ['the delivery']]);
  expect(retries.failed('D', 'the delivery')).toEqual({ tries: 2, seconds: 20 });
  retries.settled('D');
  now = 100_000;
  expect([retries.secondsLeft('D'), retries.due()]).toEqual([0, []]);
});

test.each([
  ['./load.sh', './load.sh "$HUB_FILE"'],
  ['cp {} /srv/copy.csv', 'cp "$HUB_FILE" /srv/copy.csv'],
  ['cmp {} old || cp {} old', 'cmp "$HUB_FILE" old || cp "$HUB_FILE" old'],
])('the file in %s', (command, line) => {
  expect(shellLine(command)).toBe(line);
});

class HiddenMessages {
  readonly hidden: [string, number][] = [];
  readonly removed: string[] = [];
  fails = false;
  readonly asMailbox = this as unknown as Mailbox;
  async hide({ receiptHandle }: Received, seconds: number): Promise<void> {
    if (this.fails) throw new Error('no network');
    this.hidden.push([receiptHandle, seconds]);
  }
  async remove({ receiptHandle }: Received): Promise<void> {
    this.removed.push(receiptHandle);
  }
}
const message = (receiptHandle: string): Received => ({ receiptHandle, notice: {} as Received['notice'] });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

test('however long a program runs, its message stays hidden, and no other does', async () => {
  const mailbox = new HiddenMessages();
  const holding = new Holding(mailbox.asMailbox);
  const [first, second] = [message('first'), message('second')];
  holding.hold([first, second]);
  await holding.remove(second);
  await jest.advanceTimersByTimeAsync(300_000);
  expect(mailbox.hidden).toEqual(Array.from({ length: 15 }, () => ['first', 60]));
  await holding.putBack(first, 10);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(mailbox.hidden.slice(15)).toEqual([['first', 10]]);
  expect(mailbox.removed).toEqual(['second']);
  await holding.close();
});

test('a renewal that fails is made up for by the next one', async () => {
  const mailbox = new HiddenMessages();
  const holding = new Holding(mailbox.asMailbox);
  holding.hold([message('first')]);
  mailbox.fails = true;
  await jest.advanceTimersByTimeAsync(20_000);
  mailbox.fails = false;
  await jest.advanceTimersByTimeAsync(20_000);
  expect(mailbox.hidden).toEqual([['first', 60]]);
  await holding.close();
  expect(mailbox.hidden.at(-1)).toEqual(['first', 0]);
});

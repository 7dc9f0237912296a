import { setTimeout as pause } from 'node:timers/promises';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { LaterNotice } from '../../../schemas/contracts/notices.ts';
import type { Mailbox, Received } from '../../node/mailbox.ts';
import type { Notice } from '../../protocol/notices.ts';
import { either } from '../../words/speech.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { distinct, giveBack, idOf, lookThrough } from './look-through.ts';
import { noticeLine, noticesScreen } from './notices-screen.ts';

interface PollOptions {
  readonly follow?: boolean;
  readonly dismiss?: boolean;
  readonly type?: Notice['type'];
  readonly wait: number;
}

const TYPES: readonly Notice['type'][] = ['delivery', ...LaterNotice.shape.type.options];

/** While notices lie in the mailbox, long polling answers at once: a pause between looks keeps the queue quiet. */
const BETWEEN_LOOKS_MS = 5_000;

export function pollCommand(program: Command, context: Context): void {
  program
    .command('poll')
    .description(
      'the notices in your mailbox; nothing is removed unless you say so (hub fetch removes what it fetched)',
    )
    .option('--follow', 'go on and print every new notice as it comes, until Ctrl-C')
    .addOption(new Option('--type <type>', 'of this type only').choices(TYPES))
    .option('--dismiss', 'take what was shown out of the mailbox, deliveries excepted: hub fetch does that')
    .option('--wait <seconds>', 'for the first notice, 0 to 20', secondsOf, 3)
    .addHelpText(
      'after',
      examples(
        ['hub poll', 'what is there: deliveries to fetch, and what happened or is owed'],
        ['hub poll --dismiss', 'read, and out of the mailbox; deliveries stay'],
        ['hub poll --follow --json', 'a line of JSON for every notice'],
        ['hub poll --type delivery --json | jq -r .deliveryId | xargs -n1 hub fetch', 'fetch everything'],
      ),
    )
    .action(async (options: PollOptions) => {
      const mailbox = await (await context.connect()).mailbox();
      try {
        await (options.follow ? followed(context, mailbox, options) : once(context, mailbox, options));
      } finally {
        mailbox.close();
      }
    });
}

async function once(context: Context, mailbox: Mailbox, options: PollOptions): Promise<void> {
  const progress = context.progress('looking into the mailbox');
  const seen = await lookThrough(mailbox, { waitSeconds: options.wait });
  const shown = distinct(seen).filter(isAskedFor(options));
  const notices = shown.map(({ notice }) => notice);
  progress.end();
  if (notices.length === 0) context.say(either(context, 'The mailbox is empty.', '信箱是空的。'));
  else if (!context.json) context.print(notices, noticesScreen);
  else for (const notice of notices) context.emit(notice, noticeLine);
  await settle(mailbox, seen, options);
}

async function followed(context: Context, mailbox: Mailbox, options: PollOptions): Promise<void> {
  const { stopping } = context;
  const told = new Set<string>();
  context.say(either(context, 'Waiting for notices; Ctrl-C ends.', '等待通知；按 Ctrl-C 结束。'));
  while (!stopping.aborted) {
    const seen = await lookThrough(mailbox, { waitSeconds: 20, signal: stopping }).catch(whenStopped(stopping));
    for (const { notice } of distinct(seen).filter(isAskedFor(options))) {
      if (!told.has(idOf(notice))) context.emit(notice, noticeLine);
      told.add(idOf(notice));
    }
    await settle(mailbox, seen, options);
    if (seen.length > 0) await pause(BETWEEN_LOOKS_MS, undefined, { signal: stopping }).catch(whenStopped(stopping));
  }
}

const isAskedFor =
  ({ type }: PollOptions) =>
  ({ notice }: Received<Notice>): boolean =>
    type === undefined || notice.type === type;

/** Only what was asked for and shown goes, every copy of it; a delivery never does: somebody has to fetch it. */
async function settle(mailbox: Mailbox, seen: readonly Received<Notice>[], options: PollOptions): Promise<void> {
  const isDone = (received: Received<Notice>) =>
    options.dismiss === true && received.notice.type !== 'delivery' && isAskedFor(options)(received);
  for (const received of seen.filter(isDone)) await mailbox.remove(received);
  await giveBack(
    mailbox,
    seen.filter((received) => !isDone(received)),
  );
}

const whenStopped =
  (stopping: AbortSignal) =>
  (fault: unknown): Received<Notice>[] => {
    if (stopping.aborted) return [];
    throw fault;
  };

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 20) return seconds;
  throw new InvalidArgumentError('Whole seconds, 0 to 20.');
}

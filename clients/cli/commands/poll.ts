import { setTimeout as pause } from 'node:timers/promises';
import { InvalidArgumentError, type Command } from 'commander';
import type { Mailbox, Received } from '../../protocol/mailbox.ts';
import type { Context } from '../context.ts';
import { examples } from '../help.ts';
import { distinct, giveBack, lookThrough } from '../mailbox/look-through.ts';
import { noticeLine, noticesScreen } from '../screens/notices.ts';
import { either } from '../screens/words.ts';

interface PollOptions {
  readonly follow?: boolean;
  readonly wait: number;
}

/** While notices lie in the mailbox, long polling answers at once: a pause between looks keeps the queue quiet. */
const BETWEEN_LOOKS_MS = 5_000;

export function pollCommand(program: Command, context: Context): void {
  program
    .command('poll')
    .description('the notices in your mailbox; nothing is removed: hub fetch does that')
    .option('--follow', 'go on and print every new notice as it comes, until Ctrl-C')
    .option('--wait <seconds>', 'for the first notice, 0 to 20', secondsOf, 2)
    .addHelpText(
      'after',
      examples(
        ['hub poll', 'what is there'],
        ['hub poll --follow --json', 'a line of JSON for every notice'],
        ['hub poll --json | jq -r .deliveryId | xargs -n1 hub fetch', 'fetch everything'],
      ),
    )
    .action(async ({ follow, wait }: PollOptions) => {
      const mailbox = await (await context.connect()).mailbox();
      try {
        await (follow ? followed(context, mailbox) : once(context, mailbox, wait));
      } finally {
        mailbox.close();
      }
    });
}

async function once(context: Context, mailbox: Mailbox, waitSeconds: number): Promise<void> {
  const progress = context.progress('looking into the mailbox');
  const seen = await lookThrough(mailbox, { waitSeconds });
  await giveBack(mailbox, seen);
  progress.end();
  const notices = distinct(seen).map(({ notice }) => notice);
  if (notices.length === 0) return context.say(either(context, 'The mailbox is empty.', '信箱是空的。'));
  if (!context.json) return context.print(notices, noticesScreen);
  for (const notice of notices) context.emit(notice, noticeLine);
}

async function followed(context: Context, mailbox: Mailbox): Promise<void> {
  const { stopping } = context;
  const told = new Set<string>();
  context.say(either(context, 'Waiting for notices; Ctrl-C ends.', '等待通知；按 Ctrl-C 结束。'));
  while (!stopping.aborted) {
    const seen = await lookThrough(mailbox, { waitSeconds: 20, signal: stopping }).catch(whenStopped(stopping));
    await giveBack(mailbox, seen);
    for (const { notice } of distinct(seen)) {
      if (!told.has(notice.deliveryId)) context.emit(notice, noticeLine);
      told.add(notice.deliveryId);
    }
    if (seen.length > 0) await pause(BETWEEN_LOOKS_MS, undefined, { signal: stopping }).catch(whenStopped(stopping));
  }
}

const whenStopped =
  (stopping: AbortSignal) =>
  (fault: unknown): Received[] => {
    if (stopping.aborted) return [];
    throw fault;
  };

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 20) return seconds;
  throw new InvalidArgumentError('Whole seconds, 0 to 20.');
}

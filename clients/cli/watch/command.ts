import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import { either } from '../../words/speech.ts';
import { inForceFor } from '../agreements/in-force.ts';
import type { Connected } from '../terminal/connect.ts';
import type { Context } from '../terminal/context.ts';
import { exit } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { watchEventLine } from './event-screen.ts';
import { Journal } from './journal.ts';
import { LeftBehind } from './left-behind.ts';
import { lockFolder } from './lock.ts';
import { Watch } from './watch.ts';

interface WatchCommandOptions {
  readonly exec: string;
  readonly to: string;
  readonly resource?: string;
  readonly once?: boolean;
  readonly keep?: boolean;
}

const rules = `
The command runs in a shell for every delivery, with the file as its last argument, or where {} stands, and with
HUB_FILE HUB_DELIVERY_ID HUB_AGREEMENT_ID HUB_TERMS_VERSION HUB_RESOURCE_ID HUB_RESOURCE_VERSION HUB_DATASET_VERSION
HUB_PROVIDER HUB_FORMAT HUB_ROWS HUB_BYTES HUB_SHA256 in its environment.

  It succeeds (exit code 0)  the receipt is given, the message removed; replaced files are removed (see --keep).
  It fails                   no receipt; tried again after 10 s, 20 s … 15 min, and after a restart at once.
  Killed at any moment       start it again: nothing is lost. A command that was cut off runs again, so let it replace
                             its result as a whole (write beside, then rename; one database transaction).
  Out of order               an older dataset is never processed after a newer one of the same agreement: its message
                             is removed without fetching it, and it gets no receipt.
  Suspended                  nothing is given out meanwhile: messages stay, which is said once, and are tried again.
  Over                       the agreement ended, an amendment replaced the terms, or the days for which the delivery
                             may be kept have passed: its message is removed without fetching it, without a receipt.
  Edits                      (terms with --content changes) are left in the mailbox: hub follow applies them.
  Lost messages              the history of deliveries is looked at when it starts and every ten minutes.

How far it has come is kept in DIR/watch.json; every watch has a folder of its own.
`;

export function watchCommand(program: Command, context: Context): void {
  program
    .command('watch')
    .description('a consumer’s daemon: fetch and verify every delivery, run a program on it, confirm what succeeded')
    .requiredOption('--exec <command>', 'the program; {} stands for the file')
    .option('--to <dir>', 'folder for the files and for what it remembers', 'hub-watch')
    .option('--resource <resource>', 'deliveries of this resource only')
    .option('--once', 'leave when there is nothing more; exit code 1 if something failed')
    .option('--keep', 'keep the files of replaced datasets, too')
    .addHelpText(
      'after',
      examples(
        ["hub watch --exec 'cp {} /srv/streets.csv' --resource streets", 'keeps a local copy current'],
        ['hub watch --exec ./load.sh --to /var/lib/hub', 'a program that looks at HUB_RESOURCE_ID'],
        ['hub watch --exec ./load.sh --once', 'from cron'],
      ),
    )
    .addHelpText('after', rules)
    .action((options: WatchCommandOptions) => watch(context, options));
}

async function watch(context: Context, options: WatchCommandOptions): Promise<void> {
  const { stopping } = context;
  const hub = await context.connect();
  const { department } = await hub.me();
  const journal = await Journal.open(options.to, department);
  const unlock = await lockFolder(options.to);
  const leftBehind = new LeftBehind(options.to);
  await untilEnded(context, leftBehind);
  await sayWhereNothingComes(context, hub, department, options.resource);
  const mailbox = await hub.mailbox();
  if (!options.once) {
    context.say(
      either(
        context,
        `Watching as ${department}; files in ${options.to}. Ctrl-C ends.`,
        `以 ${department} 身份监听，文件存于 ${options.to}；按 Ctrl-C 结束。`,
      ),
    );
  }
  try {
    const failures = await new Watch({
      client: hub.client,
      mailbox,
      journal,
      leftBehind,
      folder: options.to,
      command: options.exec,
      keep: options.keep === true,
      quiet: context.json,
      resourceId: options.resource,
      once: options.once === true,
      stopping,
      tell: (event) => context.emit(event, watchEventLine),
    }).run();
    if (options.once && failures > 0) context.leaveWith(exit.refused);
  } finally {
    mailbox.close();
    unlock();
  }
}

/** Whoever starts it beforehand may; whoever has mistyped the resource would wait for ever. */
async function sayWhereNothingComes(
  context: Context,
  { client }: Connected,
  department: string,
  resource?: string,
): Promise<void> {
  if ((await inForceFor(client, department, resource)).length > 0) return;
  const [on, about] = resource === undefined ? ['', ''] : [` on ${resource}`, ` --resource ${resource}`];
  context.say(
    either(
      context,
      `${department} has no active agreement${on}: nothing comes before one is filed. hub agreements${about} shows how far one has come.`,
      `${department} ${resource === undefined ? '' : `对 ${resource} `}没有生效的共享协议：备案之前不会有交付。hub agreements${about} 显示进展。`,
    ),
  );
}

/** Two runs of the program at once would be worse than waiting. */
async function untilEnded(context: Context, leftBehind: LeftBehind): Promise<void> {
  if (!(await leftBehind.isRunning())) return;
  context.say(
    either(
      context,
      'The program of an earlier watch is still running; waiting for its end.',
      '先前启动的程序仍在运行，等待其结束。',
    ),
  );
  while (!context.stopping.aborted && (await leftBehind.isRunning())) await pause(500);
}

import { mkdir } from 'node:fs/promises';
import type { Command } from 'commander';
import { deliveryTerms, termsOf } from '../../../functions/reading/terms.ts';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { hubSource } from '../../node/follow.ts';
import { either } from '../../words/speech.ts';
import type { Connected } from '../terminal/connect.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { followEventLine } from './event-screen.ts';
import { lockFolder } from '../watch/lock.ts';
import { agreementToFollow, isSuspended, shapesOf } from './agreement.ts';
import type { FollowEvent } from './events.ts';
import { FileCopy, type FileCopyOptions, folderOf, workOf } from './file-copy.ts';
import { Follow } from './follow.ts';

interface FollowCommandOptions {
  readonly to?: string;
  readonly once?: boolean;
}

const rules = `
A snapshot replaces FILE; edits (terms with --content changes) are applied to it, each in its turn. FILE always is one
whole version, and takes the place of the one before it at once: whoever reads it sees the old or the new one.

  Out of order      edits that come too early are held; what is missing is read from the history.
  Killed            at any moment, start it again: FILE.hub/copy.json and the bytes of FILE say what it is.
  Amended           the snapshot of the new terms takes the place of FILE, with their fields; edits go on from it.
  Suspended         nothing is given out meanwhile: FILE stays as it is, which is said, and goes on afterwards.
  Gone              what may not be kept any longer, or was replaced by an amendment before it was fetched, cannot be
                    applied any more; edits that are based on it wait for the next snapshot.
  Changed, removed  by something else: it is made anew from the history. Leave FILE to hub follow; copy it to edit it.

FILE.hub takes as much room as FILE while it works. Other agreements' messages are left in the mailbox.
Exit codes: 0 stopped (with --once: FILE is current) · 1 the agreement has ended (with --once also: something is missing)
`;

export function followCommand(program: Command, context: Context): void {
  program
    .command('follow')
    .description('keep a file an exact copy of what one agreement grants, snapshots and edits alike')
    .argument('<resource>', 'id of the resource, or of the agreement where there are several')
    .option('--to <file>', 'the copy (default: RESOURCE.FORMAT here)')
    .option('--once', 'leave when there is nothing more')
    .addHelpText(
      'after',
      examples(
        ['hub follow streets --to /srv/streets.csv', 'a daemon; Ctrl-C ends it'],
        ['hub follow streets --once', 'from cron: bring ./streets.csv up to date'],
        ['hub agreements propose streets … --content changes', 'ask for edits in place of the whole'],
      ),
    )
    .addHelpText('after', rules)
    .action((resource: string, options: FollowCommandOptions) => follow(context, resource, options));
}

async function follow(context: Context, wanted: string, { to, once = false }: FollowCommandOptions): Promise<void> {
  const hub = await context.connect();
  const { department } = await hub.me();
  const agreement = await agreementToFollow(hub.client, department, wanted);
  const file = to ?? nameOf(agreement);
  await mkdir(folderOf(file), { recursive: true });
  const unlock = await lockFolder(folderOf(file), 'hub follow');
  try {
    const copy = await openCopy(context, hub, { file, department, agreementId: agreement.agreementId });
    if (!once) context.say(watching(context, agreement, file));
    await keep(context, hub, { copy, file, once, agreementId: agreement.agreementId });
  } finally {
    unlock();
  }
}

async function openCopy(
  context: Context,
  { client }: Connected,
  of: Pick<FileCopyOptions, 'file' | 'department' | 'agreementId'>,
): Promise<FileCopy> {
  const { file, agreementId } = of;
  const copy = await FileCopy.open({
    ...of,
    shapeOf: shapesOf(client, agreementId),
    onApplied: ({ deliveryId, content, datasetVersion, changes, rows }, seconds) =>
      context.emit(
        { event: 'applied', deliveryId, content, datasetVersion, changes, rows, file, seconds },
        followEventLine,
      ),
  });
  if (copy.lost) context.emit({ event: 'lost', reason: copy.lost, file }, followEventLine);
  return copy;
}

interface Keeping {
  readonly copy: FileCopy;
  readonly file: string;
  readonly agreementId: string;
  readonly once: boolean;
}

async function keep(context: Context, hub: Connected, { copy, file, agreementId, once }: Keeping): Promise<void> {
  const mailbox = await hub.mailbox();
  const tell = (event: FollowEvent) => context.emit(event, followEventLine);
  try {
    const isWhole = await new Follow({
      copy,
      source: hubSource(hub.client, agreementId, workOf(file)),
      mailbox,
      agreementId,
      isSuspended: () => isSuspended(hub.client, agreementId, file),
      once,
      stopping: context.stopping,
      tell,
    }).run();
    if (!once) return;
    if (isWhole && copy.standing) tell({ event: 'current', datasetVersion: copy.standing.datasetVersion, file });
    else context.leaveWith(exit.refused);
  } finally {
    mailbox.close();
  }
}

const watching = (context: Context, { agreementId, resourceId }: Agreement, file: string): string =>
  either(
    context,
    `Keeping ${file} a copy of ${resourceId} under agreement ${agreementId}. Ctrl-C ends.`,
    `按共享协议 ${agreementId} 使 ${file} 与 ${resourceId} 保持一致；按 Ctrl-C 结束。`,
  );

function nameOf(agreement: Agreement): string {
  const terms = deliveryTerms(termsOf(agreement));
  if (terms) return `${agreement.resourceId}.${terms.format}`;
  throw new Failure({
    what: `Nothing is delivered under agreement ${agreement.agreementId} that a file could follow.`,
    why: 'Its terms grant lookups or comparisons.',
    code: 'no-delivery',
  });
}

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findVersion } from '../../../functions/reading/terms.ts';
import { blindList, keyList, newRunKey, type OwnList, UnfitList } from '../../node/blind-list.ts';
import { sendList } from '../../node/compare.ts';
import { factsOf } from '../../node/file.ts';
import { turnBack } from '../../node/turn-back.ts';
import { RefusedError } from '../../protocol/refused.ts';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import { fetched, targetOf } from '../mailbox/fetch-command.ts';
import { cacheFolder } from '../terminal/cache-folder.ts';
import type { Connected } from '../terminal/connect.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure, wrongUsage } from '../terminal/failure.ts';
import { stopped } from '../upload/sending/interrupted.ts';
import { mustNotOverwrite } from '../upload/files.ts';
import { awaitResult, printResult, type WithResult } from './await-result.ts';
import { BlindJournal } from './blind-journal.ts';
import type { CompareOptions } from './compare-options.ts';
import { comparisonScreen } from './comparisons-screen.ts';

/** The list as it is typed of. */
type Typed = Omit<OwnList, 'schema' | 'key' | 'maxList'>;

/** `hub compare --blind`: sends keyed digests in the place of the list, and makes rows of it of what comes back. */
export async function compareBlindly(context: Context, typed: Typed, options: CompareOptions): Promise<void> {
  const { agreement, kind, output, wait } = options;
  if (kind !== 'intersect' && kind !== 'except')
    throw wrongUsage(
      `A blind list is not compared by ${kind}.`,
      '--blind goes with --kind intersect and --kind except.',
    );
  mustNotOverwrite(typed.file, [output]);
  const hub = await context.connect();
  const { format, sheet, encoding, columns } = typed;
  const { sha256 } = await factsOf(typed.file);
  const identity = { api: hub.api, agreement, kind, columns, format, sheet, encoding, sha256 };
  const journal = await BlindJournal.open(cacheFolder(context.env, 'comparisons'), identity);
  try {
    const list = { ...(await ownList(hub, typed, agreement)), signal: context.stopping };
    if (journal.comparisonId !== undefined) context.say(goesOn(context, journal.comparisonId));
    const comparisonId = journal.comparisonId ?? (await sent(context, hub, journal, list, options));
    if (!wait)
      return context.print(
        await hub.client.call(routes.readComparison, { params: { comparisonId } }),
        comparisonScreen,
      );
    const ended = await awaitResult(context, hub, comparisonId);
    if (ended) await told(context, hub, ended, { journal, list, options });
    await journal.close();
  } catch (fault) {
    throw await interrupted(fault, context, journal);
  }
}

/** What the agreement says of the list: by which fields it is keyed, read by which version of the resource. */
async function ownList({ client }: Connected, typed: Typed, agreementId: string): Promise<OwnList> {
  const agreement = await client.call(routes.readAgreement, { params: { agreementId } });
  const { resourceId, resourceVersion: version } = agreement;
  const terms = findVersion(agreement, agreement.termsVersion)?.terms;
  if (terms?.mode !== 'comparison')
    throw wrongUsage(`Agreement ${agreementId} is of no comparison.`, 'hub agreements lists those that there are.');
  const { definition } = await client.call(routes.readResourceVersion, { params: { resourceId, version } });
  return { ...typed, schema: definition.schema, key: terms.key, maxList: terms.maxList };
}

/** Keys the list, announces it and sends its digests. The key is in this process alone, and gone with it. */
async function sent(
  context: Context,
  { client }: Connected,
  journal: BlindJournal,
  list: OwnList,
  { agreement, kind }: CompareOptions,
): Promise<string> {
  const progress = context.progress(either(context.look, 'keying the list', '对清单加密'));
  const key = newRunKey();
  const file = join(journal.folder, 'sent.csv');
  try {
    const { rejected, invalid } = await keyList(list, key, journal.digests);
    if (rejected + invalid > 0) context.say(leftOut(context, rejected + invalid));
    await blindList(journal.digests, file);
    progress.retitle(either(context.look, 'sending the list', '上传清单'));
    const comparisonId = await sendList(client, file, { agreementId: agreement as never, kind, blind: { key } });
    await journal.sent(comparisonId);
    return comparisonId;
  } finally {
    progress.end();
    await rm(file, { force: true });
  }
}

const goesOn = ({ look }: Context, comparisonId: string): string =>
  either(look, `Going on with comparison ${comparisonId}.`, `继续比对 ${comparisonId}。`);

const leftOut = ({ look }: Context, rows: number): string =>
  either(look, `${rows} rows have no key, and are not sent.`, `${rows} 行没有有效的键，未发送。`);

interface Work {
  readonly journal: BlindJournal;
  readonly list: OwnList;
  readonly options: CompareOptions;
}

/** The result is fetched, verified and confirmed as any delivery; what is kept of it are the rows of one's own list. */
async function told(context: Context, hub: Connected, ended: WithResult, work: Work): Promise<void> {
  const { journal, list, options } = work;
  const { deliveryId } = ended;
  const result = join(journal.folder, 'result.csv');
  const arrived = await fetched(context, hub, deliveryId, result);
  const delivery = await hub.client.call(routes.readDelivery, { params: { deliveryId } });
  const format = options.as ?? formatOf(list);
  const file = await targetOf({ ...delivery, format }, options.output);
  const { digests, folder } = journal;
  const { rows, bytes, sha256 } = await turnBack(list, { digests, result, folder }, { file, format });
  printResult(context, ended, { ...arrived, file, rows, bytes, sha256 });
}

/** As a result has the format of its list. */
function formatOf({ format }: OwnList) {
  if (format === 'auto') throw new Error('the format of a list is known by now');
  return format;
}

/** How a run that did not come to its end is told. */
async function interrupted(fault: unknown, context: Context, journal: BlindJournal): Promise<unknown> {
  const { comparisonId } = journal;
  // What was not sent, or is not there any more, is nothing to go on with.
  if (comparisonId === undefined || (fault instanceof RefusedError && fault.problem.status === 404))
    await journal.close();
  if (fault instanceof UnfitList) return unfit(fault);
  if (comparisonId === undefined) return stopped(fault, context, 'Stopped before anything was sent.');
  return fault instanceof Failure || fault instanceof RefusedError ? fault : goesOnLater(fault, context, comparisonId);
}

const unfit = ({ message: why }: UnfitList): Failure =>
  new Failure({
    what: 'The list cannot be compared.',
    why,
    next: ['Mend it, or say what it calls a field of the key: --columns field=column.'],
    code: 'unfit-list',
    exit: exit.refused,
  });

function goesOnLater(fault: unknown, { stopping }: Context, comparisonId: string): Failure {
  const what = stopping.aborted
    ? `Stopped; it is comparison ${comparisonId}.`
    : `Comparison ${comparisonId} goes on without this command.`;
  const why = fault instanceof Error && !stopping.aborted ? { why: fault.message } : {};
  const next = ['The same command goes on with it, as long as the list is the same.'];
  return new Failure({ what, ...why, next, code: 'interrupted', exit: exit.refused }, { cause: fault });
}

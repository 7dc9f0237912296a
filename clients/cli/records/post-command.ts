import { createReadStream } from 'node:fs';
import type { PostedRecords, Upload } from '../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { RefusedError } from '../../protocol/refused.ts';
import { routes } from '../../protocol/routes.ts';
import { count } from '../../words/quantity.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import type { Typed } from '../upload/command-line.ts';
import { mustBeReadable } from '../upload/files.ts';
import { PAUSES, persist, type Patience } from '../upload/sending/persist.ts';
import { showVerdict } from '../upload/verdict/show-verdict.ts';
import { exitOf } from '../upload/verdict/verdict-exit.ts';
import { waitForVerdict } from '../upload/verdict/wait.ts';
import { batchesOf } from './batches.ts';
import { postedScreen, verdictsScreen, type Posted } from './posted-screen.ts';
import { recordsIn, type Placed } from './read-records.ts';

export interface PostOptions {
  readonly wait?: boolean;
  readonly strict?: boolean;
  readonly records: number;
}

/** `hub records post`: records one by one as changes, a thousand a call. */
export async function postRecords(
  context: Context,
  typed: Typed,
  resourceId: string,
  file: string,
  options: PostOptions,
): Promise<void> {
  const input = file === '-' ? process.stdin : await opened(file);
  const { client } = await context.connect();
  const patience = { pauses: PAUSES, signal: context.stopping };
  const posted = await postAll(context, { client, patience, resourceId, input });
  if (options.wait !== true) return context.print(posted, (shown, look) => postedScreen(shown, typed, look));
  const uploads = await verdicts(context, client, patience, posted);
  const codes = uploads.map((upload) => exitOf(upload, options.strict));
  context.leaveWith(codes.find((code) => code === exit.held) ?? codes.find((code) => code !== exit.ok) ?? exit.ok);
  const [only] = uploads;
  if (only && uploads.length === 1) {
    const resend = typed('records', 'post', resourceId, file, '--wait');
    return showVerdict(context, typed, client, only, { records: options.records, resend });
  }
  context.print({ ...posted, uploads }, (shown, look) => verdictsScreen(shown, typed, look));
}

async function opened(file: string): Promise<AsyncIterable<Uint8Array>> {
  await mustBeReadable(file);
  return createReadStream(file);
}

interface Posting {
  readonly client: HubClient;
  readonly patience: Patience;
  readonly resourceId: string;
  readonly input: AsyncIterable<Uint8Array>;
}

async function postAll(context: Context, { input, ...posting }: Posting): Promise<Posted> {
  const { resourceId } = posting;
  const title = (done: number) =>
    context.lang === 'zh' ? `已提交 ${count(done)} 条` : `${count(done)} records posted`;
  const progress = context.progress(title(0));
  const uploads: Posted['uploads'][number][] = [];
  let records = 0;
  try {
    for await (const batch of batchesOf(recordsIn(input))) {
      const { uploadId } = await postBatch(posting, batch);
      uploads.push({ uploadId, records: batch.length });
      progress.retitle(title((records += batch.length)));
    }
  } catch (fault) {
    if (records > 0) context.say(before(context, records, uploads.length));
    throw fault;
  } finally {
    progress.end();
  }
  if (records > 0) return { resourceId, records, uploads };
  throw new Failure({
    what: 'There are no records.',
    next: ['One JSON object a line, or a JSON array.'],
    code: 'empty',
  });
}

const before = ({ lang }: Context, records: number, uploads: number): string =>
  lang === 'zh'
    ? `此前已提交 ${count(records)} 条（${count(uploads)} 次上报）；重复提交同样的记录不会产生其他结果。`
    : `${count(records)} records before it are posted (${count(uploads)} uploads); posting them again has the same result.`;

/** One key for all tries of a call: a batch whose answer got lost is not posted twice. */
async function postBatch(
  { client, patience, resourceId }: Omit<Posting, 'input'>,
  batch: readonly Placed[],
): Promise<PostedRecords> {
  const body = { records: batch.map(({ record }) => record) };
  const sent = { params: { resourceId }, body };
  try {
    return await persist(() => client.call(routes.postRecords, sent), patience);
  } catch (fault) {
    throw fault instanceof RefusedError ? placed(fault, batch) : fault;
  }
}

/** `/records/3/code` of a call is `line 2004 /code` of what the person has. */
function placed(refusal: RefusedError, batch: readonly Placed[]): RefusedError {
  const violations = refusal.problem.violations?.map((violation) => {
    const [, index, rest = ''] = /^\/records\/(\d+)(\/.*)?$/.exec(violation.path) ?? [];
    const at = index === undefined ? undefined : batch[Number(index)];
    return at ? { ...violation, path: `${at.place} ${rest}`.trimEnd() } : violation;
  });
  return new RefusedError({ ...refusal.problem, ...(violations && { violations }) });
}

/** In their order, which is that of their commits; behind one that is held nothing moves. */
async function verdicts(
  context: Context,
  client: HubClient,
  patience: Patience,
  { uploads }: Posted,
): Promise<Upload[]> {
  const found: Upload[] = [];
  let isHeld = false;
  for (const { uploadId } of uploads) {
    const upload: Upload = isHeld
      ? await client.call(routes.readUpload, { params: { uploadId } })
      : await waitForVerdict(context, client, patience, uploadId);
    isHeld ||= upload.state === 'held';
    found.push(upload);
  }
  return found;
}

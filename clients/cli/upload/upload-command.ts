import { basename } from 'node:path';
import type { Encoding, UploadContent, UploadFormat } from '../../../schemas/contracts/uploads.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { count } from '../../words/quantity.ts';
import { texts } from '../../words/verdict.ts';
import { cacheFolder } from '../terminal/cache-folder.ts';
import type { Context } from '../terminal/context.ts';
import { begin, type Begun } from './sending/begin.ts';
import type { Typed } from './command-line.ts';
import { type Digested, digestOf } from './sending/digest.ts';
import { kindOf, wordsOf } from './checking/file-kind.ts';
import { mustBeReadable } from './files.ts';
import { interrupted, stopped } from './sending/interrupted.ts';
import { Journal } from './sending/journal.ts';
import { PAUSES, type Patience } from './sending/persist.ts';
import { cutsFor } from './sending/segment-plan.ts';
import { sendInParts, sendWhole } from './sending/send-file.ts';
import { showVerdict } from './verdict/show-verdict.ts';
import { exitOf } from './verdict/verdict-exit.ts';
import { sentOnly, waitForVerdict } from './verdict/wait.ts';

export interface UploadOptions {
  readonly resource: string;
  readonly content: UploadContent;
  readonly name?: string;
  readonly format: UploadFormat;
  readonly sheet?: string;
  readonly encoding: Encoding;
  readonly fixes?: string;
  readonly wait: boolean;
  readonly strict?: boolean;
  readonly partSize?: number;
  readonly segmentSize?: number;
  readonly records: number;
}

/** `hub upload`: announces, sends, resumes what was interrupted, and tells the verdict. */
export async function upload(context: Context, typed: Typed, file: string, options: UploadOptions): Promise<void> {
  const fileBytes = await mustBeReadable(file);
  const { resource: resourceId, content, format, sheet, encoding, name, fixes, wait } = options;
  const typedKind = { content, format, sheet, encoding, ...(name !== undefined && { name }) };
  const kind = await kindOf(file, { ...typedKind, mended: fixes !== undefined });
  const cuts = cutsFor(fileBytes, { ...kind, fixes }, options);
  const { client, api } = await context.connect();
  const patience = { pauses: PAUSES, signal: context.stopping };
  const digested = await readFacts(context, file, cuts);
  const { bytes, sha256, partBytes } = digested;
  const identity = { api, resourceId, kind, fixes, bytes, sha256, partBytes };
  const journal = await Journal.open(cacheFolder(context.env, 'uploads'), identity);
  const begun = await beginOrForget(client, journal, { resourceId, kind, fixes, digested });
  try {
    await send(context, client, patience, begun, digested);
    const verdict = wait ? await waitForVerdict(context, client, patience, begun.uploadId) : undefined;
    await begun.journal.close();
    if (verdict === undefined) return sentOnly(context, client, typed, begun.uploadId);
    await showVerdict(context, typed, client, verdict, { file, said: wordsOf(typedKind), records: options.records });
    context.leaveWith(exitOf(verdict, options.strict));
  } catch (fault) {
    throw interrupted(fault, context, begun, digested);
  }
}

/** What was refused has no effect that could be resumed. */
async function beginOrForget(
  client: HubClient,
  journal: Journal,
  sending: Parameters<typeof begin>[2],
): Promise<Begun> {
  try {
    return await begin(client, journal, sending);
  } catch (fault) {
    if (journal.uploadId === undefined && !journal.found) await journal.close();
    throw fault;
  }
}

async function readFacts(context: Context, file: string, cuts: ReturnType<typeof cutsFor>): Promise<Digested> {
  const bytes = await mustBeReadable(file);
  const progress = context.progress(`${texts(context.lang).digesting} ${basename(file)}`, bytes);
  try {
    return await digestOf(file, cuts, (done) => progress.update(done), context.stopping);
  } catch (fault) {
    throw stopped(fault, context, 'Stopped before anything was sent.');
  } finally {
    progress.end();
  }
}

async function send(
  context: Context,
  client: HubClient,
  patience: Patience,
  begun: Begun,
  digested: Digested,
): Promise<void> {
  const t = texts(context.lang);
  if (!begun.awaiting) return context.say(t.already(begun.uploadId));
  const progress = context.progress(`${t.sending} ${basename(digested.file)}`, digested.bytes);
  const options = {
    client,
    patience,
    onBytes: (done: number) => progress.update(done),
    onResume: (there: number, parts: number) => context.say(t.resumed(begun.uploadId, count(there), count(parts))),
  };
  try {
    await (digested.partBytes === undefined
      ? sendWhole(begun, digested, options)
      : sendInParts(begun, digested, options));
  } finally {
    progress.end();
  }
}

import { Worker } from 'node:worker_threads';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { RefusedFile } from '../refused-file.ts';
import type { Answer, ParquetTask } from './thread.ts';

/** Run from its sources, or beside the bundle of the function (`infra/bundle`). */
const SCRIPT = new URL(
  import.meta.url.endsWith('.ts') ? './parquet-worker.ts' : './parquet-worker.mjs',
  import.meta.url,
);
/** Of JavaScript values; pages themselves are bounded by what `pages.ts` allows. */
const LIMITS = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };
/** For 256 KiB of text. */
const PATIENCE_MS = 120_000;

/**
 * A Parquet file as CSV. Its decoders are many and not all expect hostile input: they run in a thread of their own, so that
 * one that never ends, or needs more memory than there is, ends the thread and not the check. It has no environment.
 */
export async function* parquetToCsv(file: ScratchFile, schema: TableSchema | undefined): AsyncGenerator<Uint8Array> {
  const task: ParquetTask = { descriptor: file.descriptor, size: file.size, schema };
  const thread = new Worker(SCRIPT, { workerData: task, resourceLimits: LIMITS, execArgv: [], env: {} });
  let ready = false;
  try {
    for (;;) {
      const answer = await answerOf(thread);
      if ('done' in answer) return;
      if ('ready' in answer) {
        ready = true;
        continue;
      }
      if ('fault' in answer) throw new Error(`a Parquet file could not be read: ${answer.fault}`);
      if ('refusal' in answer) throw new RefusedFile(answer.refusal.code, answer.refusal.detail);
      yield answer.chunk;
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage('next');
    }
  } catch (error) {
    // A thread that never came up is no fault of the file.
    if (!ready) throw new Error('the thread that decodes Parquet files does not start', { cause: error });
    throw error;
  } finally {
    await thread.terminate();
  }
}

function answerOf(thread: Worker): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (reason: string) => (cause?: unknown) => {
      settle();
      reject(new RefusedFile('unreadable', reason, cause));
    };
    const answered = (answer: Answer): void => {
      settle();
      resolve(answer);
    };
    const failed = ended('the Parquet file cannot be decoded with the memory that there is, or at all');
    const exited = ended('the Parquet file cannot be decoded');
    const patience = setTimeout(ended('a part of the Parquet file takes too long to decode'), PATIENCE_MS);
    const settle = (): void => {
      clearTimeout(patience);
      thread.off('message', answered).off('error', failed).off('exit', exited);
    };
    thread.once('message', answered).once('error', failed).once('exit', exited);
  });
}

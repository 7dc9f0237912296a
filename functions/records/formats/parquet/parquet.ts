import { Worker } from 'node:worker_threads';
import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { ScratchFile } from '../../scratch/scratch-file.ts';
import { RefusedFile } from '../refused-file.ts';
import type { Answer, ParquetTask } from './thread.ts';
import { threadScript } from './thread-script.ts';

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
  const thread = new Worker(threadScript(), { workerData: task, resourceLimits: LIMITS, execArgv: [], env: {} });
  const answers = new Answers(thread);
  let ready = false;
  try {
    for (;;) {
      const answer = await answers.next();
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

/** Listens all the time: answers may come in one breath, and a thread may end while nobody waits. */
class Answers {
  private readonly come: (Answer | RefusedFile)[] = [];
  private wake = (): void => {};

  constructor(thread: Worker) {
    thread.on('message', (answer: Answer) => this.put(answer));
    thread.on('error', (cause) =>
      this.ended('the Parquet file cannot be decoded with the memory that there is, or at all', cause),
    );
    thread.on('exit', () => this.ended('the Parquet file cannot be decoded'));
  }

  /** @throws RefusedFile if there is none. */
  async next(): Promise<Answer> {
    const patience = setTimeout(() => this.ended('a part of the Parquet file takes too long to decode'), PATIENCE_MS);
    try {
      while (this.come.length === 0) await new Promise<void>((resolve) => void (this.wake = resolve));
    } finally {
      clearTimeout(patience);
    }
    const answer = this.come.shift();
    if (!answer || answer instanceof RefusedFile) throw answer ?? new Error('an answer was lost');
    return answer;
  }

  private ended(detail: string, cause?: unknown): void {
    this.put(new RefusedFile('unreadable', detail, cause));
  }

  private put(answer: Answer | RefusedFile): void {
    this.come.push(answer);
    this.wake();
  }
}

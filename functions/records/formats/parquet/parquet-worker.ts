import { parentPort, workerData } from 'node:worker_threads';
import { formsByName } from '../forms-by-name.ts';
import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';
import { FileBytes } from './file-bytes.ts';
import { parquetRecords } from './records.ts';
import type { Answer, ParquetTask } from './thread.ts';

/** One chunk at a time, each when the last one was taken. */
async function convert({ descriptor, size, schema }: ParquetTask): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('the converter of Parquet files runs in a thread of its own');
  const answer = (value: Answer): void => port.postMessage(value);
  answer({ ready: true });
  try {
    for (const chunk of parquetRecords(new FileBytes(descriptor, size), formsByName(schema))) {
      answer({ chunk: Uint8Array.from(chunk) });
      await new Promise((resolve) => void port.once('message', resolve));
    }
    answer({ done: true });
  } catch (error) {
    answer(isFault(error) ? { fault: String(error) } : { refusal: refusalOf(error) });
  }
}

/** The system failed, not the file. */
const isFault = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

/** Decoders say in many ways that they ran into nonsense. */
const refusalOf = (error: unknown): RefusedFile['refusal'] =>
  error instanceof RefusedFile ? error.refusal : damaged(error).refusal;

await convert(workerData as ParquetTask);

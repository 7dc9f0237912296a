import type { Reopen } from '../../encoding/encoding-of.ts';
import { RefusedFile } from '../../formats/refused-file.ts';
import { asRefused, type Refused } from '../refused.ts';
import { MessyFile } from './messy-file.ts';

/** Opens a file, hands it over and closes it; what cannot be read is refused. @throws what the input throws. */
export async function withMessyFile<T>(open: Reopen, work: (file: MessyFile) => Promise<T>): Promise<T | Refused> {
  try {
    const file = await MessyFile.read(open);
    if (!(file instanceof MessyFile)) return file;
    try {
      return await work(file);
    } finally {
      file.close();
    }
  } catch (fault) {
    if (fault instanceof RefusedFile) return asRefused(fault.refusal);
    throw fault;
  }
}

import { MAX_POSTED_BYTES, MAX_POSTED_RECORDS } from '../../../schemas/contracts/uploads.ts';
import type { Placed } from './read-records.ts';

/** Gathers records for one call each: at most 1,000 of them, and 5 MiB. */
export async function* batchesOf(records: AsyncIterable<Placed>): AsyncGenerator<readonly Placed[]> {
  let batch: Placed[] = [];
  let bytes = 0;
  for await (const placed of records) {
    // As the hub counts them: a line of NDJSON each.
    const size = Buffer.byteLength(JSON.stringify(placed.record)) + 1;
    if (batch.length === MAX_POSTED_RECORDS || (batch.length > 0 && bytes + size > MAX_POSTED_BYTES)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(placed);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import { closeKeys, type Key, keysOf } from '../check/keys.ts';
import { type ByteSink, Output } from '../csv/output.ts';
import { KeyEntries } from './key-entries.ts';
import { MAX_VARINT_BYTES, writeVarint } from './varint.ts';

/**
 * Decides over all segments of a file which records have whose key, as a check of the whole file does: a key belongs to
 * the first accepted record that has it, and a record that is rejected for one takes none.
 */
export class KeyJudge {
  private readonly keys: readonly Key[];
  private readonly number = Buffer.alloc(MAX_VARINT_BYTES + 1);

  /** @param columns of the file */
  constructor(schema: TableSchema, columns: readonly string[]) {
    this.keys = keysOf(schema, columns);
  }

  /**
   * The next segment, in their order. Answers how many keys of its records are taken; what goes to the sink has to be
   * known to its second check if there are any.
   * @param trail as its check has written it
   * @throws RefusedFile for more keys than can be compared
   */
  async judge(trail: AsyncIterable<Uint8Array>, collisions: ByteSink): Promise<number> {
    const output = new Output(collisions);
    const entries = new KeyEntries(trail, this.keys.length);
    let found = 0;
    let last = 0;
    try {
      do {
        while (entries.next()) {
          const taken = this.taken(entries);
          for (const key of taken) {
            this.write(output, entries.record - last);
            this.write(output, key);
            last = entries.record;
          }
          found += taken.length;
        }
        if (output.full) await output.flush();
      } while (await entries.fill());
    } finally {
      await entries.close();
    }
    await output.finish();
    return found;
  }

  /** Gives back the room that the keys have taken on disk. */
  close(): void {
    closeKeys(this.keys);
  }

  /** Which keys of a record somebody has; the others become its own, if it is accepted. */
  private taken({ bytes, starts, ends, isAccepted }: KeyEntries): number[] {
    const taken: number[] = [];
    let stands = isAccepted;
    for (let k = 0; k < this.keys.length; k += 1) {
      const start = starts[k] ?? -1;
      const key = this.keys[k];
      if (start < 0 || !key?.seen.has(bytes, start, ends[k] ?? 0)) continue;
      taken.push(k);
      stands &&= key.warns;
    }
    if (!stands) return taken;
    for (let k = 0; k < this.keys.length; k += 1) {
      const start = starts[k] ?? -1;
      if (start >= 0) this.keys[k]?.seen.add(bytes, start, ends[k] ?? 0);
    }
    return taken;
  }

  private write(output: Output, value: number): void {
    output.append(this.number, 0, writeVarint(this.number, 0, value));
  }
}

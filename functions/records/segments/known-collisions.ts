import type { Seen } from '../check/key-table.ts';
import type { RecordTrail } from '../check/record-trail.ts';
import { ScratchFile } from '../scratch/scratch-file.ts';
import { readVarint, varintLength } from './varint.ts';

interface Collision {
  readonly record: number;
  readonly key: number;
}

/** What `KeyJudge` has found in a segment, in the place of sets of keys. */
export class KnownCollisions implements RecordTrail {
  private readonly file: ScratchFile;
  private readonly rest: Iterator<Collision, undefined>;
  private next: Collision | undefined;
  private record = -1;
  private readonly taken = new Set<number>();

  private constructor(file: ScratchFile) {
    this.file = file;
    this.rest = collisionsIn(file);
    this.next = this.following();
  }

  /** They are asked for in the middle of a record, and may be many: they are put on the local disk. */
  static async read(input: AsyncIterable<Uint8Array>): Promise<KnownCollisions> {
    const file = new ScratchFile();
    try {
      for await (const chunk of input) file.append(chunk);
      return new KnownCollisions(file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  begin(record: number): void {
    if (record === this.record) return;
    this.record = record;
    this.taken.clear();
    for (; this.next?.record === record; this.next = this.following()) this.taken.add(this.next.key);
  }

  end(): void {
    // What is known does not change.
  }

  /** Who has key `index` of the record that was begun. */
  seen(index: number): Seen {
    return {
      has: () => this.taken.has(index),
      add: () => !this.taken.has(index),
    };
  }

  close(): void {
    this.file.close();
  }

  /** @throws if they are not those of the segment that was checked. */
  mustBeUsedUp(): void {
    if (this.next) throw new Error('a segment has other records than those whose keys were compared');
  }

  private following(): Collision | undefined {
    return this.rest.next().value;
  }
}

function* collisionsIn(file: ScratchFile): Generator<Collision, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  let record = 0;
  for (const piece of file.pieces()) {
    const bytes = Buffer.concat([rest, piece]);
    let at = 0;
    for (;;) {
      const distance = readVarint(bytes, at, bytes.length);
      if (distance === undefined) break;
      const keyAt = at + varintLength(distance);
      const key = readVarint(bytes, keyAt, bytes.length);
      if (key === undefined) break;
      at = keyAt + varintLength(key);
      record += distance;
      yield { record, key };
    }
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw new Error('a stream of collisions ends within an entry');
  return undefined;
}

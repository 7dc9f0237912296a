import type { Seen } from '../check/key-table.ts';
import { KeyBuffer } from '../check/keys.ts';
import type { RecordTrail } from '../check/record-trail.ts';
import type { AnyOutput } from '../csv/output.ts';
import { MAX_VARINT_BYTES, writeVarint } from './varint.ts';

interface Slot {
  readonly key: KeyBuffer;
  isFilled: boolean;
}

/**
 * Writes down the keys of a segment's records, in their order, for `KeyJudge`: also of those that are rejected, of which a
 * report says that their key is taken. Records without any key are left out.
 *
 * An entry is, in varints, twice the distance to the record before, one more if it is rejected; then for each key its
 * length and one more, and its bytes, or 0 where the record has none.
 */
export class KeyTrail implements RecordTrail {
  readonly output: AnyOutput;
  private readonly slots: readonly Slot[];
  private readonly number = Buffer.alloc(MAX_VARINT_BYTES + 1);
  private record = 0;
  private last = 0;

  constructor(keys: number, output: AnyOutput) {
    this.output = output;
    this.slots = Array.from({ length: keys }, () => ({ key: new KeyBuffer(), isFilled: false }));
  }

  begin(record: number): void {
    this.record = record;
    for (const slot of this.slots) slot.isFilled = false;
  }

  end(isAccepted: boolean): void {
    if (!this.slots.some(({ isFilled }) => isFilled)) return;
    this.write((this.record - this.last) * 2 + (isAccepted ? 0 : 1));
    this.last = this.record;
    for (const { key, isFilled } of this.slots) {
      this.write(isFilled ? key.length + 1 : 0);
      if (isFilled) this.output.append(key.bytes, 0, key.length);
    }
  }

  /** Takes key `index`, and says that nobody has it. */
  seen(index: number): Seen {
    const slot = this.slots[index];
    if (!slot) throw new Error('a trail has no such key');
    const take = (bytes: Uint8Array, start: number, end: number): void => {
      if (slot.isFilled) return;
      slot.isFilled = true;
      slot.key.clear();
      slot.key.alone(bytes, start, end);
    };
    return {
      has: (bytes, start, end) => {
        take(bytes, start, end);
        return false;
      },
      add: (bytes, start, end) => {
        take(bytes, start, end);
        return true;
      },
    };
  }

  private write(value: number): void {
    this.output.append(this.number, 0, writeVarint(this.number, 0, value));
  }
}

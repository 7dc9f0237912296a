import type { Cells } from '../cells.ts';
import type { Memory } from '../memory.ts';
import { chooseRecords, LONGEST_TEXT, WANTED } from './choose-records.ts';
import { programOf } from './program.ts';
import { Room } from './room.ts';

/** Cells of a column that have one of some texts, or begin with it. */
export interface TextChoice {
  readonly column: number;
  readonly texts: readonly Uint8Array[];
  readonly prefix: boolean;
}

/**
 * Of the first `count` chosen records of its block, those that have a text come to stand first; answers how many they are.
 * `holds` is asked about those that the program is not sure of.
 */
export type NativeChoice = (count: number, holds: (record: number) => boolean) => number;

/** For the records of a block in a memory. Undefined where a program cannot see them, or the texts are too long for it. */
export function nativeChoice(
  { column, texts, prefix }: TextChoice,
  memory: Memory,
  block: Cells,
): NativeChoice | undefined {
  const room = Room.in(memory);
  if (!room?.has(block.offsets) || !room.has(block.chosen)) return undefined;
  if (texts.length === 0 || texts.some(({ length }) => length > LONGEST_TEXT)) return undefined;
  const choose = programOf(chooseRecords, room);
  const at = room.try(() => ({ state: room.take(4), texts: placed(texts, prefix, room) }));
  if (!choose || !at) return undefined;
  const textsEnd = at.texts + texts.length * WANTED.size;
  const [offsets, flags] = [block.offsets.byteOffset + column * 8, block.flags.byteOffset + column];
  const { chosen } = block;
  const first = chosen.byteOffset;
  return (count, holds) => {
    const end = first + count * 4;
    let kept = first;
    for (let next = first; next < end; next += 4) {
      next = choose(at.texts, textsEnd, offsets, flags, block.width, next, end, kept, at.state);
      kept = room.view.getInt32(at.state, true);
      if (next >= end) break;
      const record = chosen[(next - first) >> 2] ?? 0;
      if (!holds(record)) continue;
      chosen[(kept - first) >> 2] = record;
      kept += 4;
    }
    return (kept - first) >> 2;
  };
}

function placed(texts: readonly Uint8Array[], prefix: boolean, room: Room): number {
  const at = room.take(texts.length * WANTED.size);
  for (const [i, text] of texts.entries()) {
    const start = at + i * WANTED.size;
    room.set(start + WANTED.text, text);
    room.integer(start + WANTED.bits, (1 << text.length) - 1);
    room.integer(start + WANTED.least, text.length);
    room.integer(start + WANTED.more, prefix ? 0x7fffffff : 0);
  }
  return at;
}

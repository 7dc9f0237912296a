import type { Cells } from '../cells.ts';
import type { Memory } from '../memory.ts';
import type { AnyOutput } from '../output.ts';
import { ADDED, BEYOND, copyPieces, LONGEST_RECORD, NOTHING, PIECE } from './copy-pieces.ts';
import { programOf } from './program.ts';
import { Room } from './room.ts';

/** Cells from one to another, which are written as the kind says (`copy-pieces.ts`); one alone of any kind but WHOLE. */
export interface NativePiece {
  readonly kind: number;
  readonly from: number;
  readonly to: number;
  /** An empty cell is a missing value, which no mask changes. */
  readonly emptyIsMissing: boolean;
}

/** Writes lines of the first `count` chosen records of its block, and leaves to `carefully` those that it is not sure of. */
export type NativeLines = (count: number, output: AnyOutput, carefully: (record: number) => void) => void;

/** Lines gather up to here before they are copied to the output: they are still in the processor's cache then. */
const GATHERED = 64 * 1024;

/** For the records of a block in a memory. Undefined where no program can see them, or two pieces have a cell in common. */
export function nativeLines(pieces: readonly NativePiece[], memory: Memory, block: Cells): NativeLines | undefined {
  const room = Room.in(memory);
  if (!room?.has(block.offsets) || !room.has(block.chosen) || !areApart(pieces)) return undefined;
  const longestLine = LONGEST_RECORD + pieces.length * ADDED;
  const copy = programOf(copyPieces, room);
  const at = room.try(() => ({
    lines: room.scratch(GATHERED + longestLine + BEYOND),
    state: room.take(4),
    pieces: placed(pieces, room),
  }));
  if (!copy || !at) return undefined;
  const piecesEnd = at.pieces + pieces.length * PIECE.size;
  const [offsets, flags] = [block.offsets.byteOffset, block.flags.byteOffset];
  const first = block.chosen.byteOffset;
  return (count, output, carefully) => {
    const end = first + count * 4;
    for (let next = first; next < end;) {
      next = copy(
        at.pieces,
        piecesEnd,
        offsets,
        flags,
        block.width,
        next,
        end,
        at.lines,
        at.lines + GATHERED,
        at.state,
      );
      const linesEnd = room.view.getInt32(at.state, true);
      if (linesEnd > at.lines) output.append(room.bytes, at.lines, linesEnd);
      if (next >= end || linesEnd >= at.lines + GATHERED) continue;
      carefully(block.chosen[(next - first) >> 2] ?? 0);
      next += 4;
    }
  };
}

/** Then a line is not longer than its record, but for what is added. */
function areApart(pieces: readonly NativePiece[]): boolean {
  const cells = pieces.flatMap(({ kind, from, to }) =>
    kind === NOTHING ? [] : Array.from({ length: to - from + 1 }, (_, i) => from + i),
  );
  return new Set(cells).size === cells.length;
}

function placed(pieces: readonly NativePiece[], room: Room): number {
  const at = room.take(pieces.length * PIECE.size);
  for (const [i, { kind, from, to, emptyIsMissing }] of pieces.entries()) {
    const start = at + i * PIECE.size;
    room.integer(start + PIECE.kind, kind);
    room.integer(start + PIECE.from, from);
    room.integer(start + PIECE.to, to);
    room.integer(start + PIECE.emptyIsMissing, Number(emptyIsMissing));
  }
  return at;
}

import type { Mask } from '../../../schemas/contracts/terms.ts';
import { type Cells, QUOTED } from '../csv/cells.ts';
import { BY_WORDS, type Memory } from '../csv/memory.ts';
import { FIRST, HIDE, LAST, NOTHING, WHOLE } from '../csv/native/copy-pieces.ts';
import { type NativeLines, nativeLines } from '../csv/native/native-lines.ts';
import { perBlock } from '../csv/native/per-block.ts';
import type { AnyOutput } from '../csv/output.ts';
import { cellOf } from '../csv/quoting.ts';
import { COMMA, LF } from '../csv/scanner.ts';
import type { Column } from '../types/column.ts';
import type { ExtractField, LinesWriter } from './extract-field.ts';
import { type Cover, maskBytes, masked } from './mask.ts';

/** Cells that stand side by side in the dataset too, with the commas between them; or one that is covered or is not there. */
interface Piece {
  readonly from: number;
  to: number;
  readonly write?: CellWriter | undefined;
  /** Undefined if a program could not write it. */
  readonly native: { readonly kind: number; readonly emptyIsMissing: boolean } | undefined;
}

/** Writes one cell of the record that is looked at. */
type CellWriter = (memory: Memory, cells: Cells, output: AnyOutput) => void;

/** Cells as they came, with the quotes that they came with. */
export function csvLines(fields: readonly ExtractField[]): LinesWriter {
  const pieces = piecesOf(fields);
  const write = recordWriter(pieces);
  const native = perBlock((memory, block) => nativeOf(pieces, memory, block));
  return (memory, block, count, output) => {
    const lines = native(memory, block);
    if (lines) lines(count, output, (record) => write(memory, block, record, output));
    else for (let i = 0; i < count; i += 1) write(memory, block, block.chosen[i] ?? 0, output);
  };
}

/** Copies by words: most pieces are short. */
function recordWriter(pieces: readonly Piece[]) {
  const from = Int32Array.from(pieces, (piece) => piece.from);
  const to = Int32Array.from(pieces, (piece) => piece.to);
  const writers = pieces.map((piece) => piece.write);
  return (memory: Memory, block: Cells, record: number, output: AnyOutput): void => {
    const { offsets, flags, width } = block;
    const { view } = memory;
    const first = record * width;
    for (let i = 0; i < from.length; i += 1) {
      const writer = writers[i];
      if (writer) {
        block.first = first;
        writer(memory, block, output);
        output.byte(COMMA);
        continue;
      }
      const begin = first + (from[i] ?? 0);
      const end = first + (to[i] ?? 0);
      const start = (offsets[begin * 2] ?? 0) - ((flags[begin] ?? 0) & QUOTED);
      const size = (offsets[end * 2 + 1] ?? 0) + ((flags[end] ?? 0) & QUOTED) - start;
      output.reserve(size + 1);
      const at = output.length;
      const target = output.memory;
      if (size > BY_WORDS) memory.bytes.copy(target.bytes, at, start, start + size);
      else for (let k = 0; k < size; k += 8) target.view.setBigInt64(at + k, view.getBigInt64(start + k, true), true);
      target.bytes[at + size] = COMMA;
      output.length = at + size + 1;
    }
    output.memory.bytes[output.length - 1] = LF;
  };
}

function piecesOf(fields: readonly ExtractField[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { column, index, cover } of fields) {
    const before = pieces.at(-1);
    if (index < 0) pieces.push({ from: 0, to: 0, write: () => {}, native: { kind: NOTHING, emptyIsMissing: false } });
    else if (cover !== undefined) pieces.push({ from: index, to: index, ...coveredPiece(column, index, cover) });
    else if (before && !before.write && before.to + 1 === index) before.to = index;
    else pieces.push({ from: index, to: index, native: { kind: WHOLE, emptyIsMissing: false } });
  }
  return pieces;
}

const KINDS: Readonly<Record<Mask, number>> = { hide: HIDE, first1: FIRST, last4: LAST };

function coveredPiece(column: Column, index: number, cover: Cover): Pick<Piece, 'write' | 'native'> {
  const emptyIsMissing = column.missing.has('');
  return {
    write: coveredCell(column, index, cover),
    native: isMask(cover) && onlyEmpty(column) ? { kind: KINDS[cover], emptyIsMissing } : undefined,
  };
}

const isMask = (cover: Cover): cover is Mask => typeof cover === 'string';

function nativeOf(pieces: readonly Piece[], memory: Memory, block: Cells): NativeLines | undefined {
  const known = pieces.flatMap(({ from, to, native }) => (native ? [{ from, to, ...native }] : []));
  return known.length === pieces.length ? nativeLines(known, memory, block) : undefined;
}

/** A missing value stays missing, as it came. */
function coveredCell(column: Column, index: number, cover: Cover): CellWriter {
  const plain = onlyEmpty(column);
  const emptyIsMissing = column.missing.has('');
  return (memory, cells, output) => {
    const n = cells.first + index;
    const start = cells.offsets[n * 2] ?? 0;
    const end = cells.offsets[n * 2 + 1] ?? 0;
    const flags = cells.flags[n] ?? 0;
    if (start === end && emptyIsMissing) return asItCame(memory, start, end, flags, output);
    // What has no quotes around it needs none when masked.
    if (flags === 0 && plain && isMask(cover)) return maskBytes(cover, memory, start, end, output);
    const text = cells.text(memory.bytes, index);
    if (column.missing.has(text)) asItCame(memory, start, end, flags, output);
    else output.text(cellOf(masked(cover, text)));
  };
}

const onlyEmpty = ({ missing }: Column): boolean => [...missing].every((marker) => marker === '');

function asItCame(memory: Memory, start: number, end: number, flags: number, output: AnyOutput): void {
  const quote = flags & QUOTED;
  output.copy(memory, start - quote, end + quote);
}

import type { Condition } from '../../../schemas/contracts/terms.ts';
import { type Cells, DOUBLED } from '../csv/cells.ts';
import type { Memory } from '../csv/memory.ts';
import { nativeChoice } from '../csv/native/native-choice.ts';
import { perBlock } from '../csv/native/per-block.ts';
import type { Column } from '../types/column.ts';
import { literalOf } from '../types/literal.ts';

/**
 * Of the first `count` chosen records of a block, those that fulfil a condition come to stand first; answers how many they
 * are. A loop of its own for each condition: a call for each record cost twice as much.
 */
export type Filter = (memory: Memory, cells: Cells, count: number) => number;

/** Whether a record of a block fulfils a condition. */
type Judgement = (memory: Memory, cells: Cells, record: number) => boolean;

const NEVER: Filter = () => 0;

/** @param index of the condition's column in the file; -1 where the file has no such column and every value is missing. */
export function filterOf(condition: Condition, column: Column, index: number): Filter {
  if (index < 0) return NEVER;
  return textFilter(condition, column, index) ?? typedFilter(condition, column, index);
}

/** By the logical value: numbers by number, exactly; dates and times along the time line; strings by code point. */
function typedFilter(condition: Condition, column: Column, index: number): Filter {
  const holds = judgement(condition, column, index);
  return (memory, cells, count) => {
    const { chosen } = cells;
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const record = chosen[i] ?? 0;
      if (holds(memory, cells, record)) chosen[kept++] = record;
    }
    return kept;
  };
}

function judgement(condition: Condition, column: Column, index: number): Judgement {
  const holds = conditionOn(condition, column);
  return ({ bytes }, cells, record) => {
    cells.first = record * cells.width;
    return holds(cells.text(bytes, index));
  };
}

/** Whether a cell's text fulfils a condition. */
export function conditionOn(condition: Condition, column: Column): (text: string) => boolean {
  const holds = comparison(condition, column);
  return (text) => {
    if (column.missing.has(text)) return false;
    const value = column.type.read(text);
    return value !== undefined && holds(value, text);
  };
}

function comparison(condition: Condition, { field, type }: Column): (value: unknown, text: string) => boolean {
  const literal = (stated: unknown): unknown => {
    const value = literalOf(field, type, stated);
    if (value === undefined)
      throw new Error(`a condition on a ${field.type} field has a value of another type: its terms were not checked`);
    return value;
  };
  if (condition.op === 'prefix') return (_, text) => text.startsWith(condition.value);
  if (condition.op === 'min' || condition.op === 'max') {
    const bound = literal(condition.value);
    const sign = condition.op === 'min' ? 1 : -1;
    return (value) => (type.compare?.(value, bound) ?? Number.NaN) * sign >= 0;
  }
  const stated: unknown[] = condition.op === 'eq' ? [condition.value] : condition.value;
  const wanted = new Set(stated.map((value) => type.canonical(literal(value))));
  return (value) => wanted.has(type.canonical(value));
}

/** A long list is looked up as text; a short one is compared byte by byte. */
const FEW = 8;

/** Strings compare by their bytes as they stand in the file, without becoming text. */
function textFilter(condition: Condition, column: Column, index: number): Filter | undefined {
  if (column.field.type !== 'string' || condition.op === 'min' || condition.op === 'max') return undefined;
  const stated = (condition.op === 'in' ? condition.value : [condition.value]).map(String);
  const wanted = stated
    .filter((text) => condition.op === 'prefix' || !column.missing.has(text))
    .map((text) => Buffer.from(text, 'utf8'));
  if (wanted.length > FEW) return undefined;
  const slow = judgement(condition, column, index);
  const whole = condition.op !== 'prefix';
  const markers = [...column.missing].map((text) => Buffer.from(text, 'utf8'));
  // Where a missing value begins with a wanted text, the program would choose it.
  const certain =
    whole || !wanted.some((text) => markers.some((marker) => startsWith(marker, 0, marker.length, text, false)));
  const native = perBlock((memory, cells) =>
    certain ? nativeChoice({ column: index, texts: wanted, prefix: !whole }, memory, cells) : undefined,
  );
  return (memory, cells, count) => {
    const choice = native(memory, cells);
    if (choice) return choice(count, (record) => slow(memory, cells, record));
    const { bytes } = memory;
    const { offsets, flags, width, chosen } = cells;
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      const record = chosen[i] ?? 0;
      const n = record * width + index;
      const start = offsets[n * 2] ?? 0;
      const end = offsets[n * 2 + 1] ?? 0;
      const holds =
        ((flags[n] ?? 0) & DOUBLED) !== 0
          ? slow(memory, cells, record)
          : oneOf(wanted, bytes, start, end, whole) && (whole || !oneOf(markers, bytes, start, end, true));
      if (holds) chosen[kept++] = record;
    }
    return kept;
  };
}

function oneOf(texts: readonly Uint8Array[], bytes: Uint8Array, start: number, end: number, whole: boolean): boolean {
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i];
    if (text && startsWith(bytes, start, end, text, whole)) return true;
  }
  return false;
}

function startsWith(bytes: Uint8Array, start: number, end: number, text: Uint8Array, whole: boolean): boolean {
  const length = end - start;
  if (whole ? length !== text.length : length < text.length) return false;
  for (let i = 0; i < text.length; i += 1) if (bytes[start + i] !== text[i]) return false;
  return true;
}

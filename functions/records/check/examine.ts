import { isUtf8 } from 'node:buffer';
import { WarningRule } from '../../../schemas/contracts/definition.ts';
import type { Scanner } from '../csv/scanner.ts';
import { kindOf } from '../kinds/kind-of.ts';
import { columnsKind, encodingKind } from '../kinds/record-kinds.ts';
import { type Cell, type Column, judge, valueOf } from '../types/column.ts';
import { type Key, KeyBuffer } from './keys.ts';
import { type Found, MASK, ofRecord, onlyWarns } from './violations.ts';

/** Rules in the order in which the report lists those of one column. */
const PLACES: ReadonlyMap<string, number> = new Map(
  ['type', ...WarningRule.options].map((rule, place) => [rule, place]),
);
const place = (rule: string): number => PLACES.get(rule) ?? PLACES.size;

/**
 * The slow way through a record, and the only authority on rejections: reads every cell as text, by every rule. An answer
 * of nothing but warnings accepts the record and takes its keys.
 */
export class Examiner {
  private readonly columns: readonly Column[];
  private readonly keys: readonly Key[];
  private readonly buffer = new KeyBuffer();

  constructor(columns: readonly Column[], keys: readonly Key[]) {
    this.columns = columns;
    this.keys = keys;
  }

  /** A record whose structure has no fault, just read by the scanner from `start`. */
  examine(bytes: Buffer, start: number, scanner: Scanner): Found[] {
    const found = this.recordRules(bytes.subarray(start, scanner.end), scanner.count);
    if (found.length > 0) return found;
    const texts = this.columns.map((_, i) => scanner.text(bytes, i));
    const cells = this.columns.map((column, i) => judge(column, texts[i] ?? ''));
    const broken = [...this.cellRules(cells, texts), ...this.keyRules(cells, texts)];
    if (onlyWarns(broken)) this.takeKeys(cells);
    return broken.length < 2 ? broken : broken.toSorted((a, b) => a.column - b.column || place(a.rule) - place(b.rule));
  }

  /** `encoding` (NUL is no text either) and `columns`; either makes the cells meaningless. */
  private recordRules(record: Buffer, count: number): Found[] {
    const found: Found[] = [];
    if (count !== this.columns.length) found.push(ofRecord('columns', columnsKind(record, count, this.columns.length)));
    if (!isUtf8(record) || record.includes(0)) found.push(ofRecord('encoding', encodingKind(record)));
    return found;
  }

  private cellRules(cells: readonly Cell[], texts: readonly string[]): Found[] {
    return cells.flatMap((cell, i) => {
      if (cell.kind !== 'broken') return [];
      const warnings = this.columns[i]?.warnings;
      return cell.rules.map((rule) => foundOf(rule, [i], this.columns, texts, warnings?.has(rule)));
    });
  }

  private keyRules(cells: readonly Cell[], texts: readonly string[]): Found[] {
    return this.keys
      .filter((key) => this.fillKey(key, cells) && key.seen.has(this.buffer.bytes, 0, this.buffer.length))
      .map((key) => foundOf('unique', key.parts, this.columns, texts, key.warns));
  }

  private takeKeys(cells: readonly Cell[]): void {
    for (const key of this.keys) {
      if (this.fillKey(key, cells)) key.seen.add(this.buffer.bytes, 0, this.buffer.length);
    }
  }

  /** False where a part is missing or no value: such a record has no key to collide. */
  private fillKey({ parts }: Key, cells: readonly Cell[]): boolean {
    this.buffer.clear();
    for (const part of parts) {
      const value = this.keyValue(part, cells[part]);
      if (value === undefined) return false;
      const bytes = Buffer.from(this.columns[part]?.type.canonical(value) ?? '', 'utf8');
      if (parts.length === 1) this.buffer.alone(bytes, 0, bytes.length);
      else this.buffer.part(bytes, 0, bytes.length);
    }
    return true;
  }

  /** A value that breaks a rule is no key, unless the rule only warns. */
  private keyValue(part: number, cell: Cell | undefined): unknown {
    const warnings = this.columns[part]?.warnings;
    const isTaken = cell?.kind !== 'broken' || cell.rules.every((rule) => warnings?.has(rule));
    return cell && isTaken ? valueOf(cell) : undefined;
  }
}

/**
 * A rule that some cells of a record break. A missing value is one of the markers that the catalog lists: it has nothing
 * to mask.
 */
export function foundOf(
  rule: string,
  parts: readonly number[],
  all: readonly Column[],
  texts: readonly string[],
  warns = false,
): Found {
  const [at = 0] = parts;
  const first = all[at];
  const masked = rule !== 'required' && parts.some((part) => all[part]?.masked === true);
  const alone = parts.length === 1;
  const text = texts[at] ?? '';
  const value = alone ? text : parts.map((part) => texts[part] ?? '').join('+');
  return {
    rule,
    column: at + 1,
    field: alone ? (first?.name ?? '') : parts.map((part) => all[part]?.name ?? '').join('+'),
    value: masked ? MASK : value,
    kind: first && kindOf(rule, text, first),
    warns,
  };
}

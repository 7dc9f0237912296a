import { isUtf8 } from 'node:buffer';
import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { RowCounts } from '../../../schemas/contracts/uploads.ts';
import type { Layout } from '../csv/layout.ts';
import type { Output } from '../csv/output.ts';
import { Skipper } from '../csv/oversize.ts';
import { CR, LF, Scanner, UNCLOSED_QUOTE } from '../csv/scanner.ts';
import { MAX_RECORD_BYTES, type Window } from '../csv/window.ts';
import type { FixFile } from '../fixes/fix-file.ts';
import type { Kind } from '../kinds/codes.ts';
import { quoteKind } from '../kinds/record-kinds.ts';
import { type Column, columnOf } from '../types/column.ts';
import { Examiner } from './examine.ts';
import { type FastCell, fastCellOf, GOOD, MISSING, UNSURE } from './fast-cell.ts';
import { type Key, KeyBuffer } from './keys.ts';
import { type Lines, markerOf, SKIPPED } from './markers.ts';
import type { Shape } from './shape.ts';
import { type Found, ofRecord, type Violations } from './violations.ts';

/** The engine stopped because it needs more input, because its outputs want flushing, or because all is read. */
export type Pause = 'input' | 'flush' | 'end';

export interface EngineParts {
  readonly schema: TableSchema;
  readonly shape: Shape;
  readonly keys: readonly Key[];
  /** Line of the first record. */
  readonly line: number;
  /** What is counted as a line; markers count in `records` alone. Physical lines if left out. */
  readonly lines?: Lines | undefined;
  readonly window: Window;
  readonly accepted: Output;
  readonly violations: Violations;
  readonly fixFile: FixFile | undefined;
  /** False sends every record the slow way: for the tests that compare the two. */
  readonly fast: boolean;
}

/**
 * One pass over the records of a window. The fast way may only accept; a record that it is not sure of goes to the
 * examiner. Accepted records are copied in runs, as long as they stand together in the window as they are to be stored.
 */
export class Engine {
  private read = 0;
  private acceptedRows = 0;
  private line: number;
  private readonly lineByRecord: boolean;
  private readonly window: Window;
  private readonly accepted: Output;
  private readonly violations: Violations;
  private readonly fixFile: FixFile | undefined;
  /** How accepted records are written, where that is not as they came. */
  private readonly layout: Layout | undefined;
  private readonly fast: boolean;
  private readonly columns: readonly Column[];
  private readonly cells: readonly FastCell[];
  private readonly keys: readonly Key[];
  private readonly keyBuffer = new KeyBuffer();
  private readonly outcomes: Uint8Array;
  private readonly examiner: Examiner;
  private readonly scanner: Scanner;
  private readonly lookahead: Scanner;
  private readonly skipper = new Skipper();
  private skipping = false;
  /** Blank lines of a table of several columns: wrong records if another one follows, nothing at the end of the file. */
  private blankLines = 0;
  /** Whole lines of the window up to here are valid UTF-8 without NUL, or are not known to be. */
  private clean = false;
  private inspected = false;
  /** Accepted bytes of the window that are not copied yet. */
  private runStart = 0;
  private runEnd = 0;

  constructor({ schema, shape, keys, line, lines, window, accepted, violations, fixFile, fast }: EngineParts) {
    const { columns } = shape;
    this.window = window;
    this.accepted = accepted;
    this.violations = violations;
    this.fixFile = fixFile;
    this.layout = shape.storedLayout;
    this.line = line;
    this.lineByRecord = lines === 'records';
    this.fast = fast;
    const fields = new Map(schema.fields.map((field) => [field.name, field]));
    this.columns = columns.map((name, i) =>
      columnOf(shape.own.includes(i) ? fieldNamed(fields, name) : errorsField(name), schema),
    );
    this.cells = this.columns.map((column) => fastCellOf(column, columns.length));
    this.keys = keys;
    this.outcomes = new Uint8Array(columns.length);
    this.examiner = new Examiner(this.columns, this.keys);
    this.scanner = new Scanner(columns.length);
    this.lookahead = new Scanner(columns.length);
  }

  get rows(): RowCounts {
    return { read: this.read, accepted: this.acceptedRows, rejected: this.read - this.acceptedRows };
  }

  /** More input is in the window, which may have moved what was there. */
  refilled(): void {
    this.inspected = false;
  }

  run(): Pause {
    if (!this.inspected) this.inspect();
    const pause = this.records();
    this.copyRun();
    return pause;
  }

  private records(): Pause {
    const { window, scanner, accepted, violations, fixFile } = this;
    const { bytes } = window;
    for (;;) {
      if (
        accepted.full ||
        violations.output.full ||
        fixFile?.output.full === true ||
        this.runEnd - this.runStart > MAX_RECORD_BYTES
      )
        return 'flush';
      if (this.skipping && !this.skip()) return window.final ? 'end' : 'input';
      const { start } = window;
      if (start >= window.end) return window.final ? 'end' : 'input';
      if (this.lineByRecord && (bytes[start] ?? 0) >= SKIPPED) {
        if (!this.marker()) return 'input';
        continue;
      }
      const complete = scanner.scan(bytes, start, window.end, window.final);
      if (!complete && window.end - start <= MAX_RECORD_BYTES + 1) return 'input';
      if (!complete || scanner.end - start > MAX_RECORD_BYTES) {
        this.oversize();
        continue;
      }
      if (scanner.fault !== 0) {
        this.misquoted();
        continue;
      }
      if (scanner.end === start && this.columns.length > 1) {
        this.blankLines += 1;
        window.start = scanner.next;
        continue;
      }
      if (this.blankLines > 0) this.rejectBlankLines();
      this.read += 1;
      if (this.layout && this.layout.size(scanner) > MAX_RECORD_BYTES) {
        this.reject([ofRecord('size')]);
      } else if (this.fast && this.isGood(start)) {
        this.accept(start);
      } else {
        const found = this.examiner.examine(bytes, start, scanner);
        if (found.length === 0) this.accept(start);
        else this.rejectExamined(start, found);
      }
      this.line += this.linesOf(scanner.innerLines);
      window.start = scanner.next;
    }
  }

  private linesOf(innerLines: number): number {
    return this.lineByRecord ? 1 : 1 + innerLines;
  }

  /** False if the marker's line is not complete. */
  private marker(): boolean {
    const { window } = this;
    const { bytes, start, end } = window;
    const found = bytes.indexOf(LF, start);
    if (found >= end && !window.final) {
      if (end - start > MAX_RECORD_BYTES) throw new Error('a converter wrote a marker without an end');
      return false;
    }
    const marker = markerOf(bytes.subarray(start, found));
    if ('rule' in marker) {
      this.rejectRecord(marker.rule);
      this.line += 1;
    } else {
      if (this.blankLines > 0) this.rejectBlankLines();
      this.line += marker.skipped;
    }
    window.start = Math.min(end, found + 1);
    return true;
  }

  /** The fast way: certainly good, keys taken; or not known, nothing changed. */
  private isGood(start: number): boolean {
    const {
      scanner,
      cells,
      outcomes,
      window: { bytes },
    } = this;
    const { offsets, flags } = scanner;
    if (scanner.count !== cells.length || !this.isText(start, scanner.end)) return false;
    for (let i = 0; i < cells.length; i += 1) {
      const outcome = cells[i]?.(bytes, offsets[i * 2] ?? 0, offsets[i * 2 + 1] ?? 0, flags[i] ?? 0) ?? UNSURE;
      if (outcome === UNSURE) return false;
      outcomes[i] = outcome;
    }
    return this.keys.length === 0 || this.takesKeys();
  }

  private takesKeys(): boolean {
    for (const key of this.keys) {
      const filled = this.fillKey(key);
      if (filled === UNSURE || (filled === GOOD && key.seen.has(this.keyBuffer.bytes, 0, this.keyBuffer.length)))
        return false;
    }
    for (const key of this.keys) {
      if (this.fillKey(key) === GOOD) key.seen.add(this.keyBuffer.bytes, 0, this.keyBuffer.length);
    }
    return true;
  }

  /** GOOD: the key is in the buffer. MISSING: the record has none. UNSURE: its bytes are not its value. */
  private fillKey({ parts }: Key): number {
    const {
      scanner: { offsets },
      outcomes,
      keyBuffer,
      window: { bytes },
    } = this;
    keyBuffer.clear();
    for (const part of parts) if (outcomes[part] === MISSING) return MISSING;
    for (const part of parts) {
      if (outcomes[part] !== GOOD) return UNSURE;
      const start = offsets[part * 2] ?? 0;
      const end = offsets[part * 2 + 1] ?? 0;
      if (parts.length === 1) keyBuffer.alone(bytes, start, end);
      else keyBuffer.part(bytes, start, end);
    }
    return GOOD;
  }

  /** Valid UTF-8 without NUL: known of whole lines at once, or looked at record by record where the window has a bad one. */
  private isText(start: number, end: number): boolean {
    if (this.clean) return true;
    const record = this.window.bytes.subarray(start, end);
    return isUtf8(record) && !record.includes(0);
  }

  private inspect(): void {
    const { bytes, start, end, final } = this.window;
    const whole = bytes.subarray(start, final ? end : bytes.lastIndexOf(LF, end - 1) + 1);
    this.clean = isUtf8(whole) && !whole.includes(0);
    this.inspected = true;
  }

  private accept(start: number): void {
    const { scanner, window } = this;
    this.acceptedRows += 1;
    if (this.layout) {
      this.layout.write(window.bytes, scanner, this.accepted);
      this.accepted.byte(LF);
      return;
    }
    if (start !== this.runEnd) this.copyRun();
    if (this.runStart === this.runEnd) this.runStart = start;
    this.runEnd = scanner.next;
    if (scanner.next === scanner.end + 1 && scanner.end < window.end) return;
    // CRLF, or no line break at the end of the file: what is stored ends with LF.
    this.runEnd = scanner.end;
    this.copyRun();
    this.accepted.byte(LF);
    this.runStart = this.runEnd = 0;
  }

  private copyRun(): void {
    if (this.runEnd > this.runStart) this.accepted.append(this.window.bytes, this.runStart, this.runEnd);
    this.runStart = this.runEnd = 0;
  }

  private reject(found: readonly Found[]): void {
    for (const violation of found) this.violations.add(this.line, violation);
  }

  /** What breaks a rule of the record as a whole has cells only for a lenient eye. */
  private rejectExamined(start: number, found: readonly Found[]): void {
    this.reject(found);
    const {
      fixFile,
      scanner,
      window: { bytes },
    } = this;
    if (found.some(({ column }) => column === 0)) fixFile?.addBroken(bytes.subarray(start, scanner.end), found);
    else fixFile?.add(bytes, scanner, found);
  }

  private rejectBlankLines(): void {
    for (; this.blankLines > 0; this.blankLines -= 1) {
      this.read += 1;
      this.violations.add(this.line, ofRecord('columns', 'blank-line'));
      this.line += 1;
    }
  }

  /**
   * A stray or unclosed quote. If it made a record of several lines whose second line is a good record by itself, or the
   * end of the file is reached, the quote was meant to close on its own line: only that line is lost.
   */
  private misquoted(): void {
    const { scanner, window } = this;
    const second = scanner.innerLines > 0 ? window.bytes.indexOf(LF, window.start) + 1 : 0;
    const firstLineOnly =
      second > 0 &&
      !this.lineByRecord &&
      ((scanner.fault & UNCLOSED_QUOTE) !== 0 || this.looksLikeRecord(second, scanner.end));
    this.rejectMisquoted(firstLineOnly ? second - 1 : scanner.end, scanner.fault);
    if (firstLineOnly) {
      window.start = second;
      this.line += 1;
    } else {
      this.line += this.linesOf(scanner.innerLines);
      window.start = scanner.next;
    }
  }

  /** Decided on the record's first bytes alone, so that it does not depend on how the input came in pieces. */
  private oversize(): void {
    const { window, skipper } = this;
    const limit = window.start + MAX_RECORD_BYTES;
    const second = window.bytes.subarray(window.start, limit).indexOf(LF) + window.start + 1;
    skipper.reset();
    const ends = skipper.skip(window.bytes, window.start, limit);
    if (
      !this.lineByRecord &&
      ends < 0 &&
      skipper.inQuotes &&
      second > window.start &&
      this.looksLikeRecord(second, limit)
    ) {
      this.rejectMisquoted(second - 1, UNCLOSED_QUOTE);
      window.start = second;
      this.line += 1;
      return;
    }
    this.rejectRecord('size');
    this.skipping = true;
    window.start = limit;
  }

  /** The lines from the window's start to the line break at `end` are one record with a broken quote. */
  private rejectMisquoted(end: number, fault: number): void {
    const {
      window: { bytes, start },
      fixFile,
    } = this;
    const record = bytes.subarray(start, bytes[end - 1] === CR && bytes[end] === LF ? end - 1 : end);
    const found = this.rejectRecord('quote', quoteKind(record, fault));
    fixFile?.addBroken(record, found);
  }

  private rejectRecord(rule: string, kind?: Kind): Found[] {
    if (this.blankLines > 0) this.rejectBlankLines();
    this.read += 1;
    const found = [ofRecord(rule, kind)];
    this.reject(found);
    return found;
  }

  /** A whole line before `end` with the right number of cells and no fault. One column is no evidence. */
  private looksLikeRecord(start: number, end: number): boolean {
    const {
      lookahead,
      window: { bytes },
      columns,
    } = this;
    const lineEnd = bytes.subarray(start, end + 1).indexOf(LF);
    if (lineEnd < 0 || columns.length < 2) return false;
    lookahead.scan(bytes, start, start + lineEnd, true);
    return lookahead.fault === 0 && lookahead.count === columns.length;
  }

  /** False while the record goes on beyond the window. */
  private skip(): boolean {
    const { window, skipper } = this;
    const next = skipper.skip(window.bytes, window.start, window.end);
    window.start = next < 0 ? window.end : next;
    if (next < 0 && !window.final) return false;
    this.line += this.lineByRecord ? 1 : skipper.lines;
    this.skipping = false;
    return true;
  }
}

function fieldNamed(
  fields: ReadonlyMap<string, TableSchema['fields'][number]>,
  name: string,
): TableSchema['fields'][number] {
  const field = fields.get(name);
  if (!field) throw new Error('a column has no field: the header was not checked');
  return field;
}

/** What a fix-file says of its records is of no consequence. */
const errorsField = (name: string): Field => ({ name, type: 'any', sensitivity: 'internal' });

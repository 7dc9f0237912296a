import { isUtf8 } from 'node:buffer';
import type { Field, TableSchema } from '../../../schemas/contracts/definition.ts';
import type { RowCounts } from '../../../schemas/contracts/uploads.ts';
import { blockOf, Cells, recordsInBlock } from '../csv/cells.ts';
import type { Layout } from '../csv/layout.ts';
import { NativeScan } from '../csv/native/native-scan.ts';
import type { AnyOutput } from '../csv/output.ts';
import { Skipper } from '../csv/oversize.ts';
import { isWholeLine, secondLine } from '../csv/lost-line.ts';
import { CR, LF, Scanner, UNCLOSED_QUOTE } from '../csv/scanner.ts';
import { MAX_RECORD_BYTES, type Window } from '../csv/window.ts';
import type { RecordTaker } from '../extract/extraction.ts';
import type { Kind } from '../kinds/codes.ts';
import { quoteKind } from '../kinds/record-kinds.ts';
import { type Column, columnOf } from '../types/column.ts';
import { Examiner, foundOf } from './examine.ts';
import { cellRuleOf } from './fast-cell.ts';
import { MOST_AHEAD } from './key-memory.ts';
import { KeysAhead } from './keys-ahead.ts';
import type { Key } from './keys.ts';
import { type BrokenCell, beginsMarker, type Lines, markerOf } from '../csv/markers.ts';
import type { RecordTrail } from './record-trail.ts';
import type { Shape } from './shape.ts';
import { type Found, ofRecord, onlyWarns, type Violations } from './violations.ts';

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
  readonly accepted: AnyOutput;
  readonly violations: Violations;
  readonly fixFile: FixSink | undefined;
  /** Takes the accepted records as they are stored. */
  readonly extraction?: RecordTaker | undefined;
  /** False sends every record the slow way: for the tests that compare the two, and for edits. */
  readonly fast: boolean;
  /** The records are edits. */
  readonly edits?: EditSink | undefined;
  /** The records are a segment's: who has a key is decided over all segments. */
  readonly trail?: RecordTrail | undefined;
}

/** Takes the rejected records as they came, if their owner wants them back (`fixes/fix-file.ts`). */
export interface FixSink {
  readonly output: AnyOutput;
  /** A record whose structure is good, just read by the scanner. */
  add(bytes: Buffer, scanner: Scanner, found: readonly Found[]): void;
  /** A record whose structure or encoding is broken. */
  addBroken(record: Buffer, found: readonly Found[]): void;
}

/** Takes the examiner's place, and takes what is good instead of the output. */
export interface EditSink {
  examine(bytes: Buffer, start: number, scanner: Scanner): Found[];
  take(line: number, bytes: Buffer, start: number, scanner: Scanner): void;
}

/**
 * One pass over the records of a window. The fast way may only accept; a record that it is not sure of goes to the
 * examiner. Accepted records are copied in runs, as long as they stand together in the window as they are to be stored.
 */
export class Engine {
  /** The input ended within quotes, or within a record that is too long. */
  endsOpen = false;
  private read = 0;
  private acceptedRows = 0;
  private line: number;
  private readonly lineByRecord: boolean;
  private readonly window: Window;
  private readonly accepted: AnyOutput;
  private readonly violations: Violations;
  private readonly fixFile: FixSink | undefined;
  /** How accepted records are written, where that is not as they came. */
  private readonly layout: Layout | undefined;
  private readonly columns: readonly Column[];
  /** Places of the cells of the record that is looked at, and of accepted ones that the extracts have not taken yet. */
  private readonly cells: Cells;
  /** The same of accepted records in the output, where they are not stored as they came. */
  private readonly placed: Cells | undefined;
  private readonly extraction: RecordTaker | undefined;
  private readonly scan: NativeScan | undefined;
  private readonly keys: KeysAhead | undefined;
  /** Of the records that were read ahead: what `scan` says of each. */
  private readonly ends: Int32Array;
  private readonly nexts: Int32Array;
  private readonly innerLines: Int32Array;
  /** How many are read ahead: few where records are not taken, so that few are read in vain. */
  private depth = 1;
  private readonly examiner: Pick<Examiner, 'examine'>;
  private readonly edits: EditSink | undefined;
  private readonly trail: RecordTrail | undefined;
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

  constructor(parts: EngineParts) {
    const { schema, shape, keys } = parts;
    const { columns, storedLayout } = shape;
    this.window = parts.window;
    this.accepted = parts.accepted;
    this.violations = parts.violations;
    this.fixFile = parts.fixFile;
    this.extraction = parts.extraction;
    this.layout = storedLayout;
    this.line = parts.line;
    this.lineByRecord = parts.lines === 'records';
    const fields = new Map(schema.fields.map((field) => [field.name, field]));
    this.columns = columns.map((name, i) =>
      columnOf(shape.own.includes(i) ? fieldNamed(fields, name) : errorsField(name), schema),
    );
    const inKeys = new Set(keys.flatMap(({ parts: columnsOfKey }) => columnsOfKey));
    const rules = this.columns.map((column, i) => cellRuleOf(column, columns.length, inKeys.has(i)));
    const block = recordsInBlock(columns.length);
    const capacity = parts.extraction && !storedLayout ? block : Math.min(block, MOST_AHEAD);
    this.scan = parts.fast ? NativeScan.of(rules, this.window.memory, capacity) : undefined;
    this.cells = this.scan?.cells ?? new Cells(columns.length, capacity);
    this.placed = parts.extraction && storedLayout && blockOf(storedLayout.width);
    const [first, ...others] = keys;
    this.keys =
      first &&
      this.scan &&
      new KeysAhead([first, ...others], this.columns, this.window, this.scan, parts.trail !== undefined);
    this.ends = new Int32Array(MOST_AHEAD);
    this.nexts = new Int32Array(MOST_AHEAD);
    this.innerLines = new Int32Array(MOST_AHEAD);
    this.examiner = parts.edits ?? new Examiner(this.columns, keys);
    this.edits = parts.edits;
    this.trail = parts.trail;
    this.scanner = new Scanner(this.cells);
    this.lookahead = new Scanner(new Cells(columns.length));
  }

  get rows(): RowCounts {
    return { read: this.read, accepted: this.acceptedRows, rejected: this.read - this.acceptedRows };
  }

  /** Blank lines at the end, which are wrong records if anything follows them. */
  get trailingBlankLines(): number {
    return this.blankLines;
  }

  /** The line behind all that was read. */
  get nextLine(): number {
    return this.line + this.blankLines;
  }

  /** More input is in the window, which may have moved what was there. */
  refilled(): void {
    this.inspected = false;
  }

  run(): Pause {
    if (!this.inspected) this.inspect();
    const pause = this.records();
    this.copyRun();
    this.extract();
    return pause;
  }

  private records(): Pause {
    const { window } = this;
    for (;;) {
      if (this.scan && !this.skipping) this.goodRecords(this.scan);
      if (this.full) return 'flush';
      if (this.skipping && !this.skip()) return window.final ? 'end' : 'input';
      if (window.start >= window.end) return window.final ? 'end' : 'input';
      if (!this.record()) return 'input';
    }
  }

  private get full(): boolean {
    return (
      this.accepted.full ||
      this.violations.output.full ||
      this.fixFile?.output.full === true ||
      this.extraction?.full === true ||
      this.runEnd - this.runStart > MAX_RECORD_BYTES
    );
  }

  /** The fast way: accepts records as long as they are certainly good. */
  private goodRecords(scan: NativeScan): void {
    const { cells } = this;
    for (let goesOn = true; goesOn;) {
      const wanted = Math.min(this.depth, cells.capacity - cells.records);
      const records = this.readAhead(scan, wanted);
      const accepted = this.takeAhead(records);
      this.keys?.keep(accepted);
      if (accepted === records) this.depth = Math.min(this.depth * 2, MOST_AHEAD);
      else if (!this.full) this.depth = 1;
      goesOn = accepted === wanted && !this.full;
      cells.first = cells.records * cells.width;
    }
  }

  /** Reads so many records, or as many as are good by themselves. Answers how many. */
  private readAhead(scan: NativeScan, wanted: number): number {
    const { window, cells, keys } = this;
    const { end } = window;
    const { first } = cells;
    let records = 0;
    for (let { start } = window; records < wanted && start < end; records += 1, start = scan.next) {
      cells.first = first + records * cells.width;
      keys?.reads(records);
      if (!scan.read(start, end) || !this.isSure(start, scan.end)) break;
      this.ends[records] = scan.end;
      this.nexts[records] = scan.next;
      this.innerLines[records] = scan.innerLines;
    }
    cells.first = first;
    return keys?.fetch(records) ?? records;
  }

  /** Accepts records that were read ahead. Answers how many: those behind one whose key is taken, or full outputs, are read anew. */
  private takeAhead(records: number): number {
    const { window, cells, keys } = this;
    const { first } = cells;
    for (let record = 0; record < records; record += 1) {
      const { start } = window;
      cells.first = first + record * cells.width;
      if (this.full) return record;
      this.trail?.begin(this.read + this.blankLines);
      if (keys?.take(record) === false) return record;
      if (this.blankLines > 0) this.rejectBlankLines();
      this.read += 1;
      this.trail?.end(true);
      const next = this.nexts[record] ?? 0;
      this.accept(start, this.ends[record] ?? 0, next);
      this.line += this.linesOf(this.innerLines[record] ?? 0);
      window.start = next;
    }
    return records;
  }

  /** What the cells by themselves do not tell. */
  private isSure(start: number, end: number): boolean {
    const { layout } = this;
    return (
      end - start <= MAX_RECORD_BYTES &&
      (this.clean || this.isText(start, end)) &&
      (layout === undefined || layout.size(this.cells) <= MAX_RECORD_BYTES)
    );
  }

  /** One record or marker, whatever it is. False if more input is needed for it. */
  private record(): boolean {
    const { window, scanner } = this;
    const { bytes, start } = window;
    if (this.lineByRecord && beginsMarker(bytes[start] ?? 0)) return this.marker();
    const complete = scanner.scan(bytes, start, window.end, window.final);
    if (!complete && window.end - start <= MAX_RECORD_BYTES + 1) return false;
    if (!complete || scanner.end - start > MAX_RECORD_BYTES) {
      this.oversize();
    } else if (scanner.fault !== 0) {
      this.misquoted();
    } else if (scanner.end === start && this.columns.length > 1) {
      this.blankLines += 1;
      window.start = scanner.next;
    } else {
      this.examine(start);
    }
    return true;
  }

  /** The slow way through a record whose structure has no fault. */
  private examine(start: number): void {
    const { window, scanner } = this;
    if (this.blankLines > 0) this.rejectBlankLines();
    this.read += 1;
    if (this.layout && this.layout.size(this.cells) > MAX_RECORD_BYTES) {
      this.report([ofRecord('size')]);
    } else {
      this.trail?.begin(this.read - 1);
      const found = this.examiner.examine(window.bytes, start, scanner);
      this.trail?.end(onlyWarns(found));
      if (onlyWarns(found)) {
        this.report(found);
        this.accept(start, scanner.end, scanner.next);
      } else {
        this.rejectExamined(start, found);
      }
    }
    this.line += this.linesOf(scanner.innerLines);
    window.start = scanner.next;
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
    } else if ('cells' in marker) {
      this.rejectCells(marker.cells);
      this.line += 1;
    } else {
      if (this.blankLines > 0) this.rejectBlankLines();
      this.line += marker.skipped;
    }
    window.start = Math.min(end, found + 1);
    return true;
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

  private accept(start: number, end: number, next: number): void {
    this.acceptedRows += 1;
    if (this.edits) {
      this.edits.take(this.line, this.window.bytes, start, this.scanner);
      return;
    }
    if (this.layout) {
      this.layout.write(this.window.bytes, this.cells, this.accepted, this.placed);
      this.accepted.byte(LF);
    } else {
      this.copyLater(start, end, next);
    }
    const block = this.placed ?? this.cells;
    if (!this.extraction) return;
    block.keep();
    if (block.full) this.extract();
  }

  private copyLater(start: number, end: number, next: number): void {
    if (start !== this.runEnd) this.copyRun();
    if (this.runStart === this.runEnd) this.runStart = start;
    this.runEnd = next;
    if (next === end + 1 && end < this.window.end) return;
    // CRLF, or no line break at the end of the file: what is stored ends with LF.
    this.runEnd = end;
    this.copyRun();
    this.accepted.byte(LF);
    this.runStart = this.runEnd = 0;
  }

  private copyRun(): void {
    if (this.runEnd > this.runStart) this.accepted.append(this.window.bytes, this.runStart, this.runEnd);
    this.runStart = this.runEnd = 0;
  }

  /** Before the window moves on, or the output is flushed: the extracts copy from there. */
  private extract(): void {
    if (this.placed) this.extraction?.take(this.accepted.memory, this.placed);
    else this.extraction?.take(this.window.memory, this.cells);
  }

  private report(found: readonly Found[]): void {
    for (const violation of found) this.violations.add(this.line, violation);
  }

  /** What breaks a rule of the record as a whole has cells only for a lenient eye. */
  private rejectExamined(start: number, found: readonly Found[]): void {
    this.report(found);
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

  /** A stray or unclosed quote. */
  private misquoted(): void {
    const { scanner, window } = this;
    if ((scanner.fault & UNCLOSED_QUOTE) !== 0) this.endsOpen = true;
    const second = this.lineByRecord
      ? 0
      : secondLine(window.bytes, window.start, scanner, (at, end) => this.looksLikeRecord(at, end));
    const firstLineOnly = second > 0;
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
      window: { bytes, start, end: limit },
      fixFile,
    } = this;
    const isCrlf = end < limit && bytes[end - 1] === CR && bytes[end] === LF;
    const record = bytes.subarray(start, isCrlf ? end - 1 : end);
    const found = this.rejectRecord('quote', quoteKind(record, fault));
    fixFile?.addBroken(record, found);
  }

  private rejectRecord(rule: string, kind?: Kind): Found[] {
    return this.reject([ofRecord(rule, kind)]);
  }

  private rejectCells(cells: readonly BrokenCell[]): void {
    const texts: string[] = [];
    for (const { column, text } of cells) texts[column - 1] = text;
    this.reject(cells.map(({ rule, column }) => foundOf(rule, [column - 1], this.columns, texts)));
  }

  private reject(found: Found[]): Found[] {
    if (this.blankLines > 0) this.rejectBlankLines();
    this.read += 1;
    this.report(found);
    return found;
  }

  private looksLikeRecord(start: number, end: number): boolean {
    return isWholeLine(this.window.bytes, start, end, this.lookahead, this.columns.length);
  }

  /** False while the record goes on beyond the window. */
  private skip(): boolean {
    const { window, skipper } = this;
    const next = skipper.skip(window.bytes, window.start, window.end);
    window.start = next < 0 ? window.end : next;
    if (next < 0 && !window.final) return false;
    if (next < 0) this.endsOpen = true;
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

import { isUtf8 } from 'node:buffer';
import { COMMA, LF, QUOTE } from '../../csv/scanner.ts';
import { cellOf, lineOf } from '../../csv/quoting.ts';
import { MAX_RECORD_BYTES, Window } from '../../csv/window.ts';
import { Foreign, type Forms, OWN_FORMS } from '../forms.ts';
import { Gather } from '../gather.ts';
import { CellFaults } from '../cell-faults.ts';
import { markBrokenCells, markRejected, type RecordRule } from '../markers.ts';
import * as member from './object-scanner.ts';

/** A member that may stand in an object, and how its values stand in CSV. */
export interface Member {
  readonly name: string;
  readonly forms: Forms;
  /** Objects and arrays may stand in it. */
  readonly nests: boolean;
}

/**
 * NDJSON to CSV with a column for each member, in their order; a line that is no such object becomes a marker.
 * @param input UTF-8, with a byte order mark or without
 * @param ignored names whose members are of no consequence
 * @param isBeginning of a file: a later piece has no mark
 */
export async function* ndjsonToCsv(
  input: AsyncIterable<Uint8Array>,
  members: readonly Member[],
  ignored: ReadonlySet<string>,
  isBeginning = true,
): AsyncGenerator<Uint8Array> {
  const window = new Window(input);
  const lines = new Lines(members, ignored);
  try {
    yield Buffer.from(lineOf(members.map(({ name }) => name)));
    await window.fill();
    if (isBeginning && BOM.every((byte, i) => window.bytes[i] === byte) && window.end >= BOM.length)
      window.start = BOM.length;
    while (!window.final || window.start < window.end) {
      if (!lines.take(window)) await window.fill();
      if (lines.output.full) yield lines.output.take();
    }
    yield lines.output.take();
  } finally {
    await window.close();
  }
}

const NO_MEMBER: Pick<Member, 'forms' | 'nests'> = { forms: OWN_FORMS, nests: true };
const BOM = [0xef, 0xbb, 0xbf];
const CR = 0x0d;

class Lines {
  readonly output = new Gather();
  private readonly members: readonly Member[];
  private readonly scanner: member.ObjectScanner;
  private readonly missing: readonly Buffer[];
  private readonly faults: CellFaults;
  /** Within a line that is too long. */
  private skipping = false;
  /** Lines without anything: wrong if another one follows. */
  private blank = 0;

  constructor(members: readonly Member[], ignored: ReadonlySet<string>) {
    this.members = members;
    this.scanner = new member.ObjectScanner(
      members.map(({ name }) => name),
      ignored,
    );
    this.faults = new CellFaults(members);
    this.missing = members.map(({ forms }) => Buffer.from(cellOf(forms.missing)));
  }

  /** Whole lines of the window, until the output is full. False if more input is needed. */
  take(window: Window): boolean {
    const { bytes } = window;
    while (!this.output.full && window.start < window.end) {
      const { start } = window;
      const found = bytes.indexOf(LF, start);
      const complete = found < window.end || window.final;
      const end = Math.min(found, window.end);
      if (this.skipping || end - start > MAX_RECORD_BYTES + 1) this.skip(window, complete, end);
      else if (!complete) return false;
      else {
        this.line(bytes, start, bytes[end - 1] === CR && end > start ? end - 1 : end);
        window.start = Math.min(window.end, end + 1);
      }
    }
    return window.start < window.end;
  }

  private skip(window: Window, complete: boolean, end: number): void {
    if (!this.skipping) this.reject('size');
    this.skipping = !complete;
    window.start = complete ? Math.min(window.end, end + 1) : window.end;
  }

  private line(bytes: Buffer, start: number, end: number): void {
    if (isBlank(bytes, start, end)) {
      this.blank += 1;
      return;
    }
    if (end - start > MAX_RECORD_BYTES) this.reject('size');
    else if (!isUtf8(bytes.subarray(start, end))) this.reject('encoding');
    else {
      const rule = this.scanner.scan(bytes, start, end);
      if (rule === undefined) this.object(bytes);
      else this.reject(rule);
    }
  }

  private reject(rule: RecordRule): void {
    this.rejectBlank();
    markRejected(this.output, rule);
  }

  private rejectBlank(): void {
    for (; this.blank > 0; this.blank -= 1) markRejected(this.output, 'json');
  }

  private object(bytes: Buffer): void {
    this.look(bytes);
    const faults = this.faults.take((i) => this.textAt(bytes, i));
    if (faults) {
      this.rejectBlank();
      markBrokenCells(this.output, faults);
    } else this.record(bytes);
  }

  /** Finds nested values where they may not stand, and nothing where something must. */
  private look(bytes: Buffer): void {
    const { kinds, starts, ends } = this.scanner;
    for (let i = 0; i < this.members.length; i += 1) {
      const kind = kinds[i] ?? member.ABSENT;
      if (kind !== member.NESTED && kind > member.NULL) continue;
      const { forms, nests } = this.members[i] ?? NO_MEMBER;
      if (kind <= member.NULL) {
        if (forms.lacksMissing) this.faults.add('required', i, '');
      } else if (!nests) {
        const foreign = forms.foreign(bytes.toString('utf8', starts[i], ends[i]));
        if (foreign instanceof Foreign) this.faults.add('type', i, foreign.text);
      }
    }
  }

  /** Undefined if it is no string. */
  private textAt(bytes: Buffer, i: number): string | undefined {
    const { kinds, starts, ends, texts } = this.scanner;
    if (kinds[i] === member.ESCAPED) return texts[i];
    return kinds[i] === member.PLAIN || kinds[i] === member.COMMAS
      ? bytes.toString('utf8', starts[i], ends[i])
      : undefined;
  }

  private record(bytes: Buffer): void {
    this.rejectBlank();
    for (let i = 0; i < this.members.length; i += 1) {
      if (i > 0) this.output.byte(COMMA);
      this.cell(bytes, i);
    }
    this.output.byte(LF);
  }

  private cell(bytes: Buffer, i: number): void {
    const { output, scanner, members } = this;
    const start = scanner.starts[i] ?? 0;
    const end = scanner.ends[i] ?? 0;
    const forms = members[i]?.forms;
    switch (scanner.kinds[i]) {
      case member.PLAIN:
        output.append(bytes, start, end);
        break;
      case member.COMMAS:
        output.byte(QUOTE);
        output.append(bytes, start, end);
        output.byte(QUOTE);
        break;
      case member.NUMBER:
        if (forms?.writesNumbers === true) output.text(cellOf(forms.number(bytes.toString('latin1', start, end))));
        else output.append(bytes, start, end);
        break;
      case member.TRUE:
      case member.FALSE:
        output.text(cellOf(forms?.boolean(scanner.kinds[i] === member.TRUE) ?? ''));
        break;
      case member.ESCAPED:
        output.text(cellOf(scanner.texts[i] ?? ''));
        break;
      case member.NESTED:
        output.text(cellOf(bytes.toString('utf8', start, end)));
        break;
      default: {
        const missing = this.missing[i];
        if (missing) output.append(missing, 0, missing.length);
      }
    }
  }
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i += 1) if (bytes[i] !== 0x20 && bytes[i] !== 0x09 && bytes[i] !== CR) return false;
  return true;
}

import { ScratchFile } from '../../scratch/scratch-file.ts';
import { RefusedFile } from '../refused-file.ts';
import { isTextOf } from './rich-text.ts';
import { CLOSE, END, INPUT, OPEN, TEXT, type XmlReader } from './xml-reader.ts';
import { xstring } from './xml-text.ts';

/** Up to here strings stay in memory. */
const MEMORY_BYTES = 32 * 1024 * 1024;
/** A sheet has a million rows at most; an index of so many strings is 64 MiB. */
const MAX_STRINGS = 8 * 1024 * 1024;
const PAGE_BYTES = 64 * 1024;
const MAX_PAGES = 256;

/**
 * The strings of a workbook, which its cells name by number. Beyond some size they lie in a file on the local disk, and
 * pages of it in memory: cells mostly ask for them in the order in which they stand there.
 */
export class SharedStrings {
  private memory = Buffer.alloc(64 * 1024);
  private memorySize = 0;
  private file: ScratchFile | undefined;
  private offsets = new Float64Array(1024);
  private count = 0;
  private readonly pages = new Map<number, Buffer>();

  append(text: string): void {
    if (this.count >= MAX_STRINGS)
      throw new RefusedFile('too-large', `the workbook has more than ${MAX_STRINGS} different texts; send it as CSV`);
    if (this.count + 2 > this.offsets.length) {
      const larger = new Float64Array(this.offsets.length * 2);
      larger.set(this.offsets);
      this.offsets = larger;
    }
    const bytes = Buffer.from(text, 'utf8');
    this.put(bytes);
    this.count += 1;
    this.offsets[this.count] = (this.offsets[this.count - 1] ?? 0) + bytes.length;
  }

  /** @throws RefusedFile if there is none of that number. */
  get(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count)
      throw new RefusedFile('unreadable', 'the workbook is damaged: a cell names a text that is not there');
    const start = this.offsets[index] ?? 0;
    const end = this.offsets[index + 1] ?? 0;
    if (!this.file) return this.memory.toString('utf8', start, end);
    const page = Math.floor(start / PAGE_BYTES);
    return end - page * PAGE_BYTES <= PAGE_BYTES
      ? this.page(page).toString('utf8', start - page * PAGE_BYTES, end - page * PAGE_BYTES)
      : this.across(start, end);
  }

  close(): void {
    this.file?.close();
  }

  private put(bytes: Buffer): void {
    if (this.memorySize + bytes.length > MEMORY_BYTES) this.spill();
    if (this.memorySize + bytes.length > this.memory.length) {
      const larger = Buffer.alloc(Math.max(this.memory.length * 2, this.memorySize + bytes.length));
      this.memory.copy(larger, 0, 0, this.memorySize);
      this.memory = larger;
    }
    this.memorySize += bytes.copy(this.memory, this.memorySize);
  }

  private spill(): void {
    this.file ??= new ScratchFile();
    this.file.append(this.memory.subarray(0, this.memorySize));
    this.memorySize = 0;
  }

  /** All strings are there: what is still in memory joins the rest. */
  finish(): void {
    if (!this.file) return;
    this.spill();
    this.memory = Buffer.alloc(0);
  }

  private page(number: number): Buffer {
    const known = this.pages.get(number);
    if (known) return known;
    if (this.pages.size >= MAX_PAGES) this.pages.delete(this.pages.keys().next().value ?? 0);
    const page = Buffer.allocUnsafeSlow(PAGE_BYTES);
    this.file?.read(number * PAGE_BYTES, page);
    this.pages.set(number, page);
    return page;
  }

  private across(start: number, end: number): string {
    const bytes = Buffer.allocUnsafe(end - start);
    this.file?.read(start, bytes);
    return bytes.toString('utf8');
  }
}

/** A text of a workbook is at most 32,767 characters; a longer one than this is of no record that a check accepts. */
export const MAX_TEXT = 1024 * 1024;

/** How deep an item lies: `sst`, `si`. */
const ITEM = 2;

/** Runs of rich text make one string. */
export async function readSharedStrings(xml: XmlReader, strings: SharedStrings): Promise<void> {
  const { path } = xml;
  let text = '';
  let inText = false;
  for (let token = xml.next(); token !== END; token = xml.next()) {
    // An await for each token costs more than the token.
    if (token === INPUT) await xml.fill();
    if (token === OPEN) {
      if (xml.name === 'si') text = '';
      else if (xml.name === 't') inText = isTextOf(path, ITEM);
    } else if (token === CLOSE) {
      if (xml.name === 't') inText = false;
      else if (xml.name === 'si' && path.length === ITEM - 1) strings.append(xstring(text));
    } else if (token === TEXT && inText && text.length <= MAX_TEXT) text += xml.text();
  }
  strings.finish();
}

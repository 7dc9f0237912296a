import { isUtf8 } from 'node:buffer';
import { brokenXml } from './broken-xml.ts';
import { unescaped } from './xml-text.ts';

/** What `next` came to. INPUT: it needs more bytes. END: the document is complete. */
export const INPUT = 0;
export const OPEN = 1;
export const CLOSE = 2;
export const TEXT = 3;
export const END = 4;
/** A comment, an instruction: nothing to look at. */
const NOTHING = 5;

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const AMPERSAND = 0x26;
const BANG = 0x21;
const QUESTION = 0x3f;
const COLON = 0x3a;
const LETTER_X = 0x78;
const MAX_DEPTH = 256;
/** Spreadsheet programs declare some forty prefixes. */
const MAX_ATTRIBUTES = 1024;
/** No tag of a workbook is longer; texts come in pieces, and what is passed over is never gathered. */
const MAX_TOKEN_BYTES = 256 * 1024;
const TEXT_PIECE_BYTES = 32 * 1024;
/** `&#x10FFFF;` is the longest reference. */
const MAX_REFERENCE_BYTES = 10;
const NO_BYTES = Buffer.alloc(0);

/**
 * A pull parser for the XML of workbooks: tags, attributes, text, CDATA. No document types, so no entities but the five
 * of XML and numbers, and nothing external. Names stand with their prefixes, a character for each of their bytes.
 */
export class XmlTags {
  /** Of the tag just read. */
  tag = '';
  /** The tag just opened has a prefix; it declares some. */
  prefixed = false;
  declares = false;
  private readonly source: AsyncIterator<Uint8Array>;
  private bytes: Buffer = NO_BYTES;
  private at = 0;
  private final = false;
  private readonly open: string[] = [];
  private closePending = false;
  private hadRoot = false;
  private attributes = new Int32Array(4 * 64);
  private attributeCount = 0;
  private textStart = 0;
  private textEnd = 0;
  private raw = false;
  private inCdata = false;
  private readonly names = new Map<number, string>();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Elements that are open. */
  get depth(): number {
    return this.open.length;
  }

  /** @throws RefusedFile on what is not well-formed. */
  next(): number {
    for (;;) {
      const token = this.token();
      if (token !== NOTHING) return token;
    }
  }

  private token(): number {
    if (this.closePending) return this.closes();
    const { bytes, at } = this;
    if (this.inCdata) return this.cdata();
    if (at >= bytes.length) return this.final ? this.ends() : INPUT;
    if (bytes[at] !== LESS) return this.plainText();
    if (at + 1 >= bytes.length) return this.wants();
    const kind = bytes[at + 1] ?? 0;
    if (kind === QUESTION) return this.instruction();
    if (kind === BANG) return this.declaration();
    return kind === SLASH ? this.closeTag() : this.openTag();
  }

  /** Takes in the next piece of the document. @throws what the source throws. */
  async fill(): Promise<void> {
    const next: IteratorResult<Uint8Array, unknown> = await this.source.next();
    if (next.done === true) {
      this.final = true;
      return;
    }
    const rest = this.bytes.subarray(this.at);
    if (rest.length > MAX_TOKEN_BYTES) throw brokenXml();
    this.bytes = rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([rest, next.value]);
    this.at = 0;
  }

  async close(): Promise<void> {
    if (!this.final) await this.source.return?.();
  }

  /** Value of an attribute of the tag just opened. @param name with its prefix, if it has one */
  attribute(name: string): string | undefined {
    const { attributes } = this;
    for (let i = 0; i < this.attributeCount * 4; i += 4) {
      if (this.isNamed(attributes[i] ?? 0, attributes[i + 1] ?? 0, name))
        return this.decoded(attributes[i + 2] ?? 0, attributes[i + 3] ?? 0);
    }
    return undefined;
  }

  /** Of the tag just opened, with their prefixes. */
  attributeNames(): string[] {
    const { attributes } = this;
    return Array.from({ length: this.attributeCount }, (_, i) =>
      this.bytes.toString('latin1', attributes[i * 4], attributes[i * 4 + 1]),
    );
  }

  private isNamed(start: number, end: number, name: string): boolean {
    return end - start === name.length && this.startsWith(name, start);
  }

  private startsWith(text: string, at: number): boolean {
    for (let i = 0; i < text.length; i += 1) if (this.bytes[at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** The text just read; a long one comes in several pieces. */
  text(): string {
    return this.raw ? this.plain(this.textStart, this.textEnd) : this.decoded(this.textStart, this.textEnd);
  }

  private decoded(start: number, end: number): string {
    const text = this.plain(start, end);
    if (!text.includes('&')) return text;
    const value = unescaped(text);
    if (value === undefined) throw brokenXml();
    return value;
  }

  private plain(start: number, end: number): string {
    if (!isUtf8(this.bytes.subarray(start, end))) throw brokenXml();
    const text = this.bytes.toString('utf8', start, end);
    // XML 1.0, section 2.11.
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  }

  private wants(): number {
    if (this.final) throw brokenXml();
    return INPUT;
  }

  private ends(): number {
    if (!this.hadRoot || this.open.length > 0) throw brokenXml();
    return END;
  }

  private plainText(): number {
    const { bytes, at } = this;
    const found = bytes.indexOf(LESS, at);
    if (found >= 0) return this.gives(at, found, found, false);
    if (this.final) return this.gives(at, bytes.length, bytes.length, false);
    if (bytes.length - at < TEXT_PIECE_BYTES) return INPUT;
    const end = this.cut(at);
    return this.gives(at, end, end, false);
  }

  /** A place near the end where neither a reference nor a character nor a line break is cut. */
  private cut(at: number): number {
    const { bytes } = this;
    const reference = bytes.lastIndexOf(AMPERSAND);
    let end = reference >= at && bytes.length - reference < MAX_REFERENCE_BYTES ? reference : bytes.length - 4;
    while (end > at && (((bytes[end] ?? 0) & 0xc0) === 0x80 || bytes[end - 1] === 0x0d)) end -= 1;
    if (end <= at) throw brokenXml();
    return end;
  }

  private gives(start: number, end: number, next: number, raw: boolean): number {
    this.textStart = start;
    this.textEnd = end;
    this.raw = raw;
    this.at = next;
    return TEXT;
  }

  private cdata(): number {
    const { bytes, at } = this;
    const found = bytes.indexOf(']]>', at);
    if (found >= 0) {
      this.inCdata = false;
      return this.gives(at, found, found + 3, true);
    }
    if (bytes.length - at < TEXT_PIECE_BYTES) return this.wants();
    const end = this.cut(at);
    return this.gives(at, end, end, true);
  }

  private instruction(): number {
    const found = this.bytes.indexOf('?>', this.at + 2);
    if (found < 0) return this.wants();
    const text = this.bytes.toString('latin1', this.at, found);
    const encoding = /^<\?xml\s[^>]*encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
    if (encoding !== undefined && !/^(?:utf-8|us-ascii)$/i.test(encoding)) throw brokenXml();
    this.at = found + 2;
    return NOTHING;
  }

  private declaration(): number {
    const { bytes, at } = this;
    if (bytes.length - at < 9 && !this.final) return INPUT;
    const head = bytes.toString('latin1', at, at + 9);
    if (head.startsWith('<!--')) {
      const found = bytes.indexOf('-->', at + 4);
      if (found < 0) return this.wants();
      this.at = found + 3;
      return NOTHING;
    }
    if (head !== '<![CDATA[') throw brokenXml();
    this.inCdata = true;
    this.at = at + 9;
    return NOTHING;
  }

  private closeTag(): number {
    const end = this.bytes.indexOf(GREATER, this.at);
    if (end < 0) return this.wants();
    const start = this.at + 2;
    const tag = this.open.at(-1) ?? '';
    const rest = this.bytes[start + tag.length] ?? 0;
    if (!this.startsWith(tag, start) || (start + tag.length !== end && rest > 0x20)) throw brokenXml();
    this.at = end + 1;
    return this.closes();
  }

  private closes(): number {
    this.closePending = false;
    if (this.open.pop() === undefined) throw brokenXml();
    return CLOSE;
  }

  private openTag(): number {
    const end = this.tagEnd();
    if (end < 0) return this.wants();
    const { bytes } = this;
    const selfClosing = bytes[end - 1] === SLASH;
    const nameEnd = this.takeName(this.at + 1, end);
    if (!this.takeAttributes(nameEnd, selfClosing ? end - 1 : end)) throw brokenXml();
    if (this.open.length === 0 && this.hadRoot) throw brokenXml();
    this.hadRoot = true;
    this.open.push(this.tag);
    if (this.open.length > MAX_DEPTH) throw brokenXml();
    this.closePending = selfClosing;
    this.at = end + 1;
    return OPEN;
  }

  /** The `>` of the tag: not one within a value. */
  private tagEnd(): number {
    const { bytes } = this;
    let quote = 0;
    for (let i = this.at + 1; i < bytes.length; i += 1) {
      const byte = bytes[i] ?? 0;
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === GREATER) return i;
      else if (byte === 0x22 || byte === 0x27) quote = byte;
      else if (byte === LESS) throw brokenXml();
    }
    return -1;
  }

  /** Few names come again and again: short ones are looked up by their bytes, without becoming text. */
  private takeName(start: number, end: number): number {
    const { bytes } = this;
    let i = start;
    let packed = 0;
    this.prefixed = false;
    for (; i < end; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte <= 0x20 || byte === SLASH) break;
      if (byte === COLON) this.prefixed = true;
      packed = packed * 256 + byte;
    }
    const length = i - start;
    if (length === 0) throw brokenXml();
    const known = length <= 6 ? this.names.get(packed) : undefined;
    this.tag = known ?? bytes.toString('latin1', start, i);
    if (known === undefined && length <= 6 && this.names.size < 256) this.names.set(packed, this.tag);
    return i;
  }

  private takeAttributes(start: number, end: number): boolean {
    const { bytes } = this;
    let count = 0;
    let i = start;
    this.declares = false;
    for (;;) {
      while (i < end && (bytes[i] ?? 0) <= 0x20) i += 1;
      if (i >= end) break;
      const name = i;
      while (i < end && bytes[i] !== EQUALS && (bytes[i] ?? 0) > 0x20) i += 1;
      const nameEnd = i;
      while (i < end && (bytes[i] ?? 0) <= 0x20) i += 1;
      if (bytes[i] !== EQUALS || i >= end) return false;
      i += 1;
      while (i < end && (bytes[i] ?? 0) <= 0x20) i += 1;
      const quote = bytes[i] ?? 0;
      if (i >= end || (quote !== 0x22 && quote !== 0x27)) return false;
      const close = bytes.indexOf(quote, i + 1);
      if (close < 0 || close >= end) return false;
      if (count === MAX_ATTRIBUTES) return false;
      if (count * 4 >= this.attributes.length) this.growAttributes();
      const { attributes } = this;
      attributes[count * 4] = name;
      attributes[count * 4 + 1] = nameEnd;
      attributes[count * 4 + 2] = i + 1;
      attributes[count * 4 + 3] = close;
      count += 1;
      if (bytes[name] === LETTER_X && this.startsWith('xmlns', name)) this.declares = true;
      i = close + 1;
    }
    this.attributeCount = count;
    return true;
  }
  private growAttributes(): void {
    const larger = new Int32Array(this.attributes.length * 2);
    larger.set(this.attributes);
    this.attributes = larger;
  }
}

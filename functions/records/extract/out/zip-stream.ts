import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { AnyOutput } from '../../csv/output.ts';

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Names in UTF-8; length and checksum behind the data. */
const FLAGS = 0x0808;
const DEFLATED = 8;
const VERSION = 20;
/** 1980-01-01: equal content makes equal bytes. */
const DATE = 0x0021;
const PIECE_CHARACTERS = 128 * 1024;
/** An empty last block: it ends a stream whose pieces each ended at a byte. */
const LAST_BLOCK = Buffer.from([0x03, 0x00]);

interface Part {
  readonly name: Buffer;
  readonly offset: number;
  readonly checksum: number;
  readonly packed: number;
  readonly unpacked: number;
}

/** A ZIP archive (APPNOTE 6.3), written from front to end in memory of one piece; below 4 GiB. */
export class ZipStream {
  private readonly output: AnyOutput;
  private readonly parts: Part[] = [];
  private offset = 0;
  private name = Buffer.alloc(0);
  private start = 0;
  private pending = '';
  private checksum = 0;
  private packed = 0;
  /** Bytes of the part that is being written. */
  unpacked = 0;

  constructor(output: AnyOutput) {
    this.output = output;
  }

  begin(name: string): void {
    this.name = Buffer.from(name, 'utf8');
    this.start = this.offset;
    this.checksum = this.packed = this.unpacked = 0;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(LOCAL, 0);
    writeAbout(header, 4);
    header.writeUInt16LE(this.name.length, 26);
    this.put(header);
    this.put(this.name);
  }

  text(text: string): void {
    this.pending += text;
    if (this.pending.length >= PIECE_CHARACTERS) this.pack();
  }

  finishPart(): void {
    this.pack();
    this.put(LAST_BLOCK);
    this.packed += LAST_BLOCK.length;
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(DESCRIPTOR, 0);
    this.writeSizes(descriptor, 4);
    this.put(descriptor);
    const { name, start: offset, checksum, packed, unpacked } = this;
    this.parts.push({ name, offset, checksum, packed, unpacked });
  }

  part(name: string, text: string): void {
    this.begin(name);
    this.text(text);
    this.finishPart();
  }

  end(): void {
    const start = this.offset;
    for (const part of this.parts) {
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(CENTRAL, 0);
      entry.writeUInt16LE(VERSION, 4);
      writeAbout(entry, 6);
      entry.writeUInt32LE(part.checksum, 16);
      entry.writeUInt32LE(part.packed, 20);
      entry.writeUInt32LE(part.unpacked, 24);
      entry.writeUInt16LE(part.name.length, 28);
      entry.writeUInt32LE(part.offset, 42);
      this.put(entry);
      this.put(part.name);
    }
    const end = Buffer.alloc(22);
    end.writeUInt32LE(END, 0);
    end.writeUInt16LE(this.parts.length, 8);
    end.writeUInt16LE(this.parts.length, 10);
    end.writeUInt32LE(this.offset - start, 12);
    end.writeUInt32LE(start, 16);
    this.put(end);
  }

  private pack(): void {
    const bytes = Buffer.from(this.pending, 'utf8');
    this.pending = '';
    if (bytes.length === 0) return;
    const packed = deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
    this.checksum = crc32(bytes, this.checksum);
    this.unpacked += bytes.length;
    this.packed += packed.length;
    this.put(packed);
  }

  private writeSizes(buffer: Buffer, at: number): void {
    buffer.writeUInt32LE(this.checksum, at);
    buffer.writeUInt32LE(this.packed, at + 4);
    buffer.writeUInt32LE(this.unpacked, at + 8);
  }

  private put(bytes: Buffer): void {
    this.output.append(bytes, 0, bytes.length);
    this.offset += bytes.length;
  }
}

/** What a local header and an entry of the directory have in common. */
function writeAbout(buffer: Buffer, at: number): void {
  buffer.writeUInt16LE(VERSION, at);
  buffer.writeUInt16LE(FLAGS, at + 2);
  buffer.writeUInt16LE(DEFLATED, at + 4);
  buffer.writeUInt16LE(DATE, at + 8);
}

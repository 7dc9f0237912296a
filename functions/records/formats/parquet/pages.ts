import { crc32 } from 'node:zlib';
import { parquetHeader } from 'hyparquet/src/column.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { ColumnMetaData, DecodedArray, Encoding, PageHeader, ParquetType, SchemaElement } from 'hyparquet';
import type { Inflation } from '../inflation.ts';
import { RefusedFile } from '../refused-file.ts';
import type { Budget } from './budget.ts';
import { deltaByteArrays, deltaLengthByteArrays, plainByteArrays } from './byte-arrays.ts';
import { damaged } from './damaged.ts';
import { decompressed } from './decompress.ts';
import { readDelta32, readDelta64 } from './delta.ts';
import type { FileBytes } from './file-bytes.ts';
import { countOf } from './footer.ts';
import { readHybrid } from './hybrid.ts';

/** Writers make pages of about 1 MiB. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;
/** A page of one value run over a whole row group is a few bytes. */
const MAX_PAGE_VALUES = 4 * 1024 * 1024;
const HEADER_BYTES = 8 * 1024;
/** Of a header with statistics on long texts. */
const MAX_HEADER_BYTES = 2 * 1024 * 1024;

/** What a value takes while its page is read: a number and its level, or a view of its bytes. */
const NUMBER_BYTES = 20;
const VIEW_BYTES = 120;

/** Values of one page of a column. */
export interface Page {
  /** Those that are there. Numbers into the dictionary, if the page has them. */
  readonly values: DecodedArray;
  readonly dictionary: boolean;
  /** Of each row 1 if it has a value; undefined if all have. */
  readonly defined: Int32Array | undefined;
  readonly rows: number;
}

export interface ColumnSource {
  readonly file: FileBytes;
  readonly element: SchemaElement;
  readonly chunk: ColumnMetaData;
  readonly rows: number;
  readonly inflation: Inflation;
  readonly budget: Budget;
}

/** Pages of a column in one row group, one at a time: nothing is decoded that its header does not allow for. */
export class ColumnPages {
  /** Values that pages name by number, as they are stored. */
  dictionary: DecodedArray = [];
  private readonly source: ColumnSource;
  private at: number;
  private readonly end: number;
  private rowsLeft: number;
  private heldByDictionary = 0;
  private heldByPage = 0;

  constructor(source: ColumnSource) {
    const { chunk, rows } = source;
    const data = countOf(chunk.data_page_offset);
    const dictionary = chunk.dictionary_page_offset === undefined ? 0 : countOf(chunk.dictionary_page_offset);
    this.source = source;
    this.at = dictionary > 0 && dictionary < data ? dictionary : data;
    this.end = this.at + countOf(chunk.total_compressed_size);
    this.rowsLeft = rows;
    if (this.end > source.file.size) throw damaged();
  }

  /** The next page with rows. @throws RefusedFile if there is none. */
  next(): Page {
    for (;;) {
      const { header, bytes } = this.raw();
      this.hold(header);
      if (header.type === 'DICTIONARY_PAGE') this.takeDictionary(header, bytes);
      else if (header.type !== 'INDEX_PAGE') {
        const page = header.type === 'DATA_PAGE' ? this.dataPage(header, bytes) : this.dataPageV2(header, bytes);
        this.rowsLeft -= page.rows;
        if (this.rowsLeft < 0) throw damaged();
        if (page.rows > 0) return page;
      }
    }
  }

  /** Nothing is held any more. */
  release(): void {
    this.source.budget.replace(this.heldByDictionary + this.heldByPage, 0);
    this.heldByDictionary = this.heldByPage = 0;
  }

  /** Before anything of the page is unpacked. */
  private hold(header: PageHeader): void {
    const { dictionary_page_header: dictionary, data_page_header: first, data_page_header_v2: second } = header;
    const about = dictionary ?? first ?? second;
    const size = header.uncompressed_page_size + bounded(about?.num_values ?? 0) * this.valueBytes(about?.encoding);
    if (dictionary) {
      this.source.budget.replace(this.heldByDictionary, size);
      this.heldByDictionary = size;
    } else {
      this.source.budget.replace(this.heldByPage, size);
      this.heldByPage = size;
    }
  }

  private valueBytes(encoding: Encoding | undefined): number {
    const { type } = this.source.element;
    const isNumber = encoding === 'RLE_DICTIONARY' || (type !== 'BYTE_ARRAY' && type !== 'FIXED_LEN_BYTE_ARRAY');
    return isNumber ? NUMBER_BYTES : VIEW_BYTES;
  }

  private raw(): { header: PageHeader; bytes: Buffer } {
    const header = this.header(HEADER_BYTES) ?? this.header(MAX_HEADER_BYTES);
    if (!header) throw damaged();
    const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
    if (!(packed >= 0 && unpacked >= 0 && this.at + packed <= this.end)) throw damaged();
    if (packed > MAX_PAGE_BYTES || unpacked > MAX_PAGE_BYTES)
      throw new RefusedFile(
        'too-large',
        `a page of the Parquet file is larger than ${MAX_PAGE_BYTES} bytes; write smaller pages`,
      );
    this.source.inflation.add(unpacked);
    const bytes = this.source.file.slice(this.at, packed);
    this.at += packed;
    // Of the page as it is stored, its levels too (Parquet, "Checksumming").
    if (header.crc !== undefined && header.crc >>> 0 !== crc32(bytes)) throw damaged();
    return { header, bytes };
  }

  /** Undefined if so many bytes do not hold it. */
  private header(most: number): PageHeader | undefined {
    if (this.at >= this.end) throw damaged();
    const bytes = this.source.file.slice(this.at, Math.min(most, this.end - this.at));
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
    try {
      const header = parquetHeader(reader);
      this.at += reader.offset;
      return header;
    } catch (error) {
      if (most >= MAX_HEADER_BYTES || bytes.length < most) throw damaged(error);
      return undefined;
    }
  }

  private takeDictionary(header: PageHeader, bytes: Buffer): void {
    const count = bounded(header.dictionary_page_header?.num_values);
    const page = decompressed(bytes, header.uncompressed_page_size, this.source.chunk.codec);
    this.dictionary = this.plain(page, count);
  }

  private dataPage(header: PageHeader, bytes: Buffer): Page {
    const about = header.data_page_header;
    const rows = bounded(about?.num_values);
    const page = decompressed(bytes, header.uncompressed_page_size, this.source.chunk.codec);
    if (!about || rows > this.rowsLeft) throw damaged();
    if (!this.optional) return this.page(page, about.encoding, rows, undefined, 0);
    if (about.definition_level_encoding !== 'RLE') throw damaged();
    const length = new DataView(page.buffer, page.byteOffset, page.length).getUint32(0, true);
    if (length > page.length - 4) throw damaged();
    const defined = readHybrid(page.subarray(4, 4 + length), 1, rows);
    return this.page(page.subarray(4 + length), about.encoding, rows, defined, nullsOf(defined));
  }

  private dataPageV2(header: PageHeader, bytes: Buffer): Page {
    const about = header.data_page_header_v2;
    const rows = bounded(about?.num_values);
    if (!about || rows > this.rowsLeft || rows !== about.num_rows) throw damaged();
    // Some write repetition levels for a column that cannot repeat: there is nothing in them.
    const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } = about;
    const levels = repetition + definition;
    const room = Math.min(bytes.length, header.uncompressed_page_size);
    if (!(repetition >= 0 && definition >= 0 && levels <= room)) throw damaged();
    const defined =
      this.optional && definition > 0 ? readHybrid(bytes.subarray(repetition, levels), 1, rows) : undefined;
    const nulls = defined ? nullsOf(defined) : 0;
    if (nulls !== about.num_nulls) throw damaged();
    const codec = about.is_compressed === false ? 'UNCOMPRESSED' : this.source.chunk.codec;
    const page = decompressed(bytes.subarray(levels), header.uncompressed_page_size - levels, codec);
    return this.page(page, about.encoding, rows, defined, nulls);
  }

  private get optional(): boolean {
    return this.source.element.repetition_type !== 'REQUIRED';
  }

  private page(
    bytes: Uint8Array,
    encoding: Encoding,
    rows: number,
    defined: Int32Array | undefined,
    nulls: number,
  ): Page {
    const dictionary = encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY';
    return { values: this.values(bytes, encoding, rows - nulls), dictionary, defined, rows };
  }

  private values(bytes: Uint8Array, encoding: Encoding, count: number): DecodedArray {
    const { type } = this.source.element;
    if (count === 0) return [];
    if (!type || !(ENCODED[encoding]?.includes(type) ?? true)) throw damaged();
    switch (encoding) {
      case 'PLAIN':
        return this.plain(bytes, count);
      case 'PLAIN_DICTIONARY':
      case 'RLE_DICTIONARY':
        return readHybrid(bytes.subarray(1), bytes[0] ?? 0, count);
      case 'RLE': {
        const length = viewOf(bytes).getUint32(0, true);
        if (length > bytes.length - 4) throw damaged();
        return Array.from(readHybrid(bytes.subarray(4, 4 + length), 1, count), (bit) => bit === 1);
      }
      case 'DELTA_BINARY_PACKED':
        return type === 'INT32' ? readDelta32({ bytes, at: 0 }, count) : readDelta64({ bytes, at: 0 }, count);
      case 'DELTA_LENGTH_BYTE_ARRAY':
        return deltaLengthByteArrays(bytes, count);
      case 'DELTA_BYTE_ARRAY':
        return deltaByteArrays(bytes, count, MAX_PAGE_BYTES);
      case 'BYTE_STREAM_SPLIT':
        if (count * this.width(type) > bytes.length) throw damaged();
        return byteStreamSplit({ view: viewOf(bytes), offset: 0 }, count, type, this.source.element.type_length);
      default:
        throw damaged();
    }
  }

  /** At least a bit a value. */
  private plain(bytes: Uint8Array, count: number): DecodedArray {
    const { type, type_length: length } = this.source.element;
    if (!type || count > bytes.length * 8) throw damaged();
    if (type === 'BYTE_ARRAY') return plainByteArrays(bytes, count);
    // What the page does not hold may stand behind it in memory.
    if (type !== 'BOOLEAN' && count * this.width(type) > bytes.length) throw damaged();
    return readPlain({ view: viewOf(bytes), offset: 0 }, type, count, length);
  }

  /** Bytes of a value. */
  private width(type: ParquetType): number {
    const width = WIDTHS[type] ?? this.source.element.type_length;
    if (width === undefined || !(width > 0)) throw damaged();
    return width;
  }
}

const WIDTHS: Readonly<Partial<Record<ParquetType, number>>> = { INT32: 4, INT64: 8, INT96: 12, FLOAT: 4, DOUBLE: 8 };

/** Which types an encoding is for (Parquet, "Encodings"); the others are for all. */
const ENCODED: Readonly<Partial<Record<Encoding, readonly ParquetType[]>>> = {
  RLE: ['BOOLEAN'],
  DELTA_BINARY_PACKED: ['INT32', 'INT64'],
  DELTA_LENGTH_BYTE_ARRAY: ['BYTE_ARRAY'],
  DELTA_BYTE_ARRAY: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  BYTE_STREAM_SPLIT: ['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'FIXED_LEN_BYTE_ARRAY'],
};

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function bounded(count: number | undefined): number {
  if (count === undefined || !(count >= 0)) throw damaged();
  if (count > MAX_PAGE_VALUES)
    throw new RefusedFile(
      'too-large',
      `a page of the Parquet file has more than ${MAX_PAGE_VALUES} values; write smaller pages`,
    );
  return count;
}

function nullsOf(defined: Int32Array): number {
  let nulls = 0;
  for (const level of defined) if (level !== 1) nulls += 1;
  return nulls;
}

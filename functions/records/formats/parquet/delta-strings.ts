import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';

interface Reader {
  readonly view: DataView;
  offset: number;
}

/** Byte arrays that share beginnings (DELTA_BYTE_ARRAY): each is bounded by the one before it and what is there. */
export function readByteArrays(reader: Reader, count: number, mostBytes: number): Uint8Array[] {
  const prefixes = new Int32Array(count);
  deltaBinaryUnpack(reader, count, prefixes);
  const suffixes = new Int32Array(count);
  deltaBinaryUnpack(reader, count, suffixes);
  const { view } = reader;
  const values: Uint8Array[] = [];
  let previous = new Uint8Array(0);
  let total = 0;
  for (let i = 0; i < count; i += 1) {
    const prefix = prefixes[i] ?? 0;
    const suffix = suffixes[i] ?? 0;
    if (prefix < 0 || suffix < 0 || prefix > previous.length || reader.offset + suffix > view.byteLength)
      throw damaged();
    total += prefix + suffix;
    if (total > mostBytes)
      throw new RefusedFile(
        'too-large',
        `a page of the Parquet file unfolds to more than ${mostBytes} bytes; write smaller pages`,
      );
    const value = new Uint8Array(prefix + suffix);
    value.set(previous.subarray(0, prefix));
    value.set(new Uint8Array(view.buffer, view.byteOffset + reader.offset, suffix), prefix);
    reader.offset += suffix;
    values.push(value);
    previous = value;
  }
  return values;
}

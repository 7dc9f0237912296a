import { deltas, type ENCODINGS, plain, type TYPES } from './parquet-file.ts';

export type Stored = number | bigint | string | Buffer | boolean;
export type Type = (typeof TYPES)[number];

/** Which types each encoding is for (Parquet, "Encodings"). */
export const ENCODED: Readonly<Record<Exclude<keyof typeof ENCODINGS, 'BIT_PACKED'>, readonly Type[]>> = {
  PLAIN: ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  PLAIN_DICTIONARY: ['INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  RLE_DICTIONARY: ['INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  RLE: ['BOOLEAN'],
  DELTA_BINARY_PACKED: ['INT32', 'INT64'],
  DELTA_LENGTH_BYTE_ARRAY: ['BYTE_ARRAY'],
  DELTA_BYTE_ARRAY: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  BYTE_STREAM_SPLIT: ['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'FIXED_LEN_BYTE_ARRAY'],
};

/** Runs of one value each, of so many bits: the hybrid of levels, of numbers of a dictionary and of truth values. */
export const runs = (values: readonly number[], bits: number): Buffer =>
  Buffer.from(values.flatMap((value) => [2, ...(bits > 8 ? [value & 255, value >> 8] : bits > 0 ? [value] : [])]));

/** Eight values at a time, their bits one behind the other. */
export function packed(values: readonly number[], bits: number): Buffer {
  const groups = Math.ceil(values.length / 8);
  const bytes = Buffer.alloc(groups * bits);
  values.forEach((value, i) => {
    for (let bit = 0; bit < bits; bit += 1) {
      const at = i * bits + bit;
      if ((value >> bit) & 1) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
    }
  });
  return Buffer.concat([Buffer.of((groups << 1) | 1), bytes]);
}

/** Levels of the first version, and truth values in runs, stand behind their length. */
export function behindLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** All first bytes, then all second ones: of values of so many bytes. */
export const split = (bytes: Buffer, width: number): Buffer =>
  Buffer.from(
    Array.from(
      bytes,
      (_, i) => bytes[(i % (bytes.length / width)) * width + Math.floor(i / (bytes.length / width))] ?? 0,
    ),
  );

const WIDTHS: Readonly<Partial<Record<Type, number>>> = { INT32: 4, INT64: 8, FLOAT: 4, DOUBLE: 8 };

const shared = (one: Buffer, other: Buffer): number => {
  const end = one.findIndex((byte, i) => byte !== other[i]);
  return end < 0 ? one.length : end;
};
const lengths = (numbers: readonly number[]): Buffer => deltas(numbers.map(BigInt), 8);

const textsOf = (stored: readonly unknown[]): Buffer[] => stored.map((value) => Buffer.from(value as string));

/** Values in a page of an encoding that needs no dictionary. */
export function bodyOf(type: Type, encoding: keyof typeof ENCODED, values: readonly Stored[]): Buffer {
  if (values.length === 0) return Buffer.alloc(0);
  if (type === 'BOOLEAN') {
    const bits = values.map(Number);
    return encoding === 'RLE' ? behindLength(runs(bits, 1)) : packed(bits, 1).subarray(1);
  }
  const stored = values as readonly (number | bigint | string | Buffer)[];
  switch (encoding) {
    case 'DELTA_BINARY_PACKED':
      return deltas(
        stored.map((value) => BigInt(value as number)),
        64,
      );
    case 'DELTA_LENGTH_BYTE_ARRAY': {
      const texts = textsOf(stored);
      return Buffer.concat([lengths(texts.map(({ length }) => length)), ...texts]);
    }
    case 'DELTA_BYTE_ARRAY': {
      const texts = textsOf(stored);
      const starts = texts.map((text, i) => shared(text, texts[i - 1] ?? Buffer.alloc(0)));
      const ends = texts.map((text, i) => text.subarray(starts[i]));
      return Buffer.concat([lengths(starts), lengths(ends.map(({ length }) => length)), ...ends]);
    }
    case 'BYTE_STREAM_SPLIT': {
      const bytes = plain(type, stored);
      return split(bytes, WIDTHS[type] ?? bytes.length / stored.length);
    }
    default:
      return plain(type, stored);
  }
}

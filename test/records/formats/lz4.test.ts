import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { lz4Block, lz4Frames } from '../../../functions/records/formats/parquet/lz4.ts';
import { RefusedFile } from '../../../functions/records/formats/refused-file.ts';

const rest = (length: number): number[] =>
  length < 15 ? [] : [...Array<number>(Math.floor((length - 15) / 255)).fill(255), (length - 15) % 255];

/** A sequence: literals, then a match of so many bytes, so far back; the last one has no match. */
function sequence(literals: Uint8Array, match?: { readonly offset: number; readonly length: number }): number[] {
  const short = Math.min(15, literals.length) << 4;
  const head = [...rest(literals.length), ...literals];
  if (!match) return [short, ...head];
  const { offset, length } = match;
  return [short | Math.min(15, length - 4), ...head, offset & 255, offset >> 8, ...rest(length - 4)];
}

const arbitrarySequences = fc.array(
  fc.record({
    literals: fc.uint8Array({ minLength: 1, maxLength: 600 }),
    back: fc.nat(5000),
    length: fc.integer({ min: 4, max: 900 }),
  }),
  { maxLength: 8 },
);

/** A block, and what it says. */
function blockOf(sequences: readonly { literals: Uint8Array; back: number; length: number }[], last: Uint8Array) {
  const text: number[] = [];
  const block = sequences.flatMap(({ literals, back, length }) => {
    text.push(...literals);
    const offset = 1 + (back % text.length);
    for (let i = 0; i < length; i += 1) text.push(text[text.length - offset] ?? 0);
    return sequence(literals, { offset, length });
  });
  return { block: Uint8Array.from([...block, ...sequence(last)]), text: Uint8Array.from([...text, ...last]) };
}

const frame = ({ block, text }: ReturnType<typeof blockOf>): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(text.length, 0);
  head.writeUInt32BE(block.length, 4);
  return Buffer.concat([head, block]);
};

test('a block is what its literals and matches say, of any lengths, also where a match reaches into itself', () => {
  fc.assert(
    fc.property(arbitrarySequences, fc.uint8Array({ minLength: 1, maxLength: 300 }), (sequences, last) => {
      const made = blockOf(sequences, last);
      expect(lz4Block(made.block, made.text.length)).toEqual(made.text);
      expect(lz4Frames(made.block, made.text.length)).toEqual(made.text);
      expect(lz4Frames(Buffer.concat([frame(made), frame(made)]), made.text.length * 2)).toEqual(
        Uint8Array.from([...made.text, ...made.text]),
      );
      for (const length of [made.text.length - 1, made.text.length + 1])
        for (const unpack of [lz4Block, lz4Frames]) expect(() => unpack(made.block, length)).toThrow(RefusedFile);
    }),
    { numRuns: 40 },
  );
});

test('whatever the bytes are, it is as many bytes as the page says, or a refusal', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(200),
      fc.constantFrom(lz4Block, lz4Frames),
      (bytes, n, unpack) => {
        try {
          expect(unpack(bytes, n)).toHaveLength(n);
        } catch (error) {
          expect(error).toBeInstanceOf(RefusedFile);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

describe('a block is refused', () => {
  test.each<[string, number[], number]>([
    ['of fewer bytes than the page says', [0x10, 1], 2],
    ['of more', [0x20, 1, 2], 1],
    ['with literals that are not there', [0x30, 1, 2], 3],
    ['with a match before the beginning', [0x10, 1, 2, 0], 5],
    ['with a match of nothing', [0x10, 1, 0, 0], 5],
    ['that ends in an offset', [0x10, 1, 1], 5],
    ['that ends in a length of literals', [0xf0, 255], 300],
    ['that ends in a length of a match', [0x1f, 1, 1, 0], 300],
    ['with a match beyond the page', [0x1f, 1, 1, 0, 255, 255, 0], 100],
  ])('%s', (_, bytes, length) => {
    expect(() => lz4Block(Uint8Array.from(bytes), length)).toThrow(RefusedFile);
  });

  test('as the second frame where the first has more bytes than it says', () => {
    const made = blockOf([], Uint8Array.of(1, 2, 3));
    const [more, fewer] = [4, 2].map((length) => {
      const bytes = frame(made);
      bytes.writeUInt32BE(length, 0);
      return bytes;
    });
    expect(() => lz4Frames(Buffer.concat([more!, fewer!]), 6)).toThrow(RefusedFile);
  });
});

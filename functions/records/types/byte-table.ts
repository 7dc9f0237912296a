/**
 * An automaton over bytes as a table: state 0 is dead, 1 the start, and the state after a byte is
 * `next[(state << 8) | byte]`.
 */
export interface ByteTable {
  readonly next: Uint8Array;
  readonly accepts: Uint8Array;
}

/** States have a byte. */
export const MAX_STATES = 255;

export function matches({ next, accepts }: ByteTable, bytes: Uint8Array, start: number, end: number): boolean {
  let state = 1;
  for (let i = start; i < end && state !== 0; i += 1) state = next[(state << 8) | (bytes[i] ?? 0)] ?? 0;
  return accepts[state] === 1;
}

/** Accepts these texts and nothing else; undefined if there are too many of them. */
export function tableOfTexts(texts: readonly string[]): ByteTable | undefined {
  const states: Uint8Array[] = [new Uint8Array(256), new Uint8Array(256)];
  const accepts = new Uint8Array(MAX_STATES + 1);
  for (const text of texts) {
    if (!text.isWellFormed()) continue;
    let state = 1;
    for (const byte of Buffer.from(text, 'utf8')) {
      const row = states[state];
      let to = row?.[byte] ?? 0;
      if (row && to === 0) {
        if (states.length > MAX_STATES) return undefined;
        to = row[byte] = states.push(new Uint8Array(256)) - 1;
      }
      state = to;
    }
    accepts[state] = 1;
  }
  return { next: Uint8Array.from(states.flatMap((row) => [...row])), accepts: accepts.slice(0, states.length) };
}

/** The same, but for texts with one of some bytes: it knows of none. */
export function without(bytes: readonly number[], { next, accepts }: ByteTable): ByteTable {
  const fewer = Uint8Array.from(next);
  for (let state = 0; state < accepts.length; state += 1) for (const byte of bytes) fewer[(state << 8) | byte] = 0;
  return { next: fewer, accepts };
}

/** A table by classes of bytes that it does not tell apart. */
export interface CompressedTable {
  /** Class of each byte; 0 is that of bytes that no text has. */
  readonly classes: Uint8Array;
  /** A class has so many bits. */
  readonly bits: number;
  /** The state after a class: at (state << bits) | class. */
  readonly next: Uint8Array;
  /** The state after two classes: at (state << 2 * bits) | (first << bits) | second; undefined where it would be too large. */
  readonly pairs: Uint8Array | undefined;
}

/** @param others bytes of which it need not know. */
export function compressed(table: ByteTable, others: readonly number[], mostPairBytes: number): CompressedTable {
  const { next, accepts } = without(others, table);
  const { length: states } = accepts;
  const classes = new Uint8Array(256);
  const known = new Map<string, number>();
  const columns: number[] = [];
  for (let byte = 0; byte < 256; byte += 1) {
    const column = String.fromCharCode(...accepts.map((_, state) => next[(state << 8) | byte] ?? 0));
    if (/^\0*$/.test(column)) continue;
    let number = known.get(column);
    if (number === undefined) {
      known.set(column, (number = columns.push(byte)));
    }
    classes[byte] = number;
  }
  const bits = 32 - Math.clz32(columns.length);
  const small = new Uint8Array(states << bits);
  for (let state = 0; state < states; state += 1)
    for (const [i, byte] of columns.entries()) small[(state << bits) | (i + 1)] = next[(state << 8) | byte] ?? 0;
  const isFew = states << (2 * bits) <= mostPairBytes;
  return { classes, bits, next: small, pairs: isFew ? pairsOf(small, bits) : undefined };
}

function pairsOf(next: Uint8Array, bits: number): Uint8Array {
  const pairs = new Uint8Array(next.length << bits);
  for (let i = 0; i < next.length; i += 1) {
    const row = (next[i] ?? 0) << bits;
    pairs.set(next.subarray(row, row + (1 << bits)), i << bits);
  }
  return pairs;
}

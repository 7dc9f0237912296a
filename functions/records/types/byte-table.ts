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

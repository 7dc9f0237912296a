/** Texts that are looked up by their bytes, in an open table. */
export class ByteSet {
  private readonly texts: readonly Buffer[];
  /** Place of a text and one, or 0. */
  private readonly slots: Int32Array;

  constructor(texts: Iterable<string>) {
    this.texts = Array.from(new Set(texts), (text) => Buffer.from(text, 'utf8'));
    this.slots = new Int32Array(1 << (33 - Math.clz32(this.texts.length * 2)));
    for (const [i, text] of this.texts.entries()) {
      let slot = hashOf(text, 0, text.length) & (this.slots.length - 1);
      while (this.slots[slot] !== 0) slot = (slot + 1) & (this.slots.length - 1);
      this.slots[slot] = i + 1;
    }
  }

  has(bytes: Uint8Array, start: number, end: number): boolean {
    const mask = this.slots.length - 1;
    for (let slot = hashOf(bytes, start, end) & mask; ; slot = (slot + 1) & mask) {
      const text = this.texts[(this.slots[slot] ?? 0) - 1];
      if (text === undefined) return false;
      if (equal(text, bytes, start, end)) return true;
    }
  }
}

/** FNV-1a, its upper bits mixed into the lower. Who makes it slow makes their own check slow. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}

function equal(text: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i += 1) if (text[i] !== bytes[start + i]) return false;
  return true;
}

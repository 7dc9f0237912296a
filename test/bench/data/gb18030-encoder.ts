/**
 * Encodes text whose characters all have a code of one or two bytes, as those of the bench's rows do. Node decodes
 * GB18030 and does not encode it, so the table is made by decoding every code of two bytes.
 */
export function gb18030Encoder(): (text: string, into: Buffer, at: number) => number {
  const codes = new Map<string, number>();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1)
      if (trail !== 0x7f) codes.set(decoder.decode(Uint8Array.of(lead, trail)), lead * 256 + trail);
  return (text, into, at) => {
    let end = at;
    for (const character of text) {
      const ascii = character.charCodeAt(0);
      if (ascii < 0x80) {
        into[end++] = ascii;
        continue;
      }
      const code = codes.get(character);
      if (code === undefined) throw new Error('a character that has no two-byte code in GB18030');
      into[end++] = code >> 8;
      into[end++] = code & 0xff;
    }
    return end - at;
  };
}

/**
 * The two-byte characters of GB18030, which are nearly all that a file has, as a table made from the system's decoder: with
 * it a check of 136 MB takes 1.6 s of processor time, by way of strings 1.9 s.
 */
const FIRST_LEAD = 0x81;
const FIRST_TRAIL = 0x40;
const LAST = 0xfe;
const TRAILS = LAST - FIRST_TRAIL + 1;
/** Of four bytes, the bits that ASCII does not have. */
const NOT_ASCII = 0x80808080 | 0;
const decoder = new TextDecoder('gb18030', { fatal: true, ignoreBOM: true });

/** UTF-8 of each pair, in three bytes of a number, the first one lowest; two bytes leave the third 0; 0 where it is none. */
let pairs: Uint32Array | undefined;

function pairsOf(): Uint32Array {
  const table = new Uint32Array((LAST - FIRST_LEAD + 1) * TRAILS);
  for (let lead = FIRST_LEAD; lead <= LAST; lead += 1)
    for (let trail = FIRST_TRAIL; trail <= LAST; trail += 1)
      table[(lead - FIRST_LEAD) * TRAILS + trail - FIRST_TRAIL] = utf8Of(Uint8Array.of(lead, trail));
  return table;
}

function utf8Of(pair: Uint8Array): number {
  const bytes = decoded(pair);
  return bytes && bytes.length <= 3 ? (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16) : 0;
}

function decoded(bytes: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(decoder.decode(bytes), 'utf8');
  } catch {
    return undefined;
  }
}

/** The byte 0x80, which some write for the euro sign, becomes three. */
export const MOST_BYTES = 3;

/**
 * UTF-8 of a text; undefined if something in it cannot be decoded.
 * @param out room for `MOST_BYTES` of each byte; what is answered lies there
 */
export function transcode(
  bytes: Uint8Array,
  out: Buffer = Buffer.allocUnsafe(bytes.length * MOST_BYTES),
): Uint8Array | undefined {
  pairs ??= pairsOf();
  const source = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const target = new DataView(out.buffer, out.byteOffset, out.length);
  let to = 0;
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      // ASCII comes in runs: four bytes at once where all of them are.
      const word = i + 4 <= bytes.length ? source.getInt32(i) : NOT_ASCII;
      if ((word & NOT_ASCII) === 0) {
        target.setInt32(to, word);
        to += 4;
        i += 4;
        continue;
      }
      out[to] = lead;
      to += 1;
      i += 1;
      continue;
    }
    const pair = pairAt(pairs, lead, bytes[i + 1] ?? 0);
    if (pair > 0) {
      out[to] = pair;
      out[to + 1] = pair >> 8;
      out[to + 2] = pair >> 16;
      to += pair > 0xffff ? 3 : 2;
      i += 2;
      continue;
    }
    const size = lead === 0x80 ? 1 : 4;
    const rare = size === 1 || isDigit(bytes[i + 1]) ? decoded(bytes.subarray(i, i + size)) : undefined;
    if (!rare) return undefined;
    to += rare.copy(out, to);
    i += size;
  }
  return out.subarray(0, to);
}

const pairAt = (table: Uint32Array, lead: number, trail: number): number =>
  lead < FIRST_LEAD || lead > LAST || trail < FIRST_TRAIL || trail > LAST
    ? 0
    : (table[(lead - FIRST_LEAD) * TRAILS + trail - FIRST_TRAIL] ?? 0);

/** The second byte of a character of four. */
const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;

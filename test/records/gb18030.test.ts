import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { transcode } from '../../functions/records/encoding/gb18030-pairs.ts';
import { check, columns, inChunks, inCuts } from './support.ts';

/** Two-byte characters, one with a second byte below 0x80, and a four-byte one whose bytes 2 and 4 are ASCII digits. */
const ENCODED: Readonly<Record<string, readonly number[]>> = {
  中: [0xd6, 0xd0],
  𠮷: [0x95, 0x34, 0xb2, 0x35],
  é: [0xa8, 0xa6],
  丂: [0x81, 0x40],
  '€': [0xa2, 0xe3],
};

const encode = (text: string): Buffer =>
  Buffer.from(Array.from(text).flatMap((char) => ENCODED[char] ?? [char.charCodeAt(0)]));

const schema = columns('名', 'b');
const header = Buffer.from([0xc3, 0xfb, 0x2c, 0x62, 0x0a]);
const file = (...records: (string | Buffer)[]): Buffer =>
  Buffer.concat([
    header,
    ...records.flatMap((record) => [typeof record === 'string' ? encode(record) : record, Buffer.from('\n')]),
  ]);

describe('GB18030', () => {
  const content = file('中𠮷é丂€,"x\ny"', '丂,丂', '"𠮷""",€');
  const stored = '名,b\n中𠮷é丂€,"x\ny"\n丂,丂\n"𠮷""",€\n';

  test.each(Array.from(content.keys(), (cut) => [cut]))('is the same text when cut at byte %i', async (cut) => {
    const { accepted, report } = await check(schema, '', { encoding: 'gb18030', input: inCuts(content, [cut]) });
    expect([accepted, report]).toEqual([stored, []]);
  });

  test('is the same text byte by byte', async () => {
    const { accepted, result } = await check(schema, '', { encoding: 'gb18030', input: inChunks(content, 1) });
    expect(accepted).toBe(stored);
    expect(result).toMatchObject({ input: { bytes: content.length } });
  });

  test('may begin with the byte order mark of GB18030', async () => {
    const { accepted } = await check(schema, Buffer.concat([Buffer.from([0x84, 0x31, 0x95, 0x33]), content]), {
      encoding: 'gb18030',
    });
    expect(accepted).toBe(stored);
  });

  test.each<[string, number[], string[]]>([
    ['a byte that starts nothing', [0x61, 0xff, 0x2c, 0x62], ['3,,,encoding,']],
    ['a lead byte before a comma', [0x61, 0x81, 0x2c, 0x62], ['3,,,encoding,']],
    ['a lead byte at the end of the line', [0x61, 0x2c, 0x62, 0x81], ['3,,,encoding,']],
    ['a cut four-byte character', [0x61, 0x81, 0x30, 0x81, 0x2c, 0x62], ['3,,,encoding,']],
    ['two bad places', [0xff, 0x2c, 0xff], ['3,,,encoding,']],
    ['a bad place and a wrong count', [0xff, 0x2c, 0x62, 0x2c], ['3,,,columns,', '3,,,encoding,']],
  ])('%s rejects its record alone', async (_, bad, expected) => {
    const { accepted, report } = await check(schema, file('中,1', Buffer.from(bad), '中,2'), { encoding: 'gb18030' });
    expect(report).toEqual(expected);
    expect(accepted).toBe('名,b\n中,1\n中,2\n');
  });

  test('a bad place within quotes rejects the record of several lines', async () => {
    const { accepted, report } = await check(schema, file(Buffer.from([0x22, 0x0a, 0xff, 0x22, 0x2c, 0x62]), '中,2'), {
      encoding: 'gb18030',
    });
    expect(report).toEqual(['2,,,encoding,']);
    expect(accepted).toBe('名,b\n中,2\n');
  });
});

/** The decoder of the system, which is the authority. */
function decoded(bytes: Uint8Array): Buffer | undefined {
  try {
    return Buffer.from(new TextDecoder('gb18030', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
const sameAsSystem = (bytes: Uint8Array): void => {
  const ours = transcode(bytes);
  expect([bytes, ours && Buffer.from(ours)]).toEqual([bytes, decoded(bytes)]);
};

test('every pair of bytes is decoded as the system decodes it', () => {
  for (let lead = 0x80; lead <= 0xff; lead += 1) {
    const wrong = Array.from({ length: 256 }, (_, trail) => Uint8Array.of(lead, trail)).filter((pair) => {
      const ours = transcode(pair);
      return Buffer.compare(ours ?? Buffer.of(0), decoded(pair) ?? Buffer.of(0)) !== 0;
    });
    expect(wrong).toEqual([]);
  }
});

test('any bytes are decoded as the system decodes them, or refused as it refuses them', () => {
  const unit = fc.oneof(
    fc.constantFrom(...Object.values(ENCODED)),
    fc.constantFrom(
      [0x61],
      [0x80],
      [0xff],
      [0x81, 0x30],
      [0x81, 0x30, 0x81],
      [0x81, 0x30, 0x81, 0x30],
      [0xfe, 0x39, 0xfe, 0x39],
    ),
    fc.array(fc.nat({ max: 255 }), { maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), (units) => sameAsSystem(Uint8Array.from(units.flat()))),
    { numRuns: 3000 },
  );
});

import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { cleanPicture, pictureType } from '../../../functions/records/attachments/picture.ts';
import { UnfitPicture } from '../../../functions/records/attachments/unfit-picture.ts';
import type { AttachmentType } from '../../../schemas/contracts/definition.ts';
import { chunk, exif, jpeg, png, riff, riffChunk, SECRET, segment, vp8l, webp } from './pictures.ts';

const app1 = (body: Buffer | string) => segment(0xe1, body);
const exifSegment = (orientation: number, order?: 'II' | 'MM') =>
  app1(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(orientation, order)]));
const xmp = `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}</x:xmpmeta>`;

const plain: Readonly<Record<AttachmentType, Buffer>> = { jpeg: jpeg(), png: png(), webp: webp() };
const types = Object.entries(plain) as [AttachmentType, Buffer][];

test.each(types)(
  '%s is told by its first bytes, and stays as it is where it has nothing but what draws it',
  (type, bytes) => {
    expect(pictureType(bytes)).toBe(type);
    expect(cleanPicture(type, bytes)).toEqual(bytes);
  },
);

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj<</OpenAction…')],
  ['a page', Buffer.from('<html><script>alert(1)</script></html>')],
  ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;padding')],
  ['TIFF', Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0\0\0')],
  ['another RIFF', Buffer.from('RIFF\x08\0\0\0WAVEfmt ')],
  ['a picture behind something else', Buffer.concat([Buffer.from('PK\u0003\u0004'), jpeg()])],
])('%s is no picture', (_, bytes) => {
  expect(pictureType(bytes)).toBeUndefined();
});

const hidden: readonly (readonly [string, AttachmentType, Buffer])[] = [
  ['EXIF', 'jpeg', jpeg({ before: [exifSegment(1)] })],
  ['EXIF twice', 'jpeg', jpeg({ before: [exifSegment(1), exifSegment(1, 'II')] })],
  ['XMP', 'jpeg', jpeg({ before: [app1(xmp)] })],
  ['XMP in pieces', 'jpeg', jpeg({ before: [app1(`http://ns.adobe.com/xmp/extension/\0${SECRET}`)] })],
  ['IPTC', 'jpeg', jpeg({ before: [segment(0xed, `Photoshop 3.0\0${SECRET}`)] })],
  ['a comment', 'jpeg', jpeg({ before: [segment(0xfe, SECRET)] })],
  [
    'a thumbnail in JFIF',
    'jpeg',
    jpeg({ before: [segment(0xe0, `JFIF\0\u0001\u0001\0\0\u0001\0\u0001\u0001\u0001${SECRET}`)] }),
  ],
  ['a colour profile', 'jpeg', jpeg({ before: [segment(0xe2, `ICC_PROFILE\0\u0001\u0001${SECRET}`)] })],
  ['more than twelve bytes of Adobe’s', 'jpeg', jpeg({ before: [segment(0xee, `Adobe\0d\0\0\0\0\u0001${SECRET}`)] })],
  ['EXIF between frame and scan', 'jpeg', jpeg({ between: [exifSegment(6)] })],
  ['EXIF after the scan', 'jpeg', jpeg({ after: [exifSegment(6)] })],
  ['a comment after the scan', 'jpeg', jpeg({ after: [segment(0xfe, SECRET)] })],
  ['a second picture behind the end', 'jpeg', jpeg({ behind: jpeg({ before: [exifSegment(1)] }) })],
  ['an archive behind the end', 'jpeg', jpeg({ behind: Buffer.from(`PK\u0003\u0004${SECRET}`) })],
  ...(['tEXt', 'zTXt', 'iTXt', 'iCCP', 'tIME', 'prVt', 'caBX'] as const).map(
    (type) => [type, 'png', png({ before: [chunk(type, `${SECRET}\0`)] })] as const,
  ),
  ['text after the picture', 'png', png({ after: [chunk('iTXt', SECRET)] })],
  [
    'zipped text',
    'png',
    png({ before: [chunk('zTXt', Buffer.concat([Buffer.from('XML\0\0'), deflateSync(SECRET)]))] }),
  ],
  ['EXIF', 'png', png({ before: [chunk('eXIf', exif(1))] })],
  ['EXIF after the picture', 'png', png({ after: [chunk('eXIf', exif(1))] })],
  ['frames of an animation', 'png', png({ before: [chunk('acTL', SECRET)], after: [chunk('fdAT', SECRET)] })],
  ['a page behind the end', 'png', png({ behind: Buffer.from(`<script>${SECRET}</script>`) })],
  ['EXIF', 'webp', webp([riffChunk('EXIF', exif(1))])],
  [
    'EXIF with a prefix',
    'webp',
    webp([riffChunk('EXIF', Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(1)]))]),
  ],
  ['XMP', 'webp', webp([riffChunk('XMP ', xmp)])],
  ['a colour profile', 'webp', webp([riffChunk('ICCP', SECRET)])],
  ['a chunk that nobody knows', 'webp', webp([riffChunk('gpsD', SECRET)])],
  ['something behind the end', 'webp', webp([], Buffer.from(SECRET))],
];

test.each(hidden)('%s of %s goes, and the same picture is left', (_, type, bytes) => {
  const cleaned = cleanPicture(type, bytes);
  expect(cleaned.includes(SECRET)).toBe(false);
  expect(cleaned.includes(deflateSync(SECRET))).toBe(false);
  expect(cleaned.includes(Buffer.from('Exif\0\0', 'latin1'))).toBe(false);
  expect(cleanPicture(type, cleaned)).toEqual(cleaned);
  expect(pictureType(cleaned)).toBe(type);
});

describe('the way up', () => {
  const turned = {
    jpeg: (orientation: number, order?: 'II' | 'MM') => jpeg({ before: [exifSegment(orientation, order)] }),
    png: (orientation: number, order?: 'II' | 'MM') => png({ before: [chunk('eXIf', exif(orientation, order))] }),
    webp: (orientation: number, order?: 'II' | 'MM') => webp([riffChunk('EXIF', exif(orientation, order))]),
  };
  const cases = types.flatMap(([type]) => (['II', 'MM'] as const).map((order) => [type, order] as const));
  test.each(cases)('of %s is kept, of whatever byte order (%s), and nothing else with it', (type, order) => {
    for (const orientation of [2, 3, 4, 5, 6, 7, 8]) {
      const cleaned = cleanPicture(type, turned[type](orientation, order));
      expect(cleaned.includes(SECRET)).toBe(false);
      expect(cleaned.includes(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation]))).toBe(true);
      expect(cleanPicture(type, cleaned)).toEqual(cleaned);
    }
  });
  test.each([
    ['as it stands', exif(1)],
    ['none that there is', exif(9)],
    ['0', exif(0)],
    ['cut off', exif(6).subarray(0, 12)],
    ['far away', Buffer.concat([Buffer.from('MM\0*\xff\xff\xff\xff', 'latin1'), exif(6)])],
    ['of no TIFF', Buffer.from(`XX${SECRET}`)],
    ['empty', Buffer.alloc(0)],
  ])('that EXIF says in vain (%s) is not kept', (_, tiff) => {
    for (const [type, bytes] of [
      ['jpeg', jpeg({ before: [app1(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]))] })],
      ['png', png({ before: [chunk('eXIf', tiff)] })],
      ['webp', webp([riffChunk('EXIF', tiff)])],
    ] as const)
      expect(cleanPicture(type, bytes)).toEqual(plain[type]);
  });
});

test('what says how colours are coded is written anew', () => {
  const adobe = segment(0xee, 'Adobe\0d\u0001\u0002\u0003\u0004\u0001');
  const jfif = segment(0xe0, 'JFIF\0\u0001\u0002\u0001\0\u0048\0\u0048\0\0');
  const cleaned = cleanPicture('jpeg', jpeg({ before: [jfif, adobe] }));
  expect(cleaned).toEqual(
    jpeg({
      before: [segment(0xe0, 'JFIF\0\u0001\u0001\0\0\u0001\0\u0001\0\0'), segment(0xee, 'Adobe\0d\0\0\0\0\u0001')],
    }),
  );
});

const bytesOf = (type: AttachmentType, change: (bytes: Buffer) => Buffer) => change(Buffer.from(plain[type]));
const unfit: readonly (readonly [string, AttachmentType, Buffer])[] = [
  ['cut off within the scan', 'jpeg', bytesOf('jpeg', (bytes) => bytes.subarray(0, -4))],
  ['without an end', 'jpeg', bytesOf('jpeg', (bytes) => bytes.subarray(0, -2))],
  [
    'without a scan',
    'jpeg',
    Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xfe, SECRET), Buffer.from([0xff, 0xd9])]),
  ],
  ['text between segments', 'jpeg', jpeg({ between: [Buffer.from(SECRET)] })],
  ['a segment that is longer than it should be', 'jpeg', jpeg({ between: [segment(0xdb, Buffer.alloc(66, 0))] })],
  ['tables that hold something else', 'jpeg', jpeg({ between: [segment(0xc4, `\0${'\u0001'.repeat(16)}${SECRET}`)] })],
  ['a restart interval with a letter', 'jpeg', jpeg({ between: [segment(0xdd, `\0\0${SECRET}`)] })],
  ['two frames', 'jpeg', jpeg({ between: [segment(0xc0, Buffer.from('080008000801011100', 'hex'))] })],
  ['a hierarchical frame', 'jpeg', jpeg({ marker: 0xc5 })],
  ['an arithmetic frame', 'jpeg', jpeg({ marker: 0xc9 })],
  ['no height', 'jpeg', jpeg({ height: 0 })],
  ['4 thousand million pixels', 'jpeg', jpeg({ width: 65_535, height: 65_535 })],
  [
    'a length beyond the end',
    'jpeg',
    Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff]), Buffer.alloc(20)]),
  ],
  ['a length of nothing', 'jpeg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 1]), Buffer.alloc(20)])],
  ['nothing but marks', 'jpeg', Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(40, 0xff)])],
  ['a wrong CRC', 'png', bytesOf('png', (bytes) => (bytes.writeUInt8(bytes.readUInt8(20) ^ 1, 20), bytes))],
  ['cut off', 'png', bytesOf('png', (bytes) => bytes.subarray(0, -5))],
  ['a chunk as long as can be said', 'png', bytesOf('png', (bytes) => (bytes.writeUInt32BE(0xffffffff, 33), bytes))],
  ['a critical chunk that nobody knows', 'png', png({ before: [chunk('GPSd', SECRET)] })],
  ['two headers', 'png', png({ before: [png().subarray(8, 33)] })],
  ['an end with something in it', 'png', Buffer.concat([png().subarray(0, -12), chunk('IEND', SECRET)])],
  ['a palette of half a colour', 'png', png({ before: [chunk('PLTE', 'ab')] })],
  ['transparency with something in it', 'png', png({ before: [chunk('tRNS', SECRET)] })],
  ['a thousand million pixels', 'png', png({ width: 40_000, height: 40_000 })],
  ['no width', 'png', png({ width: 0 })],
  ['moving', 'webp', webp([riffChunk('ANIM', 'abcdef'), riffChunk('ANMF', 'x')])],
  ['two pictures', 'webp', webp([vp8l()])],
  ['no picture', 'webp', riff([riffChunk('EXIF', exif(1))])],
  ['268 million pixels', 'webp', riff([vp8l(16_384, 16_384)])],
  ['cut off', 'webp', bytesOf('webp', (bytes) => bytes.subarray(0, -2))],
  ['a chunk beyond the end', 'webp', bytesOf('webp', (bytes) => (bytes.writeUInt32LE(0xffff, 16), bytes))],
  ['a picture that is none', 'webp', riff([riffChunk('VP8 ', 'abcdefghijkl')])],
];
test.each(unfit)('%s: such a %s is none', (_, type, bytes) => {
  expect(pictureType(bytes)).toBe(type);
  expect(() => cleanPicture(type, bytes)).toThrow(UnfitPicture);
});

test('whatever is changed in a picture, it is cleaned or refused, and what is cleaned stays as it is', () => {
  const sources = hidden.map(([, type, bytes]) => [type, bytes] as const);
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let i = 0; i < 4000; i += 1) {
    const [type, bytes] = sources[random(sources.length)]!;
    const changed = Buffer.from(bytes);
    for (let n = random(4); n >= 0; n -= 1) changed[8 + random(changed.length - 8)] = random(256);
    const cut = random(3) === 0 ? changed.subarray(0, 16 + random(changed.length - 16)) : changed;
    try {
      const cleaned = cleanPicture(type, cut);
      expect(cleanPicture(type, cleaned)).toEqual(cleaned);
    } catch (error) {
      expect(error).toBeInstanceOf(UnfitPicture);
    }
  }
});

import * as zlib from 'node:zlib';
import { snappyUncompress } from 'hyparquet';
import type { CompressionCodec } from 'hyparquet';
import { RefusedFile } from '../refused-file.ts';
import { damaged } from './damaged.ts';
import { lz4Block, lz4Frames } from './lz4.ts';

type Decompress = (bytes: Uint8Array, length: number) => Uint8Array;

const CODECS: Readonly<Partial<Record<CompressionCodec, Decompress>>> = {
  UNCOMPRESSED: (bytes) => bytes,
  SNAPPY: (bytes, length) => {
    const page = new Uint8Array(length);
    snappyUncompress(bytes, page);
    return page;
  },
  GZIP: (bytes, length) => zlib.gunzipSync(bytes, { maxOutputLength: Math.max(1, length) }),
  BROTLI: (bytes, length) => zlib.brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, length) }),
  ZSTD: (bytes, length) => {
    // Since Node 22.15; `hub` runs on older ones, too.
    const { zstdDecompressSync } = zlib as Partial<typeof zlib>;
    if (!zstdDecompressSync)
      throw new RefusedFile('unreadable', 'the Parquet file is packed by zstd, which takes Node 22.15 or newer here');
    return zstdDecompressSync(bytes, { maxOutputLength: Math.max(1, length) });
  },
  LZ4: lz4Frames,
  LZ4_RAW: lz4Block,
};

/** Never more than the length that the page declares, which its reader has bounded. */
export function decompressed(bytes: Uint8Array, length: number, codec: CompressionCodec): Uint8Array {
  const decompress = CODECS[codec];
  if (!decompress) throw damaged();
  const page = length === 0 ? new Uint8Array(0) : decompress(bytes, length);
  if (page.length !== length) throw damaged();
  return page;
}

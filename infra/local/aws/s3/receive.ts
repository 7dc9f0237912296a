import { createHash, randomBytes, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

import { pieces } from '../front/body.ts';
import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import { UNSIGNED_PAYLOAD } from '../sigv4/verify.ts';
import type { S3Call } from './call.ts';
import { compareChecksums, crc32Base64, statedChecksums, wellFormed } from './checksums.ts';
import { ChunkedDecoder } from './chunked.ts';
import { FileAppender } from './file-appender.ts';
import type { Blob, ChecksumName, Checksums } from './model.ts';

export interface Received {
  readonly blob: Blob;
  /** Hex. */
  readonly eTag: string;
  /** Those that the caller stated, verified. */
  readonly checksums: Checksums;
}

/** S3's limit of one PUT and of one part. */
const MAX_BYTES = 5 * 1024 ** 3;
/** As long as an MD5. */
const ETAG_DIGITS = 32;
const CHUNKED_UNSIGNED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/**
 * Streams a body into a file, in constant memory, and compares it with everything that was said about it: length,
 * signed digest, Content-MD5, checksums in headers or trailers. Nothing stays on disk where it differs.
 */
export async function receive(call: S3Call): Promise<Received> {
  const expected = statedLength(call);
  const decoder = decoderFor(call.payloadHash);
  const stated = statedChecksums(call.header);
  const promised = decoder ? promisedTrailer(call) : undefined;
  const digests = new Digests({
    md5: call.header('content-md5') !== undefined,
    sha256: /^[0-9a-f]{64}$/.test(call.payloadHash),
    names: [...(Object.keys(stated) as ChecksumName[]), ...(promised ? [promised] : [])],
  });
  call.invite();
  const { id, filled } = await call.store.blobs.write(async (file) => {
    await copy(call, decoder, file, digests, expected);
    return compare(call, decoder, digests, promised ? { ...stated, ...trailing(promised, decoder) } : stated);
  });
  return { blob: { id, size: expected }, ...filled };
}

async function copy(
  call: S3Call,
  decoder: ChunkedDecoder | undefined,
  file: FileHandle,
  digests: Digests,
  expected: number,
): Promise<void> {
  let size = 0;
  const out = new FileAppender(file);
  try {
    for await (const piece of pieces(call.request)) {
      for (const bytes of decoder ? decoder.decode(piece) : [piece]) {
        size += bytes.length;
        if (size > expected) throw incompleteBody();
        out.add(bytes);
        digests.update(bytes);
      }
      if (out.full) await out.written();
    }
  } finally {
    await out.written();
  }
  if (size !== expected || (decoder && !decoder.done)) throw incompleteBody();
}

function compare(
  call: S3Call,
  decoder: ChunkedDecoder | undefined,
  digests: Digests,
  stated: Checksums,
): { readonly eTag: string; readonly checksums: Checksums } {
  const { md5, sha256, checksums } = digests.end();
  if (!decoder && call.payloadHash !== UNSIGNED_PAYLOAD && sha256 !== call.payloadHash) {
    const message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    throw new AwsRefusal(400, 'XAmzContentSHA256Mismatch', message);
  }
  const contentMd5 = call.header('content-md5');
  if (contentMd5 !== undefined && Buffer.from(contentMd5, 'base64').toString('hex') !== md5) {
    throw new AwsRefusal(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
  }
  compareChecksums(stated, checksums);
  return { eTag: md5 ?? sha256?.slice(0, ETAG_DIGITS) ?? randomBytes(ETAG_DIGITS / 2).toString('hex'), checksums };
}

function statedLength({ header, payloadHash }: S3Call): number {
  const name = payloadHash.startsWith('STREAMING-') ? 'x-amz-decoded-content-length' : 'content-length';
  const value = header(name);
  if (value === undefined || !/^\d{1,15}$/.test(value)) {
    throw new AwsRefusal(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (Number(value) > MAX_BYTES) {
    throw new AwsRefusal(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  return Number(value);
}

function decoderFor(payloadHash: string): ChunkedDecoder | undefined {
  if (payloadHash === CHUNKED_UNSIGNED) return new ChunkedDecoder();
  if (payloadHash.startsWith('STREAMING-')) throw notImplemented(`A body signed chunk by chunk (${payloadHash})`);
  if (payloadHash === UNSIGNED_PAYLOAD || /^[0-9a-f]{64}$/.test(payloadHash)) return undefined;
  const message =
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.';
  throw new AwsRefusal(400, 'InvalidArgument', message);
}

/** Which verifiable checksum the trailer will bring. */
function promisedTrailer({ header }: S3Call): ChecksumName | undefined {
  const name = header('x-amz-trailer')?.trim().toLowerCase().replace('x-amz-checksum-', '');
  return name === 'sha256' || name === 'crc32' ? name : undefined;
}

function trailing(name: ChecksumName, decoder: ChunkedDecoder | undefined): Checksums {
  const value = decoder?.trailers.get(`x-amz-checksum-${name}`);
  if (value !== undefined) return { [name]: wellFormed(name, value) };
  throw new AwsRefusal(400, 'MalformedTrailerError', `The trailer x-amz-checksum-${name} is missing.`);
}

interface Asked {
  readonly md5: boolean;
  readonly sha256: boolean;
  readonly names: readonly ChecksumName[];
}

/**
 * Each digest only where somebody asks. The ETag is an MD5 where nobody asks for any: in the hub's buckets, which are encrypted
 * by a KMS key, S3's is none either (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html, ETag). MD5 would take
 * twice the time of SHA-256, and six times that of CRC-32, which is too short to tell two bodies apart.
 */
class Digests {
  readonly #md5: Hash | undefined;
  readonly #sha256: Hash | undefined;
  readonly #names: readonly ChecksumName[];
  #crc32 = 0;

  constructor({ md5, sha256, names }: Asked) {
    this.#names = names;
    if (sha256 || names.includes('sha256')) this.#sha256 = createHash('sha256');
    if (md5 || (!this.#sha256 && names.length === 0)) this.#md5 = createHash('md5');
  }

  update(bytes: Buffer): void {
    this.#md5?.update(bytes);
    this.#sha256?.update(bytes);
    if (this.#names.includes('crc32')) this.#crc32 = crc32(bytes, this.#crc32);
  }

  end(): { readonly md5: string | undefined; readonly sha256: string | undefined; readonly checksums: Checksums } {
    const sha256 = this.#sha256?.digest();
    const checksums: Partial<Record<ChecksumName, string>> = {};
    if (sha256 && this.#names.includes('sha256')) checksums.sha256 = sha256.toString('base64');
    if (this.#names.includes('crc32')) checksums.crc32 = crc32Base64(this.#crc32);
    return { md5: this.#md5?.digest('hex'), sha256: sha256?.toString('hex'), checksums };
  }
}

const incompleteBody = (): AwsRefusal =>
  new AwsRefusal(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );

import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Fault } from '../../kernel/fault.ts';

/** S3 wants at least 5 MiB a part. */
export const PART_BYTES = 5 * 1024 ** 2;
const SMALL_PARTS = 1000;

/** The first thousand parts are as small as may be, the others larger: most objects need little memory, all may grow to 75 GiB. */
export const partBytes = (number: number): number => (number <= SMALL_PARTS ? PART_BYTES : 8 * 1024 ** 2);

interface WrittenObject {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
}

/** One object in the making; nobody can see it before `close`. It holds at most two parts in memory: 10 MiB, beyond 5 GB 16 MiB. */
export interface ObjectWriter {
  /** Copies the chunk; waits while the part before the current one is still on its way. Throws what sending it met. */
  write(chunk: Uint8Array): Promise<void>;
  /** The object becomes visible, at once and whole. */
  close(): Promise<WrittenObject>;
  /** Gives up what was not closed, parts included; harmless after `close`. */
  abort(): Promise<void>;
}

/**
 * Writes an object of unknown length to a versioned bucket, at a key that has none: one PutObject below one part, multipart above,
 * each with its SHA-256, which S3 verifies (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html).
 */
export function openObject(client: S3Client, bucket: string, key: string): ObjectWriter {
  const parts = partSender(client, bucket, key);
  let current = Buffer.allocUnsafeSlow(PART_BYTES);
  let spare: Buffer<ArrayBuffer> | undefined;
  let filled = 0;
  let begun = 0;
  let bytes = 0;
  let sending: Promise<void> = Promise.resolve();

  const sendCurrent = async (): Promise<void> => {
    await sending;
    const full = current;
    begun += 1;
    const size = partBytes(begun + 1);
    current = spare?.length === size ? spare : Buffer.allocUnsafeSlow(size);
    spare = full;
    sending = parts.send(full.subarray(0, filled));
    // Whoever waits next throws it; until then it must not count as unhandled.
    sending.catch(() => undefined);
    filled = 0;
  };

  return {
    async write(chunk) {
      for (let from = 0; from < chunk.length;) {
        if (filled === current.length) await sendCurrent();
        const taken = Math.min(current.length - filled, chunk.length - from);
        current.set(chunk.subarray(from, from + taken), filled);
        filled += taken;
        from += taken;
        bytes += taken;
      }
    },
    async close() {
      if (bytes <= PART_BYTES)
        return { key, bytes, versionId: await putWhole(client, bucket, key, current.subarray(0, filled)) };
      await sendCurrent();
      await sending;
      return { key, bytes, versionId: await parts.complete() };
    },
    async abort() {
      await sending.catch(() => undefined);
      await parts.abort();
    },
  };
}

/**
 * A key is written once: a PUT that is repeated because its answer was lost must not put a second version on top of
 * the one that a record may name (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 */
async function putWhole(client: S3Client, bucket: string, key: string, body: Uint8Array): Promise<string> {
  const { VersionId } = await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentLength: body.length,
      ChecksumSHA256: sha256Of(body),
      IfNoneMatch: '*',
    }),
  );
  return versionOf(VersionId, bucket);
}

function partSender(client: S3Client, Bucket: string, Key: string) {
  const sent: CompletedPart[] = [];
  let UploadId: string | undefined;
  const begin = async () => {
    const begun = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' }),
    );
    return begun.UploadId;
  };
  return {
    async send(body: Uint8Array) {
      UploadId ??= await begin();
      const PartNumber = sent.length + 1;
      const ChecksumSHA256 = sha256Of(body);
      const { ETag } = await client.send(
        new UploadPartCommand({
          Bucket,
          Key,
          UploadId,
          PartNumber,
          Body: body,
          ContentLength: body.length,
          ChecksumSHA256,
        }),
      );
      sent.push({ PartNumber, ETag, ChecksumSHA256 });
    },
    async complete() {
      const { VersionId } = await client.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts: sent } }),
      );
      UploadId = undefined;
      return versionOf(VersionId, Bucket);
    },
    async abort() {
      if (UploadId !== undefined) await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      UploadId = undefined;
    },
  };
}

const sha256Of = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64');

function versionOf(versionId: string | undefined, bucket: string): string {
  if (versionId === undefined) throw new Fault(`bucket ${bucket} keeps no versions`);
  return versionId;
}

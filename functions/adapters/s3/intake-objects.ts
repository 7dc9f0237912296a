import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  NotFound,
  PutObjectCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { IntakeObjects, SentPart } from '../../intake/ports.ts';
import { Fault } from '../../kernel/fault.ts';
import { withDigest } from './body-checksum.ts';
import { readObject } from './object-reader.ts';
import { presignPut } from './presign.ts';
import { unlessGone } from './unless-gone.ts';

/** Objects that providers send to the intake bucket, which keeps versions; `signing` gives URLs their host. */
export const s3IntakeObjects = (client: S3Client, bucket: string, signing: S3Client = client): IntakeObjects => ({
  putUrl: (Key, { bytes, sha256 }, at) =>
    presignPut(
      signing,
      new PutObjectCommand({ Bucket: bucket, Key, ContentLength: bytes, ChecksumSHA256: sha256 }),
      at,
    ),

  partUrl: (Key, UploadId, PartNumber, { bytes, sha256 }, at) =>
    presignPut(
      signing,
      new UploadPartCommand({
        Bucket: bucket,
        Key,
        UploadId,
        PartNumber,
        ContentLength: bytes,
        ChecksumSHA256: sha256,
      }),
      at,
    ),

  async put(Key, content, sha256) {
    const object = { Bucket: bucket, Key, Body: content, ContentLength: content.length };
    const { VersionId } = await client.send(withDigest(new PutObjectCommand(object), Buffer.from(sha256, 'base64')));
    if (VersionId === undefined) throw new Fault(`bucket ${bucket} keeps no versions`);
    return { versionId: VersionId, bytes: content.length };
  },

  async startMultipart(Key) {
    const command = new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key,
      ChecksumAlgorithm: 'SHA256',
      ChecksumType: 'COMPOSITE',
    });
    const { UploadId } = await client.send(command);
    if (UploadId === undefined) throw new Fault('S3 gave the multipart upload no id');
    return UploadId;
  },

  parts: (Key, UploadId) => unlessGone(() => listParts(client, { Bucket: bucket, Key, UploadId })),

  assemble: (Key, UploadId, parts) =>
    unlessGone(async () => {
      const Parts = parts.map(({ number, eTag, sha256 }) => ({
        PartNumber: number,
        ETag: eTag,
        ChecksumSHA256: sha256,
      }));
      const { VersionId } = await client.send(
        new CompleteMultipartUploadCommand({ Bucket: bucket, Key, UploadId, MultipartUpload: { Parts } }),
      );
      return VersionId;
    }),

  async abortMultipart(Key, UploadId) {
    await unlessGone(() => client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId })));
  },

  async find(Key) {
    try {
      const { VersionId, ContentLength } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key }));
      return VersionId === undefined ? undefined : { versionId: VersionId, bytes: ContentLength ?? 0 };
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  },

  read: (key, versionId) => readObject(client, bucket, key, versionId),
});

async function listParts(
  client: S3Client,
  upload: { Bucket: string; Key: string; UploadId: string },
): Promise<SentPart[]> {
  const found: SentPart[] = [];
  let PartNumberMarker: string | undefined;
  do {
    const page = await client.send(new ListPartsCommand({ ...upload, PartNumberMarker }));
    for (const { PartNumber, Size, ETag, ChecksumSHA256 } of page.Parts ?? []) {
      if (PartNumber !== undefined && ETag !== undefined)
        found.push({ number: PartNumber, bytes: Size ?? 0, eTag: ETag, sha256: ChecksumSHA256 ?? '' });
    }
    PartNumberMarker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (PartNumberMarker !== undefined);
  return found;
}

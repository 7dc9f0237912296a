import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Fault } from '../../kernel/fault.ts';
import { withCrc32 } from './body-checksum.ts';
import { unlessGone } from './unless-gone.ts';

/** A multipart upload that is begun with its first part; parts may be sent side by side. */
export function multipartUpload(client: S3Client, Bucket: string, Key: string) {
  const sent: CompletedPart[] = [];
  let begun: Promise<string> | undefined;
  const begin = async (): Promise<string> => {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32', ChecksumType: 'COMPOSITE' }),
    );
    if (UploadId === undefined) throw new Fault('S3 gave the multipart upload no id');
    return UploadId;
  };
  return {
    async send(PartNumber: number, body: Uint8Array, abortSignal: AbortSignal): Promise<void> {
      // Never broken off: the id of an upload that has begun must not get lost.
      begun ??= begin();
      const part = { Bucket, Key, UploadId: await begun, PartNumber, Body: body, ContentLength: body.length };
      const command = withCrc32(new UploadPartCommand(part), body);
      const { ETag } = await client.send(command, { abortSignal });
      sent.push({ PartNumber, ETag, ChecksumCRC32: command.input.ChecksumCRC32 });
    },
    /** Of all parts; the id of the version that it makes. */
    async complete(): Promise<string | undefined> {
      const Parts = sent.toSorted((one, other) => (one.PartNumber ?? 0) - (other.PartNumber ?? 0));
      const { VersionId } = await client.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId: await begun, MultipartUpload: { Parts } }),
      );
      begun = undefined;
      return VersionId;
    },
    /** Call when no part is on its way: one that arrives afterwards would stay. */
    async abort(): Promise<void> {
      const UploadId = await begun?.catch(() => undefined);
      if (UploadId !== undefined)
        await unlessGone(() => client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })));
      begun = undefined;
    },
  };
}

import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Fault } from '../../kernel/fault.ts';

interface ObjectVersion {
  readonly key: string;
  readonly versionId: string;
  readonly bytes: number;
}

/** Bytes `[start, end)` of one version of an object. @throws Fault where it has another length than it is known to have */
export const readRange =
  (client: S3Client, bucket: string) =>
  async ({ key, versionId, bytes }: ObjectVersion, start: number, end: number): Promise<Buffer> => {
    const { Body, ContentRange } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range: `bytes=${start}-${end - 1}` }),
    );
    if (ContentRange !== `bytes ${start}-${end - 1}/${bytes}`) throw other();
    const chunks: Uint8Array[] = [];
    for await (const chunk of Body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    const got = Buffer.concat(chunks);
    if (got.length !== end - start) throw other();
    return got;
  };

const other = () => new Fault('an object has other bytes than were asked for');

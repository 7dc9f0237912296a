import { createReadStream } from 'node:fs';
import { DeleteObjectCommand, DeleteObjectsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { KeptObjects } from '../../compare/stores.ts';
import { Fault } from '../../kernel/fault.ts';
import { fetchTo } from './staging.ts';
import { putObject } from './put-object.ts';

/** What one call removes (https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html). */
const AT_ONCE = 1000;

/** In the bucket that keeps versions. */
export const s3KeptObjects = (client: S3Client, bucket: string): KeptObjects => ({
  put: (key, path) => putObject(client, bucket, key, createReadStream(path)),
  fetch: ({ key, versionId }, path) => fetchTo(client, { bucket, key, versionId }, path),
  async remove({ key, versionId }) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  },
  async discard(keys) {
    for (let i = 0; i < keys.length; i += AT_ONCE) {
      const Objects = keys.slice(i, i + AT_ONCE).map((Key) => ({ Key }));
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      );
      if (Errors.length > 0) throw new Fault(`${Errors.length} objects of ${bucket} were not removed`);
    }
  },
});

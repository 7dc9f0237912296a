import { createHash } from 'node:crypto';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { RepresentObjects } from '../../datasets/represent/ports.ts';
import { readObject } from './object-reader.ts';
import { openObject } from './object-writer.ts';

/** Datasets, and beside them what is made of them, in the bucket that keeps versions. */
export const s3RepresentObjects = (client: S3Client, bucket: string): RepresentObjects => ({
  read: ({ key, versionId }) => readObject(client, bucket, key, versionId),
  async put(key, bytes) {
    const object = openObject(client, bucket, key);
    const hash = createHash('sha256');
    try {
      for await (const chunk of bytes) {
        hash.update(chunk);
        await object.write(chunk);
      }
      return { ...(await object.close()), sha256: hash.digest('base64') };
    } finally {
      await object.abort();
    }
  },
  async remove({ key, versionId }) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  },
  async discard(key) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});

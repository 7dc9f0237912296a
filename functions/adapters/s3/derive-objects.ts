import { createHash } from 'node:crypto';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Objects } from '../../derive/ports.ts';
import { readObject } from './object-reader.ts';
import { openObject } from './object-writer.ts';

export const s3DeriveObjects = (client: S3Client, bucket: string): Objects => ({
  open: (key) => openObject(client, bucket, key),
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
  async remove(Key, VersionId) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
  },
});

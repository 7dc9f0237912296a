import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Objects } from '../../derive/ports.ts';
import { readObject } from './object-reader.ts';
import { openObject } from './object-writer.ts';
import { putObject } from './put-object.ts';

export const s3DeriveObjects = (client: S3Client, bucket: string): Objects => ({
  open: (key) => openObject(client, bucket, key),
  read: ({ key, versionId }) => readObject(client, bucket, key, versionId),
  put: (key, bytes) => putObject(client, bucket, key, bytes),
  async remove(Key, VersionId) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
  },
});

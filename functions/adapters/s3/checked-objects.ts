import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { CheckedObjects } from '../../intake/ports.ts';
import { readObject } from './object-reader.ts';
import { openObject } from './object-writer.ts';
import { presignGet } from './presign.ts';

/** Datasets, rejection reports and fix-files in the datasets bucket, which keeps versions. */
export const s3CheckedObjects = (client: S3Client, bucket: string): CheckedObjects => ({
  open: (key) => openObject(client, bucket, key),
  read: (key, versionId) => readObject(client, bucket, key, versionId),
  async remove(Key, VersionId) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }));
  },
  url: (key, seconds, at) => presignGet(client, { bucket, key }, seconds, at),
});

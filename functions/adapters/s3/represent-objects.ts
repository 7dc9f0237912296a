import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { RepresentObjects } from '../../datasets/represent/ports.ts';
import { readObject } from './object-reader.ts';
import { putObject } from './put-object.ts';

/** Datasets, and beside them what is made of them, in the bucket that keeps versions. */
export const s3RepresentObjects = (client: S3Client, bucket: string): RepresentObjects => ({
  read: ({ key, versionId }) => readObject(client, bucket, key, versionId),
  put: (key, bytes) => putObject(client, bucket, key, bytes),
  async remove({ key, versionId }) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  },
  async discard(key) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
});

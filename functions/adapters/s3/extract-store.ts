import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { ExtractObjects } from '../../delivery/ports.ts';
import { readObject } from './object-reader.ts';
import { openObject } from './object-writer.ts';
import { presignGet } from './presign.ts';

export interface DeliveryBuckets {
  readonly datasets: string;
  readonly deliveries: string;
}

/** Datasets in, extracts out; always by version id, so that what was written is what is read and what is deleted. */
export const s3ExtractObjects = (client: S3Client, { datasets, deliveries }: DeliveryBuckets): ExtractObjects => ({
  dataset: ({ key, versionId }) => readObject(client, datasets, key, versionId),
  ...s3Extracts(client, deliveries),
});

/** The part of it that a function without access to datasets has. */
export const s3Extracts = (client: S3Client, bucket: string): Omit<ExtractObjects, 'dataset'> => ({
  open: (key) => openObject(client, bucket, key),
  /** A version's deletion is final and leaves no delete marker; one that is gone already counts as deleted. */
  async remove({ key, versionId }) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  },
  /** Leaves a delete marker; the version beneath, if there is one, goes by the bucket's lifecycle. */
  async discard(key) {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  },
  url: ({ key, versionId }, seconds, at) => presignGet(client, { bucket, key, versionId }, seconds, at),
});

import type { S3Client } from '@aws-sdk/client-s3';
import type { Datasets } from '../../agreements/views/ports.ts';
import { readObject } from './object-reader.ts';

/** Pieces of datasets, by version id: the bytes that were checked. */
export const s3DatasetReader =
  (client: S3Client, bucket: string): Datasets['read'] =>
  ({ key, versionId }) =>
    readObject(client, bucket, key, versionId);

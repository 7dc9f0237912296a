import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import type { DatasetObject } from '../../../schemas/stored/datasets.ts';
import { openObject } from './object-writer.ts';

/** A new object of whatever length, whole or not at all, with the SHA-256 of what went into it. */
export async function putObject(
  client: S3Client,
  bucket: string,
  key: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<DatasetObject> {
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
}

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Staging } from '../../compare/stores.ts';
import { emptyFolder } from '../disk/folders.ts';
import { readObject } from './object-reader.ts';
import { openObject } from './object-writer.ts';

interface Buckets {
  readonly intake: string;
  readonly datasets: string;
  readonly deliveries: string;
}

/** Objects that a run has on the function's own disk, always by version id. */
export const s3Staging = (client: S3Client, { intake, datasets, deliveries }: Buckets): Staging => ({
  folder: emptyFolder,
  list: (key, versionId, path) => fetchTo(client, { bucket: intake, key, versionId }, path),
  async dataset(objects, path) {
    const found: { sha256: string }[] = [];
    for (const { key, versionId } of objects)
      found.push(await fetchTo(client, { bucket: datasets, key, versionId }, path, found.length === 0 ? 'w' : 'a'));
    return found;
  },
  representation: ({ key, versionId }, path) => fetchTo(client, { bucket: datasets, key, versionId }, path),
  async isInPlace({ key, versionId }) {
    const newest = await client.send(new HeadObjectCommand({ Bucket: datasets, Key: key }));
    return newest.VersionId === versionId;
  },
  async send(path, key) {
    const writer = openObject(client, deliveries, key);
    try {
      for await (const chunk of createReadStream(path)) await writer.write(chunk as Uint8Array);
      return await writer.close();
    } finally {
      await writer.abort();
    }
  },
});

/** One version of an object, whole, as a file, or at the end of one. */
export async function fetchTo(
  client: S3Client,
  { bucket, key, versionId }: { readonly bucket: string; readonly key: string; readonly versionId: string },
  path: string,
  flags: 'w' | 'a' = 'w',
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const seen = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(await readObject(client, bucket, key, versionId), seen, createWriteStream(path, { flags }));
  return { bytes, sha256: hash.digest('base64') };
}

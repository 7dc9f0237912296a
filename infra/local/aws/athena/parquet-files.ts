import { createReadStream, createWriteStream } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

import { DuckDBInstance } from '@duckdb/node-api';
import { hmacMacros } from '../../../../functions/adapters/duckdb/compare/hmac-macros.ts';
import type { ObjectVersion } from '../s3/model.ts';
import type { ObjectStore } from '../s3/store.ts';

interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

export function objectsUnder({ versions }: ObjectStore, { bucket, prefix }: Place): readonly ObjectVersion[] {
  const found: ObjectVersion[] = [];
  for (let after = ''; ;) {
    const next = versions.nextCurrent(bucket, after, prefix);
    if (!next?.key.startsWith(prefix)) return found;
    found.push(next);
    after = next.key;
  }
}

/** Copies of the objects of a place, in a folder. */
export async function takenTo(folder: string, store: ObjectStore, place: Place): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const { blobs, size } of objectsUnder(store, place)) {
    const path = join(folder, `in-${randomBytes(8).toString('hex')}.parquet`);
    const out = createWriteStream(path);
    await store.blobs.send(blobs, 0, size - 1, out);
    out.end();
    await finished(out);
    paths.push(path);
  }
  return paths;
}

/** Runs a statement and puts its rows as one object. */
export async function unload(folder: string, sql: string, store: ObjectStore, to: Place): Promise<void> {
  const path = join(folder, 'out.parquet');
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GiB' });
  const connection = await instance.connect();
  try {
    // What Trino has, and this engine not.
    await connection.run(hmacMacros);
    await connection.run(`COPY (${sql}) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  const { id, filled: size } = await store.blobs.write(async (file) => {
    let bytes = 0;
    for await (const chunk of createReadStream(path)) {
      await file.writeFile(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    return bytes;
  });
  const key = `${to.prefix}${randomBytes(8).toString('hex')}`;
  const object = { bucket: to.bucket, key, eTag: randomBytes(16).toString('hex'), headers: {}, checksums: {} };
  const origin = { reason: 'PutObject', requester: 'athena', onlyIfAbsent: false } as const;
  await store.put({ ...object, blobs: [{ id, size }] }, origin);
}

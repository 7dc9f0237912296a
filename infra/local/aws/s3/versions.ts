import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import { AwsRefusal } from '../front/refusal.ts';
import type { Blob, NewObject, ObjectVersion } from './model.ts';

type Row = Record<string, SQLOutputValue>;

export interface Commit {
  readonly seq: number;
  readonly version: ObjectVersion;
  /** Files that nothing refers to any longer. */
  readonly freed: readonly Blob[];
}

/** The versions of all objects. Every method is synchronous and meant to run inside the caller's transaction. */
export class Versions {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  latest(bucket: string, key: string): ObjectVersion | undefined {
    return this.#one('bucket = ? AND key = ? AND latest = 1', bucket, key);
  }

  byId(bucket: string, key: string, versionId: string): ObjectVersion | undefined {
    return this.#one('bucket = ? AND key = ? AND version_id = ?', bucket, key, versionId);
  }

  /** The first current object after `after` and from `from` on, in the order of UTF-8 bytes that S3 lists in. */
  nextCurrent(bucket: string, after: string, from: string): ObjectVersion | undefined {
    const where = 'bucket = ? AND key > ? AND key >= ? AND latest = 1 AND delete_marker = 0 ORDER BY key';
    return this.#one(where, bucket, after, from);
  }

  /** All versions and delete markers from a key on, newest first within a key. */
  *from(bucket: string, key: string): Generator<ObjectVersion> {
    const sql = 'SELECT * FROM versions WHERE bucket = ? AND key >= ? ORDER BY key, seq DESC';
    for (const row of this.#database.prepare(sql).iterate(bucket, key)) yield versionOf(row);
  }

  /** Adds a version on top; in a bucket without versions it takes the place of the old one. */
  put(object: NewObject, versioned: boolean, at: number, onlyIfAbsent: boolean): Commit {
    const { bucket, key } = object;
    const current = this.latest(bucket, key);
    if (onlyIfAbsent && current && !current.deleteMarker) {
      throw new AwsRefusal(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
    }
    return this.#push(object, versioned, at, false);
  }

  mark(bucket: string, key: string, versioned: boolean, at: number): Commit {
    return this.#push({ bucket, key, eTag: '', headers: {}, checksums: {}, blobs: [] }, versioned, at, true);
  }

  /** Removes one version for good; the one below it becomes the latest. */
  remove(
    bucket: string,
    key: string,
    versionId: string,
  ): { removed: ObjectVersion | undefined; freed: readonly Blob[] } {
    const removed = this.byId(bucket, key, versionId);
    if (!removed) return { removed, freed: [] };
    this.#run('DELETE FROM versions WHERE bucket = ? AND key = ? AND version_id = ?', bucket, key, versionId);
    if (removed.latest) {
      const below = 'SELECT max(seq) FROM versions WHERE bucket = ? AND key = ?';
      this.#run(`UPDATE versions SET latest = 1 WHERE seq = (${below})`, bucket, key);
    }
    return { removed, freed: removed.blobs };
  }

  blobIds(): string[] {
    const rows = this.#database.prepare('SELECT blobs FROM versions').iterate();
    return Array.from(rows, (row) => blobsOf(row).map(({ id }) => id)).flat();
  }

  #push(object: NewObject, versioned: boolean, at: number, deleteMarker: boolean): Commit {
    const { bucket, key, eTag, headers, checksums, blobs } = object;
    const { freed } = versioned ? { freed: [] } : this.remove(bucket, key, 'null');
    this.#run('UPDATE versions SET latest = 0 WHERE bucket = ? AND key = ? AND latest = 1', bucket, key);
    const versionId = versioned ? randomBytes(24).toString('base64url') : 'null';
    const size = blobs.reduce((sum, blob) => sum + blob.size, 0);
    const { lastInsertRowid } = this.#run(
      `INSERT INTO versions (bucket, key, version_id, latest, delete_marker, size, etag, modified_at, headers, checksums,
        blobs) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)`,
      bucket,
      key,
      versionId,
      deleteMarker ? 1 : 0,
      size,
      eTag,
      at,
      JSON.stringify(headers),
      JSON.stringify(checksums),
      JSON.stringify(blobs),
    );
    const version = {
      key,
      versionId,
      latest: true,
      deleteMarker,
      size,
      eTag,
      modifiedAt: at,
      headers,
      checksums,
      blobs,
    };
    return { seq: Number(lastInsertRowid), version, freed };
  }

  #one(where: string, ...values: string[]): ObjectVersion | undefined {
    const row = this.#database.prepare(`SELECT * FROM versions WHERE ${where} LIMIT 1`).get(...values);
    return row && versionOf(row);
  }

  #run(sql: string, ...values: (string | number)[]): { lastInsertRowid: number | bigint } {
    return this.#database.prepare(sql).run(...values);
  }
}

const versionOf = (row: Row): ObjectVersion => ({
  key: String(row['key']),
  versionId: String(row['version_id']),
  latest: row['latest'] === 1,
  deleteMarker: row['delete_marker'] === 1,
  size: Number(row['size']),
  eTag: String(row['etag']),
  modifiedAt: Number(row['modified_at']),
  headers: JSON.parse(String(row['headers'])) as ObjectVersion['headers'],
  checksums: JSON.parse(String(row['checksums'])) as ObjectVersion['checksums'],
  blobs: blobsOf(row),
});

const blobsOf = (row: Row): readonly Blob[] => JSON.parse(String(row['blobs'])) as readonly Blob[];

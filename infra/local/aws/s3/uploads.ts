import { randomBytes } from 'node:crypto';
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';

import { AwsRefusal } from '../front/refusal.ts';
import type { Blob, MultipartUpload, Part } from './model.ts';

type Row = Record<string, SQLOutputValue>;

/** Multipart uploads in progress, and their parts. */
export class Uploads {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  begin(upload: Omit<MultipartUpload, 'uploadId'>): MultipartUpload {
    const uploadId = randomBytes(48).toString('base64url');
    const { bucket, key, headers, checksum, initiatedAt } = upload;
    this.#database
      .prepare('INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?)')
      .run(uploadId, bucket, key, JSON.stringify(headers), checksum ?? null, initiatedAt);
    return { ...upload, uploadId };
  }

  /** @throws AwsRefusal NoSuchUpload, also where the upload is of another key. */
  find(bucket: string, key: string, uploadId: string): MultipartUpload {
    const sql = 'SELECT * FROM uploads WHERE upload_id = ? AND bucket = ? AND key = ?';
    const row = this.#database.prepare(sql).get(uploadId, bucket, key);
    if (row) return uploadOf(row);
    throw new AwsRefusal(
      404,
      'NoSuchUpload',
      'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    );
  }

  of(bucket: string): MultipartUpload[] {
    const sql = 'SELECT * FROM uploads WHERE bucket = ? ORDER BY key, initiated_at';
    return this.#database.prepare(sql).all(bucket).map(uploadOf);
  }

  /** @returns the file of the part whose place this one takes. */
  putPart(uploadId: string, part: Part): readonly Blob[] {
    const replaced = this.#database
      .prepare('SELECT * FROM parts WHERE upload_id = ? AND number = ?')
      .all(uploadId, part.number)
      .map(partOf);
    const checksums = JSON.stringify(part.checksums);
    this.#database
      .prepare('INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(uploadId, part.number, part.eTag, checksums, part.blob.id, part.blob.size, part.modifiedAt);
    return replaced.map(({ blob }) => blob);
  }

  parts(uploadId: string, after = 0, limit = -1): Part[] {
    const sql = 'SELECT * FROM parts WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?';
    return this.#database.prepare(sql).all(uploadId, after, limit).map(partOf);
  }

  end(uploadId: string): void {
    this.#database.prepare('DELETE FROM parts WHERE upload_id = ?').run(uploadId);
    this.#database.prepare('DELETE FROM uploads WHERE upload_id = ?').run(uploadId);
  }

  blobIds(): string[] {
    return this.#database
      .prepare('SELECT blob FROM parts')
      .all()
      .map((row) => String(row['blob']));
  }
}

const uploadOf = (row: Row): MultipartUpload => ({
  uploadId: String(row['upload_id']),
  bucket: String(row['bucket']),
  key: String(row['key']),
  headers: JSON.parse(String(row['headers'])) as MultipartUpload['headers'],
  checksum: row['checksum'] === 'sha256' || row['checksum'] === 'crc32' ? row['checksum'] : undefined,
  initiatedAt: Number(row['initiated_at']),
});

const partOf = (row: Row): Part => ({
  number: Number(row['number']),
  eTag: String(row['etag']),
  checksums: JSON.parse(String(row['checksums'])) as Part['checksums'],
  blob: { id: String(row['blob']), size: Number(row['size']) },
  modifiedAt: Number(row['modified_at']),
});

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { ObjectCreated } from '../contracts.ts';
import { AwsRefusal } from '../front/refusal.ts';
import { ConcurrentDelivery } from '../events/concurrent.ts';
import { Blobs } from './blobs.ts';
import type { Blob, MultipartUpload, NewObject, ObjectVersion } from './model.ts';
import { openIndex, transaction } from './schema.ts';
import { Uploads } from './uploads.ts';
import { Versions, type Commit } from './versions.ts';

export interface StoreOptions {
  readonly directory: string;
  readonly clock: () => Date;
  readonly onObjectCreated: (event: ObjectCreated) => void | Promise<void>;
}

export interface Origin {
  readonly reason: ObjectCreated['reason'];
  readonly requester: string;
  /** `If-None-Match: *`. */
  readonly onlyIfAbsent: boolean;
}

/** A versioned object store on disk: bytes in files, everything else in one SQLite index. */
export class ObjectStore {
  readonly blobs: Blobs;
  readonly versions: Versions;
  readonly uploads: Uploads;
  readonly clock: () => Date;
  readonly #index: DatabaseSync;
  readonly #events: ConcurrentDelivery<ObjectCreated>;

  private constructor(index: DatabaseSync, blobs: Blobs, options: StoreOptions) {
    this.#index = index;
    this.blobs = blobs;
    this.versions = new Versions(index);
    this.uploads = new Uploads(index);
    this.clock = options.clock;
    this.#events = new ConcurrentDelivery({
      pending: () =>
        index
          .prepare('SELECT seq, event FROM created_events ORDER BY seq LIMIT 1000')
          .all()
          .map((row) => ({ id: Number(row['seq']), event: eventOf(String(row['event'])) })),
      deliver: async (event) => options.onObjectCreated(event),
      settle: (id) => void index.prepare('DELETE FROM created_events WHERE seq = ?').run(id),
    });
  }

  static async open(options: StoreOptions): Promise<ObjectStore> {
    await mkdir(options.directory, { recursive: true });
    const store = new ObjectStore(
      openIndex(join(options.directory, 'index.sqlite')),
      new Blobs(join(options.directory, 'blobs')),
      options,
    );
    await store.blobs.open(new Set([...store.versions.blobIds(), ...store.uploads.blobIds()]));
    // Once the caller had its turn: it may not be ready to listen yet.
    setImmediate(() => store.#events.wake());
    return store;
  }

  createBucket(name: string, versioned: boolean): void {
    this.#index
      .prepare('INSERT INTO buckets VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET versioned = excluded.versioned')
      .run(name, versioned ? 1 : 0, this.clock().getTime());
  }

  /** @throws AwsRefusal NoSuchBucket */
  bucket(name: string): { readonly versioned: boolean } {
    const row = this.#index.prepare('SELECT versioned FROM buckets WHERE name = ?').get(name);
    if (row) return { versioned: row['versioned'] === 1 };
    throw new AwsRefusal(404, 'NoSuchBucket', 'The specified bucket does not exist');
  }

  /** Makes an object visible, together with the event that tells of it. */
  async put(object: NewObject, origin: Origin, upload?: MultipartUpload): Promise<ObjectVersion> {
    const { versioned } = this.bucket(object.bucket);
    const used = new Set(object.blobs.map(({ id }) => id));
    const { version, freed } = this.#change(() => {
      const left = upload ? this.uploads.parts(upload.uploadId).map(({ blob }) => blob) : [];
      const commit = this.versions.put(object, versioned, this.clock().getTime(), origin.onlyIfAbsent);
      if (upload) this.uploads.end(upload.uploadId);
      this.#announce(object, commit, origin);
      return { version: commit.version, freed: [...commit.freed, ...left.filter(({ id }) => !used.has(id))] };
    });
    this.#events.wake();
    await this.blobs.remove(freed);
    return version;
  }

  /** Without a version: sets a delete marker, or removes the object of a bucket that has no versions. */
  async delete(bucket: string, key: string, versionId: string | undefined): Promise<ObjectVersion | undefined> {
    const { versioned } = this.bucket(bucket);
    const { version, freed } = this.#change((): { version: ObjectVersion | undefined; freed: readonly Blob[] } => {
      if (versionId === undefined && versioned) return this.versions.mark(bucket, key, true, this.clock().getTime());
      const { removed, freed } = this.versions.remove(bucket, key, versionId ?? 'null');
      return { version: versionId === undefined ? undefined : removed, freed };
    });
    await this.blobs.remove(freed);
    return version;
  }

  /** Several changes of uploads and parts as one. */
  async changeUploads(change: () => readonly Blob[]): Promise<void> {
    await this.blobs.remove(this.#change(change));
  }

  async close(): Promise<void> {
    await this.#events.stop();
    this.#index.close();
  }

  #change<T>(change: () => T): T {
    return transaction(this.#index, change);
  }

  #announce({ bucket, key, eTag }: NewObject, { seq, version }: Commit, { reason, requester }: Origin): void {
    const { size, versionId } = version;
    const sequencer = seq.toString(16).toUpperCase().padStart(18, '0');
    const event: ObjectCreated = {
      bucket,
      key,
      size,
      eTag,
      versionId,
      sequencer,
      reason,
      requester,
      at: new Date(version.modifiedAt),
    };
    this.#index.prepare('INSERT INTO created_events VALUES (?, ?)').run(seq, JSON.stringify(event));
  }
}

function eventOf(json: string): ObjectCreated {
  const event = JSON.parse(json) as Omit<ObjectCreated, 'at'> & { readonly at: string };
  return { ...event, at: new Date(event.at) };
}

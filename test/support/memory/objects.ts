import { createHash } from 'node:crypto';
import type { CheckedObjects, IntakeObjects, ObjectVersion, SentPart } from '../../../functions/intake/ports.ts';

const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/** A versioned bucket: the versions of each key, newest last; a removed key has none that is visible. */
class Bucket {
  readonly versions = new Map<string, { versionId: string; content: Buffer }[]>();
  #count = 0;

  /** Puts a version on top, unless the key is to be written once. */
  put(key: string, content: Uint8Array, once = false): ObjectVersion {
    if (once && this.versions.has(key)) throw new Error(`there is an object ${key}`);
    const version = { versionId: `v${(this.#count += 1)}`, content: Buffer.from(content) };
    this.versions.set(key, [...(this.versions.get(key) ?? []), version]);
    return { versionId: version.versionId, bytes: content.length };
  }

  get(key: string, versionId?: string): { versionId: string; content: Buffer } | undefined {
    const versions = this.versions.get(key) ?? [];
    return versionId === undefined ? versions.at(-1) : versions.find((version) => version.versionId === versionId);
  }

  remove(key: string, versionId?: string): void {
    const kept =
      versionId === undefined
        ? []
        : (this.versions.get(key) ?? []).filter((version) => version.versionId !== versionId);
    if (kept.length > 0) this.versions.set(key, kept);
    else this.versions.delete(key);
  }
}

export interface MemoryIntakeObjects extends IntakeObjects {
  /** As a provider sends: a whole object, or a part. */
  send(key: string, content: Uint8Array | string): ObjectVersion;
  putPart(multipartId: string, number: number, content: Uint8Array): void;
  readonly aborted: string[];
}

export function memoryIntakeObjects(): MemoryIntakeObjects {
  const bucket = new Bucket();
  const multiparts = new Map<string, Map<number, Buffer>>();
  const aborted: string[] = [];
  const presigned = (path: string, bytes: number, sha256: string) => ({
    url: `https://intake.example/${path}`,
    headers: { 'content-length': String(bytes), 'x-amz-checksum-sha256': sha256 },
  });
  return {
    aborted,
    send: (key, content) => bucket.put(key, Buffer.from(content)),
    async put(key, content, sha256) {
      if (sha256Of(content) !== sha256) throw new Error('the digest is another');
      return bucket.put(key, content);
    },
    putPart: (id, number, content) => void multiparts.get(id)?.set(number, Buffer.from(content)),
    putUrl: async (key, { bytes, sha256 }) => presigned(key, bytes, sha256),
    partUrl: async (key, id, number, { bytes, sha256 }) =>
      presigned(`${key}?uploadId=${id}&partNumber=${number}`, bytes, sha256),
    startMultipart: async () => {
      const id = `multipart-${multiparts.size + aborted.length + 1}`;
      multiparts.set(id, new Map());
      return id;
    },
    parts: async (_key, id) => {
      const parts = multiparts.get(id);
      return (
        parts &&
        [...parts].map(([number, content]): SentPart => ({
          number,
          bytes: content.length,
          sha256: sha256Of(content),
          eTag: `"${number}"`,
        }))
      );
    },
    assemble: async (key, id, parts) => {
      const sent = multiparts.get(id);
      if (!sent) return undefined;
      multiparts.delete(id);
      return bucket.put(key, Buffer.concat(parts.map(({ number }) => sent.get(number) ?? Buffer.alloc(0)))).versionId;
    },
    abortMultipart: async (_key, id) => {
      if (multiparts.delete(id)) aborted.push(id);
    },
    find: async (key) => {
      const found = bucket.get(key);
      return found && { versionId: found.versionId, bytes: found.content.length };
    },
    read: async (key, versionId) => read(bucket, key, versionId),
  };
}

function read(bucket: Bucket, key: string, versionId: string): AsyncIterable<Uint8Array> {
  const found = bucket.get(key, versionId);
  if (!found) throw new Error(`no object ${key} ${versionId}`);
  return inChunks(found.content);
}

async function* inChunks(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < content.length; from += 16) yield content.subarray(from, from + 16);
}

export interface MemoryCheckedObjects extends CheckedObjects {
  /** What is visible: key and text. */
  visible(): Record<string, string>;
}

export function memoryCheckedObjects(): MemoryCheckedObjects {
  const bucket = new Bucket();
  return {
    visible: () =>
      Object.fromEntries(
        [...bucket.versions].map(([key, versions]) => [key, versions.at(-1)?.content.toString('utf8') ?? '']),
      ),
    open(key) {
      const chunks: Buffer[] = [];
      return {
        write: async (chunk) => void chunks.push(Buffer.from(chunk)),
        close: async () => bucket.put(key, Buffer.concat(chunks), true),
        abort: async () => undefined,
      };
    },
    read: async (key, versionId) => read(bucket, key, versionId),
    remove: async (key, versionId) => bucket.remove(key, versionId),
    url: async (key, seconds) => `https://datasets.example/${key}?expires=${seconds}`,
  };
}

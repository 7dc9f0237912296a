import type { ExtractObjects, Extracts, ObjectVersion } from '../../../functions/delivery/ports.ts';
import type { MemoryHub } from './deliveries.ts';

export const memoryExtracts = (hub: MemoryHub): Extracts => ({
  find: async (id) => hub.extracts.get(id),
  async keep(extract) {
    if (hub.extracts.has(extract.extractId)) return false;
    hub.extracts.set(extract.extractId, extract);
    return true;
  },
  async startDropping(id) {
    const extract = hub.extracts.get(id);
    if (!extract || (extract.state === 'ready' && extract.grants > 0)) return undefined;
    const dropping = { ...extract, state: 'deleting' } as const;
    hub.extracts.set(id, dropping);
    return dropping;
  },
  async forget({ extractId, object }) {
    const extract = hub.extracts.get(extractId);
    if (extract?.state === 'deleting' && extract.object.versionId === object.versionId) hub.extracts.delete(extractId);
  },
});

export interface MemoryObjects extends ExtractObjects {
  /** Bytes by key; each has one version, `v1`. */
  readonly stored: ReadonlyMap<string, Uint8Array>;
  give(object: ObjectVersion, text: string): void;
  /** Times that a dataset was opened. */
  readonly reads: () => number;
  /** Writing this extract fails from now on, until it is undefined again. */
  breakSinkOf(extractId: string | undefined): void;
}

export function memoryObjects(): MemoryObjects {
  const stored = new Map<string, Uint8Array>();
  let reads = 0;
  let broken: string | undefined;
  return {
    stored,
    give: ({ key }, text) => void stored.set(key, Buffer.from(text)),
    reads: () => reads,
    breakSinkOf: (extractId) => {
      broken = extractId;
    },
    async dataset({ key }) {
      reads += 1;
      const bytes = stored.get(key);
      if (!bytes) throw new Error(`no object ${key}`);
      return (async function* () {
        yield bytes;
      })();
    },
    open(key) {
      const chunks: Uint8Array[] = [];
      return {
        async write(chunk) {
          if (broken !== undefined && key.includes(broken)) throw new Error('S3 answered 503');
          chunks.push(Uint8Array.from(chunk));
        },
        async close() {
          const bytes = Buffer.concat(chunks);
          stored.set(key, bytes);
          return { key, versionId: 'v1', bytes: bytes.length };
        },
        async abort() {},
      };
    },
    async remove({ key }) {
      stored.delete(key);
    },
    url: async ({ key, versionId }, seconds, at) =>
      `https://deliveries.example/${key}?versionId=${versionId}&seconds=${seconds}&at=${at}`,
  };
}

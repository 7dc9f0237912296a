import type { ExtractObjects, Extracts, ObjectVersion } from '../../../functions/delivery/ports.ts';
import type { MemoryHub } from './deliveries.ts';

export const memoryExtracts = (hub: MemoryHub): Extracts => {
  const end = (key: string) => {
    hub.attempts.delete(key);
    hub.extractMarks.delete(key);
  };
  return {
    find: async (id) => hub.extracts.get(id),
    async begin(attempts, at) {
      for (const { extractId, key } of attempts) {
        const attempt = { extractId, key };
        hub.attempts.set(key, { attempt, givenUp: false });
        hub.extractMarks.set(key, { mark: { kind: 'attempt', attempt }, at });
      }
    },
    async keep(extract, at) {
      const { extractId, object } = extract;
      if (hub.extracts.has(extractId) || hub.attempts.get(object.key)?.givenUp !== false) return false;
      hub.extracts.set(extractId, extract);
      hub.extractMarks.set(extractId, { mark: { kind: 'extract', extractId }, at });
      end(object.key);
      return true;
    },
    async giveUp({ key }) {
      const found = hub.attempts.get(key);
      if (found) hub.attempts.set(key, { ...found, givenUp: true });
      return found !== undefined;
    },
    end: async ({ key }) => end(key),
    async *due(until) {
      const due = [...hub.extractMarks.values()].filter(({ at }) => at <= until);
      yield* due.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ mark }) => mark);
    },
    async postpone(mark, at) {
      const key = mark.kind === 'extract' ? mark.extractId : mark.attempt.key;
      if (hub.extractMarks.has(key)) hub.extractMarks.set(key, { mark, at });
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
      if (extract?.state !== 'deleting' || extract.object.versionId !== object.versionId) return;
      hub.extracts.delete(extractId);
      hub.extractMarks.delete(extractId);
    },
  };
};

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
    async discard(key) {
      stored.delete(key);
    },
    url: async ({ key, versionId }, seconds, at) =>
      `https://deliveries.example/${key}?versionId=${versionId}&seconds=${seconds}&at=${at}`,
  };
}

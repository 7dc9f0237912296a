import type { CheckPorts } from '../../functions/intake/check.handler.ts';

class Killed extends Error {}

export type Death =
  /** The process ends: nothing it calls afterwards happens. */
  | 'process'
  /** One call meets a fault, what comes later works. */
  | 'fault';

/**
 * The ports of a check that comes to grief at its n-th write (from 1), before or after that write took effect.
 * Writes are changes of the table and of objects.
 */
export function mortal(
  ports: CheckPorts,
  { nth, when, death }: { readonly nth: number; readonly when: 'before' | 'after'; readonly death: Death },
) {
  let writes = 0;
  let dead = false;
  const read =
    <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      if (dead) throw new Killed();
      return act(...args);
    };
  const write = <A extends unknown[], R>(act: (...args: A) => Promise<R>) =>
    read(async (...args: A): Promise<R> => {
      const fatal = (writes += 1) === nth;
      if (!fatal) return act(...args);
      dead = death === 'process';
      if (when === 'after') await act(...args);
      throw new Killed();
    });
  const { uploads, segments, resources, qualities, objects, checked, attachments } = ports;
  const wrapped: CheckPorts = {
    ...ports,
    uploads: {
      ...uploads,
      find: read((id) => uploads.find(id)),
      async *underWay(resourceId, between) {
        if (dead) throw new Killed();
        yield* uploads.underWay(resourceId, between);
      },
      replace: write((next, was, along) => uploads.replace(next, was, along)),
      accept: write((acceptance) => uploads.accept(acceptance)),
    },
    segments: {
      find: read((id, number) => segments.find(id, number)),
      list: read((id) => segments.list(id)),
      put: write((next, was) => segments.put(next, was)),
    },
    resources: {
      head: read((id) => resources.head(id)),
      version: read((id, version) => resources.version(id, version)),
      dataset: read((id, version) => resources.dataset(id, version)),
      represented: read((id) => resources.represented(id)),
      async *agreements(id) {
        if (dead) throw new Killed();
        yield* resources.agreements(id);
      },
    },
    attachments: {
      begin: write((written) => attachments.begin(written)),
      keep: write((attachment) => attachments.keep(attachment)),
      find: read((written) => attachments.find(written)),
      async *ofUpload(id) {
        if (dead) throw new Killed();
        yield* attachments.ofUpload(id);
      },
      named: read((resource, name) => attachments.named(resource, name)),
      forget: write((written) => attachments.forget(written)),
      note: write((written, since) => attachments.note(written, since)),
      dispose: write((unnamed, head, evidence) => attachments.dispose(unnamed, head, evidence)),
    },
    qualities: { ...qualities, describe: write((upload, fields) => qualities.describe(upload, fields)) },
    objects: {
      ...objects,
      find: read((key) => objects.find(key)),
      read: read((key, version) => objects.read(key, version)),
    },
    checked: {
      ...checked,
      open(key) {
        const writer = checked.open(key);
        return {
          write: write((chunk) => writer.write(chunk)),
          close: write(() => writer.close()),
          abort: read(() => writer.abort()),
        };
      },
      read: read((key, version) => checked.read(key, version)),
      remove: write((key, version) => checked.remove(key, version)),
    },
  };
  return { ports: wrapped, reached: () => writes >= nth };
}

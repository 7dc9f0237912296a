import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Remembers on disk which messages are being worked on. When the hub starts, no worker of an earlier run is left, so
 * their messages can be made visible at once instead of after a visibility timeout of a quarter of an hour.
 */
export interface InFlight {
  /** Returns what to call when the messages are done with. */
  note(queueName: string, receiptHandles: readonly string[]): () => void;
  /** What an earlier run left; forgotten thereby. */
  left(): readonly { readonly queueName: string; readonly receiptHandles: readonly string[] }[];
}

export function inFlightIn(directory: string): InFlight {
  mkdirSync(directory, { recursive: true });
  return {
    note: (queueName, receiptHandles) => {
      const file = join(directory, randomUUID());
      writeFileSync(file, JSON.stringify({ queueName, receiptHandles }));
      return () => rmSync(file, { force: true });
    },
    left: () =>
      readdirSync(directory).flatMap((name) => {
        const file = join(directory, name);
        const entry = entryOf(readFileSync(file, 'utf8'));
        rmSync(file);
        return entry ? [entry] : [];
      }),
  };
}

/** A kill can leave a half-written note; its messages come back by themselves, later. */
function entryOf(text: string): { queueName: string; receiptHandles: string[] } | undefined {
  try {
    return JSON.parse(text) as { queueName: string; receiptHandles: string[] };
  } catch {
    return undefined;
  }
}

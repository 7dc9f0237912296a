import { z } from 'zod';
import { Failure, exit } from '../terminal/failure.ts';
import type { Disk } from './disk.ts';

/** A state of the copy: which delivery it is of, and its bytes. */
const CopyState = z.object({
  termsVersion: z.int(),
  datasetVersion: z.int(),
  /** Base64. */
  sha256: z.string(),
});
export type CopyState = z.infer<typeof CopyState>;

/** Beside a copy: whose it is, what it is, and what it is about to become. */
const CopyNote = z.object({
  department: z.string(),
  agreementId: z.string(),
  now: CopyState.optional(),
  next: CopyState.optional(),
});
export type CopyNote = z.infer<typeof CopyNote>;

export async function readNote(disk: Disk, path: string): Promise<CopyNote | undefined> {
  const text = await disk.noted(path);
  if (text === undefined) return undefined;
  try {
    return CopyNote.parse(JSON.parse(text));
  } catch (cause) {
    const failure = {
      what: `${path} cannot be understood.`,
      why: 'It says what the copy beside it is; something else has written to it.',
      next: ['Remove it and the copy: the hub’s history makes both anew.'],
      code: 'bad-journal',
      exit: exit.refused,
    };
    throw new Failure(failure, { cause });
  }
}

/** One of the two that a note allows is true, and the bytes say which: the process may have died in between. */
export function stateBy(sha256: string | undefined, { now, next }: CopyNote): CopyState | undefined {
  return [next, now].find((state) => state !== undefined && state.sha256 === sha256);
}

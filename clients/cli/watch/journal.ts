import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure, exit } from '../terminal/failure.ts';
import { readIfThere, writeWhole } from './durable.ts';
import type { Mark } from './order.ts';

const StoredMark = z.object({
  deliveryId: z.string(),
  datasetVersion: z.int(),
  termsVersion: z.int(),
  receipt: z.boolean(),
});

/** `watch.json` in the folder of a watch: whose it is, and how far each agreement has come. */
const Stored = z.object({
  department: z.string(),
  agreements: z.record(z.string(), StoredMark),
});
type Stored = z.infer<typeof Stored>;

/** What has to survive the end of a watch. Without it the hub's receipts tell as much, and a run may be repeated. */
export class Journal {
  readonly #file: string;
  #stored: Stored;

  private constructor(file: string, stored: Stored) {
    this.#file = file;
    this.#stored = stored;
  }

  static async open(folder: string, department: string): Promise<Journal> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'watch.json');
    const stored = await readStored(file);
    if (stored && stored.department !== department) throw anotherOwner(folder, stored);
    return new Journal(file, stored ?? { department, agreements: {} });
  }

  mark(agreementId: string): Mark | undefined {
    return this.#stored.agreements[agreementId];
  }

  async set(agreementId: string, mark: Mark): Promise<void> {
    this.#stored = { ...this.#stored, agreements: { ...this.#stored.agreements, [agreementId]: mark } };
    await writeWhole(this.#file, `${JSON.stringify(this.#stored, undefined, 2)}\n`);
  }
}

export const markOf = (
  { deliveryId, datasetVersion, termsVersion }: Omit<Mark, 'receipt'>,
  receipt: boolean,
): Mark => ({
  deliveryId,
  datasetVersion,
  termsVersion,
  receipt,
});

async function readStored(file: string): Promise<Stored | undefined> {
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return Stored.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure(
      {
        what: `${file} cannot be understood.`,
        why: 'It says how far this watch has come; something else has written to it.',
        next: [
          'Remove it: the receipts in the hub tell as much, and at most one delivery of each agreement is run again.',
        ],
        code: 'bad-journal',
      },
      { cause },
    );
  }
}

const anotherOwner = (folder: string, { department }: Stored): Failure =>
  new Failure({
    what: `The folder ${folder} belongs to the watch of ${department}.`,
    next: ['Give every watch a folder of its own: --to DIR.'],
    code: 'folder-taken',
    exit: exit.usage,
  });

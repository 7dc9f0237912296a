import { createReadStream } from 'node:fs';
import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  writeRepresentation,
  type RepresentationFile,
} from '../../../functions/adapters/duckdb/representation-file.ts';
import { TableSchema } from '../../../schemas/contracts/definition.ts';
import { RESOURCE_COLUMNS } from '../compare/verify-job.ts';

export const PEOPLE = TableSchema.parse({
  fields: RESOURCE_COLUMNS.map((name) => ({ name, type: name === 'birth' ? 'date' : 'string' })),
  primaryKey: 'id',
});

/** The representation of a register, as `represent` makes it, in a folder. */
export async function represented(folder: string, csv: string): Promise<RepresentationFile> {
  const own = await mkdtemp(join(folder, 'represent-'));
  try {
    const input = createReadStream(csv, { highWaterMark: 1024 ** 2 });
    const options = { folder: own, memoryMb: 2200, spillMb: 5000, threads: 2 };
    const made = await writeRepresentation(input, { schema: PEOPLE, columns: [...RESOURCE_COLUMNS] }, options);
    const path = join(folder, 'represented.parquet');
    await rename(made.path, path);
    return { ...made, path };
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** One record of the register: its cells in the order of `RESOURCE_COLUMNS`. */
export type Person = readonly string[];

/** Whom to look for; without a person where nobody has the number. */
export interface Asked {
  readonly id: string;
  readonly person: Person | undefined;
}

const LINE_BYTES = 1024;

/** People from places all over a CSV file without quotes, always the same. */
export async function peopleOf(csv: string, count: number): Promise<readonly Person[]> {
  const file = await open(csv, 'r');
  try {
    const { size } = await file.stat();
    const people: Person[] = [];
    for (let i = 0; i < count; i += 1) {
      // A step without a common divisor goes through the file in an order of its own.
      const at = Math.floor((size - LINE_BYTES) * (((i * 7919) % count) / count));
      const { buffer } = await file.read(Buffer.alloc(LINE_BYTES), 0, LINE_BYTES, at);
      people.push(
        buffer
          .toString('latin1')
          .split('\n')[1]!
          .split(',')
          .map((cell) => Buffer.from(cell, 'latin1').toString()),
      );
    }
    return people;
  } finally {
    await file.close();
  }
}

/** A number that nobody on the register has: these begin with eight digits and a one. */
export const nobody = (i: number): string => `X${String(i).padStart(17, '0')}`;

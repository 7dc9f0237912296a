import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encoding } from '../../../schemas/contracts/uploads.ts';
import { type CsvRequest, type Expected, expectedOf, generateCsv } from './generate-csv.ts';

/** A generated file, and what the systems must find in it. */
export interface DataFile extends Expected {
  readonly file: string;
  readonly encoding: Encoding;
  readonly rows: number;
  readonly bytes: number;
}

/** Stands beside its file. `firstChunk` is a digest: a changed generator makes new files. */
interface Sidecar {
  readonly shape: string;
  readonly rows: number;
  readonly seed: number;
  readonly firstChunk: string;
  readonly bytes: number;
}

/** More than a row of any shape takes. */
const BYTES_A_ROW = 1000;

/** The file of a request in `folder`: the one that is there, if it is of the same request, or a new one. */
export async function dataFile(folder: string, request: CsvRequest): Promise<DataFile> {
  const { shape, rows, seed } = request;
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${shape.name}-${rows}-${seed}.csv`);
  const made = { shape: shape.name, rows, seed, firstChunk: firstChunkOf(request) };
  const bytes = (await bytesThere(file, made)) ?? (await generate(file, request, made));
  return { file, encoding: shape.encoding, rows, bytes, ...expectedOf(shape, rows) };
}

/** @throws when the folder's disk has less free room. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free < bytes)
    throw new Error(
      `${folder} has ${gigabytes(free)} GB free, and this takes ${gigabytes(bytes)} GB: make room, or name another folder with --data`,
    );
}

const gigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1);

function firstChunkOf(request: CsvRequest): string {
  const [chunk = Buffer.of()] = generateCsv(request);
  return createHash('sha256').update(chunk).digest('hex');
}

async function bytesThere(file: string, made: Omit<Sidecar, 'bytes'>): Promise<number | undefined> {
  try {
    const { bytes, ...there } = JSON.parse(await readFile(`${file}.json`, 'utf8')) as Sidecar;
    const same = JSON.stringify(there) === JSON.stringify(made) && (await stat(file)).size === bytes;
    return same ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** The sidecar comes last: a file without one was cut short. */
async function generate(file: string, request: CsvRequest, made: Omit<Sidecar, 'bytes'>): Promise<number> {
  await requireRoom(join(file, '..'), request.rows * BYTES_A_ROW);
  await rm(`${file}.json`, { force: true });
  const out = await open(`${file}.part`, 'w');
  let bytes = 0;
  try {
    for (const chunk of generateCsv(request)) {
      await out.writeFile(chunk);
      bytes += chunk.length;
    }
  } finally {
    await out.close();
  }
  await rename(`${file}.part`, file);
  await writeFile(`${file}.json`, JSON.stringify({ ...made, bytes } satisfies Sidecar));
  return bytes;
}

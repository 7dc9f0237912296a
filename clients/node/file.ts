import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PresignedPut } from '../../schemas/contracts/uploads.ts';

export interface FileFacts {
  readonly bytes: number;
  /** Base64. */
  readonly sha256: string;
}

/** Length and digest of a file, read once as a stream. */
export async function factsOf(file: string): Promise<FileFacts> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { bytes: (await stat(file)).size, sha256: hash.digest('base64') };
}

/** Sends a file to a presigned URL with exactly the headers that were signed. */
export async function putFile(put: PresignedPut, file: string): Promise<void> {
  const body = Readable.toWeb(createReadStream(file));
  const response = await fetch(put.url, { method: 'PUT', headers: put.headers, body, duplex: 'half' });
  if (!response.ok) throw new Error(`the storage refused the file: ${response.status} ${await response.text()}`);
}

import { createHash } from 'node:crypto';
import type { PostRecordsBody } from '../../../schemas/contracts/uploads.ts';

export interface PostedFile {
  readonly content: Uint8Array;
  readonly sha256: string;
}

/** Posted records as the file that they become: NDJSON, members as sent. */
export function fileOf(records: PostRecordsBody['records']): PostedFile {
  const content = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''), 'utf8');
  return { content, sha256: createHash('sha256').update(content).digest('base64') };
}

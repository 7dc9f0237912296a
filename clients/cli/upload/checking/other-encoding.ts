import { open } from 'node:fs/promises';
import type { Encoding } from '../../../../schemas/contracts/uploads.ts';

const LOOKED_AT = 1024 ** 2;
const OTHER: Readonly<Record<Encoding, Encoding>> = { 'utf-8': 'gb18030', gb18030: 'utf-8' };

/** The other encoding, if the beginning of the file is no text in the announced one but is in that. */
export async function otherEncoding(file: string, announced: Encoding): Promise<Encoding | undefined> {
  const other = OTHER[announced];
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    const head = buffer.subarray(0, bytesRead);
    return !decodes(head, announced) && decodes(head, other) ? other : undefined;
  } finally {
    await handle.close();
  }
}

/** A character that the end of the piece cuts in two is no fault. */
function decodes(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

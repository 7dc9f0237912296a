import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttachmentContent } from '../../schemas/contracts/attachments.ts';
import { DamagedError } from './consumer.ts';

/** Saves a picture as `REFERENCE.TYPE` in a folder, which is made; it appears there only when its digest is the promised one. */
export async function savePicture(content: AttachmentContent, reference: string, folder: string): Promise<string> {
  const response = await fetch(content.url);
  if (!response.ok) throw new Error(`the picture could not be fetched: ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  if (createHash('sha256').update(bytes).digest('base64') !== content.sha256)
    throw new DamagedError('the picture arrived damaged: its SHA-256 is not the one that the hub gave');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${reference}.${content.type}`);
  await writeFile(`${file}.part`, bytes);
  await rename(`${file}.part`, file);
  return file;
}

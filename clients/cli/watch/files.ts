import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Due } from './order.ts';

/** Where a delivery is kept: a folder for each agreement, so that two agreements on one resource do not meet. */
export async function placeFor(folder: string, due: Due): Promise<string> {
  const place = join(folder, due.resourceId, due.agreementId, `${due.datasetVersion}.${due.format}`);
  await mkdir(dirname(place), { recursive: true });
  return place;
}

/** A snapshot that was replaced has no further use here, and data are kept no longer than they are needed. */
export async function removeReplaced(place: string): Promise<void> {
  const folder = dirname(place);
  const others = (await readdir(folder)).map((name) => join(folder, name)).filter((file) => file !== place);
  await Promise.all(others.map((file) => rm(file, { force: true })));
}

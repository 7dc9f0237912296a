import { Readable } from 'node:stream';
import { exit, Failure } from '../terminal/failure.ts';
import { FileSink } from './checking/sinks.ts';

/** What a presigned URL of the hub's storage gives. */
export async function openUrl(url: string): Promise<Readable> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw gone(response.status);
  return Readable.fromWeb(response.body as never);
}

/** A file that appears under its name only when all of it is there. */
export async function downloadUrl(url: string, to: string): Promise<void> {
  const file = new FileSink(to);
  try {
    for await (const chunk of (await openUrl(url)) as AsyncIterable<Uint8Array>) await file.write(chunk);
    await file.finish(true);
  } catch (fault) {
    await file.discard();
    throw fault;
  }
}

/** Reports and fix-files hold records of people: the hub deletes them after some weeks. */
const gone = (status: number): Failure =>
  new Failure({
    what: status === 404 ? 'The hub has deleted that file by now.' : `The storage answered ${status}.`,
    next: [status === 404 ? 'Upload the file again for a new one.' : 'Run the same command again for a fresh address.'],
    code: 'not-there',
    exit: exit.refused,
  });

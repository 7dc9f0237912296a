import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import type { Intake } from '../ports.ts';

/** For a call whose effect is committed: it is answered whether or not the queue is there, and the sweeper sends what this did not. */
export async function sendSoon({ queue, log }: Pick<Intake, 'queue' | 'log'>, upload: StoredUpload): Promise<void> {
  try {
    await queue.send(upload);
  } catch (error) {
    log.error('upload not sent', { uploadId: upload.uploadId, error });
  }
}

import { UploadId } from '../../schemas/contracts/ids.ts';
import { Fault } from '../kernel/fault.ts';
import type { Log } from '../kernel/ports.ts';
import { nextAfter, type Change, type Next } from './domain/follow.ts';
import { isProfiledLater } from './domain/weight.ts';
import { wakeNext } from './order/wake-next.ts';
import type { IntakeQueue, Segments, Uploads } from './ports.ts';
import { sendIfReady } from './segments/ready.ts';

type Image = Readonly<Record<string, { readonly S?: string; readonly N?: string }>>;

/** The part of a stream record that matters here, images in DynamoDB JSON. */
export interface TableChange {
  readonly dynamodb?: { readonly NewImage?: Image; readonly OldImage?: Image };
}

interface Ports {
  readonly uploads: Uploads;
  readonly segments: Segments;
  readonly queue: IntakeQueue;
  readonly log: Log;
}

/**
 * The table's stream: begins what comes after a check, so that no check sends to the queue that it is invoked from, which
 * Lambda takes for a loop and ends after about 16 times; a stream carries no trace of who wrote
 * (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html). What fails here is the sweeper's: no record
 * comes again for it.
 */
export const followHandler =
  (ports: Ports) =>
  async (event: { readonly Records: readonly TableChange[] }): Promise<void> => {
    for (const { dynamodb } of event.Records) {
      const { NewImage: image = {}, OldImage: before = {} } = dynamodb ?? {};
      const { kind, state: to, uploadId } = image;
      const change = { kind: kind?.S, from: before['state']?.S, to: to?.S } as Change;
      for (const next of nextAfter(change)) {
        await begin(ports, next, image).catch((error: unknown) =>
          ports.log.warn('what comes next was not begun', { uploadId: uploadId?.S, code: next, error }),
        );
      }
    }
  };

async function begin(ports: Ports, next: Next, image: Image): Promise<void> {
  const uploadId = UploadId.parse(image['uploadId']?.S);
  const upload = await ports.uploads.find(uploadId);
  if (!upload) throw new Fault(`upload ${uploadId} is gone`);
  switch (next) {
    case 'wake-next':
      return wakeNext(ports, upload);
    case 'upload':
      return isProfiledLater(upload) ? undefined : ports.queue.send(upload);
    case 'segment':
      return ports.queue.send(upload, Number(image['number']?.N));
    case 'put-together':
      return sendIfReady(ports, upload);
  }
}

import { traceOf } from '../kernel/about.ts';
import { failures } from '../kernel/queue/partial-batch.ts';
import { scalarsOf, type Image } from './domain/image.ts';
import { routed, type Routed } from './domain/routes.ts';
import type { Ports } from './ports.ts';

/** The part of a stream record that matters here. */
export interface StreamRecord {
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly NewImage?: Image; readonly OldImage?: Image };
}

/**
 * The table's stream: what was committed goes as events into the queues of those who react to it. A record of which any
 * queue did not take its event is reported and comes again with all that follows it in its shard; whoever has had an event
 * has it twice then (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 */
export const routeHandler =
  ({ queues, log }: Ports) =>
  async ({ Records }: { readonly Records: readonly StreamRecord[] }) => {
    const failed = new Set<string>();
    const recordOf = new Map<Routed, string>();
    for (const { dynamodb: { SequenceNumber = '', NewImage, OldImage } = {} } of Records) {
      if (!NewImage) continue;
      const now = scalarsOf(NewImage);
      try {
        for (const event of routed({ now, before: OldImage && scalarsOf(OldImage) }))
          recordOf.set(event, SequenceNumber);
      } catch (error) {
        log.error('stream record failed', { ...traceOf(now), sequenceNumber: SequenceNumber, error });
        failed.add(SequenceNumber);
      }
    }
    for (const { routed: unsent, error } of await queues.send([...recordOf.keys()])) {
      log.error('event not sent', { ...traceOf(unsent.event), code: unsent.to, error });
      failed.add(recordOf.get(unsent)!);
    }
    return failures(failed);
  };

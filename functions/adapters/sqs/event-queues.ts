import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { reactions, type Reaction } from '../../../schemas/contracts/events.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Routed } from '../../stream/domain/routes.ts';
import type { EventQueues, Unsent } from '../../stream/ports.ts';
import { env } from '../env.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const MOST_ENTRIES = 10;

type Urls = Readonly<Record<Reaction, string>>;
const Urls = z.record(z.enum(Object.keys(reactions) as Reaction[]), z.url());

export const eventQueueUrls = (): Urls => Urls.parse(JSON.parse(env('HUB_EVENT_QUEUE_URLS')));

/** A call of a queue that fails as a whole fails for its own events only. */
export const sqsEventQueues = (client: SQSClient, urls: Urls): EventQueues => ({
  async send(events) {
    const calls = [...Map.groupBy(events, ({ to }) => to)].flatMap(([to, all]) =>
      inTens(all).map((some) =>
        sendSome(client, urls[to], some).catch((error: unknown) => some.map((routed) => ({ routed, error }))),
      ),
    );
    return (await Promise.all(calls)).flat();
  },
});

const inTens = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / MOST_ENTRIES) }, (_, call) =>
    all.slice(call * MOST_ENTRIES, (call + 1) * MOST_ENTRIES),
  );

/** Standard queues, fair between groups (SQS fair queues). */
async function sendSome(client: SQSClient, QueueUrl: string, events: readonly Routed[]): Promise<readonly Unsent[]> {
  const { Failed = [] } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: events.map(({ event, group }, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(event),
        ...(group !== undefined && { MessageGroupId: group }),
      })),
    }),
  );
  return Failed.map(({ Id, Code }) => ({ routed: events[Number(Id)]!, error: new Fault(`SQS refused it: ${Code}`) }));
}

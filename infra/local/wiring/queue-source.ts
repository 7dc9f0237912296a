import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { isTooLong } from '../runtime/lineage.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import type { InFlight } from './in-flight.ts';
import type { Stoppable } from './stoppable.ts';

export interface QueueSource {
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly batchSize: number;
  readonly concurrency: number;
  readonly reportsBatchItemFailures: boolean;
  readonly pool: FunctionPool;
  /** Signs as the function's role, as Lambda's pollers do. */
  readonly client: SQSClient;
  readonly inFlight: InFlight;
  /** Moves a message to the dead-letter queue. */
  readonly setAside: (receiptHandle: string) => void;
}

const LONG_POLL_SECONDS = 20;
const AFTER_FAULT_MS = 1_000;

/**
 * An SQS event source mapping: polls, invokes, deletes what was done. What failed stays and becomes visible again,
 * until the queue's own redrive policy moves it
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
 */
export function pollQueue(source: QueueSource): Stoppable {
  const stopping = new AbortController();
  const pollers = Array.from({ length: source.concurrency }, () => poll(source, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(pollers);
    },
  };
}

async function poll(source: QueueSource, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const messages = await receive(source, signal);
      if (messages.length > 0) await handle(source, messages, signal);
    } catch (error) {
      if (signal.aborted) return;
      process.emitWarning(
        `polling ${source.queueArn}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      );
      await delay(AFTER_FAULT_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function receive({ client, queueUrl, batchSize }: QueueSource, abortSignal: AbortSignal): Promise<Message[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: Math.min(10, batchSize),
    WaitTimeSeconds: LONG_POLL_SECONDS,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages } = await client.send(command, { abortSignal });
  return Messages ?? [];
}

/** Gives back what a worker of an earlier run held; a receipt that is no longer good is not ours to give back. */
export async function giveBack({ client, queueUrl }: QueueSource, receiptHandles: readonly string[]): Promise<void> {
  await client.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl: queueUrl,
      Entries: receiptHandles.map((ReceiptHandle, position) => ({
        Id: String(position),
        ReceiptHandle,
        VisibilityTimeout: 0,
      })),
    }),
  );
}

async function handle(source: QueueSource, received: readonly Message[], signal: AbortSignal): Promise<void> {
  const messages = received.filter((message) => !isStopped(source, message));
  if (messages.length === 0) return;
  const forget = source.inFlight.note(
    nameOf(source.queueArn),
    messages.flatMap(({ ReceiptHandle }) => ReceiptHandle ?? []),
  );
  const event = { Records: messages.map((message) => recordOf(source, message)) } satisfies SQSEvent;
  const invoked = await source.pool.invoke(event, { traces: messages.map(traceOf) });
  // A worker that was stopped with the hub has not failed: the next start gives its messages back.
  if (!invoked.ok && signal.aborted) return;
  if (invoked.ok)
    await remove(source, source.reportsBatchItemFailures ? succeeded(messages, invoked.result) : messages);
  forget();
}

const traceOf = ({ Attributes }: Message): string | undefined => Attributes?.AWSTraceHeader;

/** A chain of requests that has passed the function as often as Lambda lets it ends in the dead-letter queue. */
function isStopped({ pool, setAside, queueArn }: QueueSource, message: Message): boolean {
  if (!isTooLong(traceOf(message), pool.spec.arn)) return false;
  setAside(message.ReceiptHandle ?? '');
  pool.noteFailure(randomUUID(), {
    errorType: 'RecursiveInvocationException',
    errorMessage: `Lambda has detected ${pool.spec.name} being invoked in a recursive loop through ${nameOf(queueArn)}: message ${message.MessageId} goes to the dead-letter queue`,
  });
  return true;
}

export const nameOf = (queueArn: string): string => queueArn.slice(queueArn.lastIndexOf(':') + 1);

async function remove({ client, queueUrl }: QueueSource, done: readonly Message[]): Promise<void> {
  if (done.length === 0) return;
  await client.send(
    new DeleteMessageBatchCommand({
      QueueUrl: queueUrl,
      Entries: done.map(({ ReceiptHandle }, position) => ({ Id: String(position), ReceiptHandle })),
    }),
  );
}

/** A response that is not of the documented shape, or names an unknown message, fails the whole batch. */
function succeeded(messages: readonly Message[], result: unknown): readonly Message[] {
  const failures = (result as Partial<SQSBatchResponse> | null)?.batchItemFailures;
  if (failures === undefined || failures === null) return messages;
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  if ([...failed].some((id) => !known.has(id))) return [];
  return messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
}

function recordOf({ queueArn }: QueueSource, message: Message): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: (message.Attributes ?? {}) as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, attributeOf(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

const attributeOf = ({
  StringValue,
  BinaryValue,
  DataType,
}: NonNullable<Message['MessageAttributes']>[string]): SQSRecord['messageAttributes'][string] => ({
  ...(StringValue !== undefined && { stringValue: StringValue }),
  ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType ?? 'String',
});

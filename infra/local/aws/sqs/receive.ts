import type { JsonCall } from '../front/server.ts';
import { numberOf, parameter } from './attributes.ts';
import { md5, md5OfAttributes, type Incoming, type MessageAttributes } from './message.ts';
import type { Queue, Queues } from './queues.ts';
import type { Waiting } from './waiting.ts';

type Input = JsonCall['input'];

/** Receives at once or within the wait. Nothing is taken for a client that has gone. */
export async function receive(
  queue: Queue,
  input: Input,
  gone: AbortSignal,
  queues: Queues,
  waiting: Waiting,
): Promise<object> {
  const limit = parameter(input, 'MaxNumberOfMessages', [1, 10], 1);
  const hide = parameter(input, 'VisibilityTimeout', [0, 43_200], numberOf(queue.attributes, 'VisibilityTimeout'));
  const ownWait = numberOf(queue.attributes, 'ReceiveMessageWaitTimeSeconds');
  const deadline = Date.now() + parameter(input, 'WaitTimeSeconds', [0, 20], ownWait) * 1000;
  for (;;) {
    if (gone.aborted) return {};
    const messages = queues.take(queue, limit, hide);
    if (messages.length > 0) return { Messages: messages.map((message) => told(message, input)) };
    if (Date.now() >= deadline) return {};
    await waiting.wait(queue.name, Math.min(deadline, queues.nextVisible(queue.name) ?? deadline), gone);
  }
}

function told(message: Incoming, input: Input): object {
  const names = new Set([...list(input['AttributeNames']), ...list(input['MessageSystemAttributeNames'])]);
  const system = Object.entries(systemAttributes(message)).filter(
    ([name, value]) => value !== undefined && (names.has('All') || names.has(name)),
  );
  const attributes = asked(message.attributes, list(input['MessageAttributeNames']));
  const attributesMd5 = md5OfAttributes(attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(attributesMd5 ? { MessageAttributes: attributes, MD5OfMessageAttributes: attributesMd5 } : {}),
  };
}

const systemAttributes = (message: Incoming): Record<string, string | undefined> => ({
  SenderId: message.sender,
  SentTimestamp: String(message.sentAt),
  ApproximateReceiveCount: String(message.receiveCount),
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  MessageGroupId: message.groupId,
  AWSTraceHeader: message.traceHeader,
});

/** By name, `All`, `.*`, or a prefix as in `hub.*`. */
function asked(attributes: MessageAttributes, names: readonly string[]): MessageAttributes {
  const wanted = (name: string): boolean =>
    names.some(
      (each) => each === 'All' || each === name || (each.endsWith('.*') && name.startsWith(each.slice(0, -2))),
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

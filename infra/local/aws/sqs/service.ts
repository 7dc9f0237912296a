import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

import type { AwsEndpointOptions } from '../contracts.ts';
import { callerId } from '../front/caller-id.ts';
import { AwsRefusal, notImplemented } from '../front/refusal.ts';
import type { JsonCall } from '../front/server.ts';
import { isFifo, numberOf, parameter } from './attributes.ts';
import { eachEntry, entriesOf } from './batch.ts';
import { md5, md5OfAttributes, outgoing, type Outgoing } from './message.ts';
import { Queues, type Queue } from './queues.ts';
import { receive } from './receive.ts';
import { openQueues } from './schema.ts';
import { Waiting } from './waiting.ts';

export interface SqsOptions extends Pick<AwsEndpointOptions, 'region' | 'account' | 'clock'> {
  readonly directory: string;
  /** Where clients reach the queues; known once the front listens. */
  readonly baseUrl: () => string;
}

/** Greatest size of a batch, over all of its messages. */
const MAX_BATCH_BYTES = 1_048_576;

const OPERATIONS: Readonly<Record<string, string>> = {
  SendMessage: 'SendMessage',
  SendMessageBatch: 'SendMessage',
  ReceiveMessage: 'ReceiveMessage',
  DeleteMessage: 'DeleteMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibility: 'ChangeMessageVisibility',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
  GetQueueAttributes: 'GetQueueAttributes',
  GetQueueUrl: 'GetQueueUrl',
  PurgeQueue: 'PurgeQueue',
};

/** SQS: queues on disk, with long polling, redrive, batches, fair queues and FIFO; the JSON protocol. */
export class Sqs {
  readonly #options: SqsOptions;
  readonly #database: DatabaseSync;
  readonly #waiting = new Waiting();
  readonly #queues: Queues;

  private constructor(options: SqsOptions, database: DatabaseSync) {
    this.#options = options;
    this.#database = database;
    const hubNow = (): number => options.clock().getTime();
    this.#queues = new Queues(database, hubNow, (queue) => this.#waiting.wake(queue));
  }

  static async open(options: SqsOptions): Promise<Sqs> {
    await mkdir(options.directory, { recursive: true });
    return new Sqs(options, openQueues(join(options.directory, 'queues.sqlite')));
  }

  createQueue(name: string, attributes: Record<string, string>): { url: string; arn: string } {
    if (!/^[A-Za-z0-9_-]{1,75}(?:\.fifo|[A-Za-z0-9_-]{0,5})$/.test(name))
      throw new Error(`${name} is no name of a queue`);
    if (name.endsWith('.fifo') !== isFifo(attributes))
      throw new Error(`${name}: a FIFO queue, and no other, ends in .fifo`);
    this.#queues.create(name, attributes);
    return { url: this.#url(name), arn: this.#arn(name) };
  }

  close(): void {
    this.#database.close();
  }

  setAside(name: string, receipt: string): void {
    this.#queues.setAside(this.#queues.find(name), receipt);
  }

  /** Performs one authenticated call. */
  async answer(call: JsonCall): Promise<object> {
    const { operation, input, permit } = call;
    if (operation === 'ListQueues') {
      permit('sqs:ListQueues', this.#arn('*'));
      return { QueueUrls: this.#queues.names(text(input['QueueNamePrefix'])).map((name) => this.#url(name)) };
    }
    const action = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
    if (action === undefined) throw notImplemented(`sqs:${operation}`);
    const name = operation === 'GetQueueUrl' ? text(input['QueueName']) : this.#nameOf(input['QueueUrl']);
    permit(`sqs:${action}`, this.#arn(name));
    return this.#perform(call, this.#queues.find(name));
  }

  #perform({ operation, input, principal, trace, gone }: JsonCall, queue: Queue): object | Promise<object> {
    switch (operation) {
      case 'SendMessage':
        return this.#send(queue, input, outgoing(input, trace), callerId(principal));
      case 'SendMessageBatch':
        return this.#sendBatch(queue, input, trace, callerId(principal));
      case 'ReceiveMessage':
        return receive(queue, input, gone, this.#queues, this.#waiting);
      case 'DeleteMessage':
        return this.#delete(queue, input);
      case 'DeleteMessageBatch':
        return eachEntry(entriesOf(input), (entry) => this.#delete(queue, entry));
      case 'ChangeMessageVisibility':
        return this.#hide(queue, input);
      case 'ChangeMessageVisibilityBatch':
        return eachEntry(entriesOf(input), (entry) => this.#hide(queue, entry));
      case 'GetQueueAttributes':
        return this.#attributes(queue, input);
      case 'PurgeQueue':
        this.#queues.purge(queue);
        return {};
      default:
        return { QueueUrl: this.#url(queue.name) };
    }
  }

  #send(queue: Queue, input: JsonCall['input'], message: Outgoing, sender: string): object {
    const greatest = numberOf(queue.attributes, 'MaximumMessageSize');
    if (message.bytes > greatest) {
      const reason = `One or more parameters are invalid. Reason: Message must be shorter than ${greatest} bytes.`;
      throw new AwsRefusal(400, 'InvalidParameterValue', reason);
    }
    mustSuit(queue, message);
    const delay = parameter(input, 'DelaySeconds', [0, 900], numberOf(queue.attributes, 'DelaySeconds'));
    const attributesMd5 = md5OfAttributes(message.attributes);
    return {
      MessageId: this.#queues.send(queue, message, delay, sender),
      MD5OfMessageBody: md5(message.body),
      ...(attributesMd5 ? { MD5OfMessageAttributes: attributesMd5 } : {}),
    };
  }

  #sendBatch(queue: Queue, input: JsonCall['input'], trace: JsonCall['trace'], sender: string): object {
    const entries = entriesOf(input);
    const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(text(entry['MessageBody'])), 0);
    if (bytes > MAX_BATCH_BYTES) {
      const reason = `Batch requests cannot be longer than ${MAX_BATCH_BYTES} bytes.`;
      throw new AwsRefusal(400, 'BatchRequestTooLong', reason);
    }
    return eachEntry(entries, (entry) => this.#send(queue, entry, outgoing(entry, trace), sender));
  }

  #delete(queue: Queue, input: JsonCall['input']): object {
    this.#queues.delete(queue, text(input['ReceiptHandle']));
    return {};
  }

  #hide(queue: Queue, input: JsonCall['input']): object {
    const seconds = parameter(input, 'VisibilityTimeout', [0, 43_200], -1);
    if (seconds < 0)
      throw new AwsRefusal(400, 'MissingParameter', 'The request must contain the parameter VisibilityTimeout.');
    this.#queues.hide(queue, text(input['ReceiptHandle']), seconds);
    return {};
  }

  #attributes(queue: Queue, input: JsonCall['input']): object {
    const { visible, inFlight, delayed } = this.#queues.counts(queue.name);
    const all: Record<string, string> = {
      ...queue.attributes,
      QueueArn: this.#arn(queue.name),
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    };
    const names = Array.isArray(input['AttributeNames']) ? input['AttributeNames'].map(String) : [];
    const asked = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
    return { Attributes: Object.fromEntries(asked) };
  }

  #nameOf(url: unknown): string {
    const [, account, name] = URL.parse(text(url))?.pathname.split('/') ?? [];
    if (name && account === this.#options.account) return name;
    throw new AwsRefusal(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
  }

  #url(name: string): string {
    return `${this.#options.baseUrl()}/${this.#options.account}/${name}`;
  }

  #arn(name: string): string {
    return `arn:aws:sqs:${this.#options.region}:${this.#options.account}:${name}`;
  }
}

/** SQS API Reference, SendMessage: a FIFO queue needs both, another knows no deduplication. */
function mustSuit({ attributes }: Queue, { groupId, deduplicationId }: Outgoing): void {
  if (!isFifo(attributes) && deduplicationId !== undefined)
    throw new AwsRefusal(400, 'InvalidParameterValue', 'MessageDeduplicationId is not valid for this queue type.');
  if (isFifo(attributes) && (groupId === undefined || deduplicationId === undefined))
    throw new AwsRefusal(
      400,
      'MissingParameter',
      'The request must contain MessageGroupId and MessageDeduplicationId.',
    );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

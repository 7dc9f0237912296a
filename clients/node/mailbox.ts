import { setTimeout as pause } from 'node:timers/promises';
import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { DeliveryNotice } from '../../schemas/contracts/notices.ts';
import { noticeIn, type Notice } from '../protocol/notices.ts';

/** A notice and the handle that takes it out of the mailbox. */
export interface Received<N extends Notice = DeliveryNotice> {
  readonly notice: N;
  readonly receiptHandle: string;
}

export interface PollOptions {
  /** So long nobody else sees what was received; by default the mailbox's own 30 s. */
  readonly hiddenFor?: number;
  readonly signal?: AbortSignal;
}

const isDelivery = (notice: Notice): notice is DeliveryNotice => notice.type === 'delivery';
const isAny = (_notice: Notice): _notice is Notice => true;

interface Message {
  readonly notice: Notice | undefined;
  readonly receiptHandle: string;
}

const except = (messages: readonly Message[], taken: readonly { readonly receiptHandle: string }[]): string[] => {
  const handles = new Set(taken.map(({ receiptHandle }) => receiptHandle));
  return messages.map(({ receiptHandle }) => receiptHandle).filter((handle) => !handles.has(handle));
};

/** Of one call (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html). */
const MOST_MESSAGES = 10;
const MAILBOX_HIDES_SECONDS = 30;
/** With what is not wanted held back, so long is waited for something behind it; then it is everybody's again. */
const WAIT_BEHIND_SECONDS = 2;
/** Others find it for at least so long, and for four times as long as it took to go through it. */
const REST_MS = 2_000;
const REST_SHARE = 4;

/** A department's mailbox: poll, act, and only then remove. */
export class Mailbox {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;
  #restUntil = 0;

  constructor(queueUrl: string, config: SQSClientConfig) {
    this.#queueUrl = queueUrl;
    this.#sqs = new SQSClient(config);
  }

  /**
   * At most ten notices of deliveries; waits up to `seconds` (0 to 20) for the first. Other notices, however many, hide no
   * delivery: they are held back while it looks, then given back for whoever reads them.
   */
  poll(seconds = 5, options: PollOptions = {}): Promise<Received[]> {
    return this.#look(isDelivery, seconds, options);
  }

  /** The same with notices of every kind. */
  pollAll(seconds = 5, options: PollOptions = {}): Promise<Received<Notice>[]> {
    return this.#look(isAny, seconds, options);
  }

  async #look<N extends Notice>(
    isWanted: (notice: Notice) => notice is N,
    seconds: number,
    options: PollOptions,
  ): Promise<Received<N>[]> {
    const { signal, hiddenFor = MAILBOX_HIDES_SECONDS } = options;
    await pause(Math.max(0, this.#restUntil - performance.now()), undefined, { ...(signal && { signal }) });
    const unwanted: string[] = [];
    let [since, busy] = [0, 0];
    try {
      for (let wait = seconds; ; wait = Math.min(seconds, WAIT_BEHIND_SECONDS)) {
        const messages = await this.#receive(wait, options);
        const wanted = messages.filter(
          (each): each is Received<N> => each.notice !== undefined && isWanted(each.notice),
        );
        unwanted.push(...except(messages, wanted));
        // What comes after half of the time for which messages are hidden may be what was seen before.
        if (wanted.length > 0 || messages.length === 0 || busy > hiddenFor * 500) {
          this.#rest(wanted.length > 0 || unwanted.length === 0 ? 0 : Math.max(REST_MS, REST_SHARE * busy));
          return wanted;
        }
        since ||= performance.now();
        busy = performance.now() - since;
      }
    } finally {
      await this.#giveBack(unwanted);
    }
  }

  /** While a mailbox holds nothing but what is not wanted, nobody goes through it without a pause. */
  #rest(milliseconds: number): void {
    this.#restUntil = performance.now() + milliseconds;
  }

  async #receive(seconds: number, { hiddenFor, signal }: PollOptions): Promise<Message[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: MOST_MESSAGES,
      WaitTimeSeconds: seconds,
      MessageAttributeNames: ['All'],
      ...(hiddenFor !== undefined && { VisibilityTimeout: hiddenFor }),
    });
    const { Messages = [] } = await this.#sqs.send(command, { ...(signal && { abortSignal: signal }) });
    return Messages.map(({ Body, ReceiptHandle: receiptHandle = '' }) => ({
      notice: noticeIn(Body ?? ''),
      receiptHandle,
    }));
  }

  /** Best effort: what cannot be given back is seen again when its time is over. */
  async #giveBack(handles: readonly string[]): Promise<void> {
    for (let first = 0; first < handles.length; first += MOST_MESSAGES) {
      const Entries = handles
        .slice(first, first + MOST_MESSAGES)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
      await this.#sqs
        .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.#queueUrl, Entries }))
        .catch(() => {});
    }
  }

  async remove({ receiptHandle }: Received<Notice>): Promise<void> {
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle: receiptHandle }));
  }

  /** From now on hidden for so many seconds (at most 43,200); 0 gives it back at once. */
  async hide({ receiptHandle }: Received<Notice>, seconds: number): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.#queueUrl,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    });
    await this.#sqs.send(command);
  }

  close(): void {
    this.#sqs.destroy();
  }
}

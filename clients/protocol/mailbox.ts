import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import { DeliveryNotice } from '../../schemas/contracts/messages.ts';

/** A notice and the handle that takes it out of the mailbox. */
export interface Received {
  readonly notice: DeliveryNotice;
  readonly receiptHandle: string;
}

export interface PollOptions {
  /** So long nobody else sees what was received; by default the mailbox's own 30 s. */
  readonly hiddenFor?: number;
  readonly signal?: AbortSignal;
}

/** An older client on a newer hub: fields that it does not know are left out, notices that it does not know are left. */
const Known = DeliveryNotice.strip();

function noticeIn(body: string): DeliveryNotice | undefined {
  try {
    return Known.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

/** A department's mailbox: poll, act, and only then remove. */
export class Mailbox {
  readonly #sqs: SQSClient;
  readonly #queueUrl: string;

  constructor(queueUrl: string, config: SQSClientConfig) {
    this.#queueUrl = queueUrl;
    this.#sqs = new SQSClient(config);
  }

  /** At most ten notices; waits up to `seconds` (0 to 20) for the first. */
  async poll(seconds = 5, { hiddenFor, signal }: PollOptions = {}): Promise<Received[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: seconds,
      MessageAttributeNames: ['All'],
      ...(hiddenFor !== undefined && { VisibilityTimeout: hiddenFor }),
    });
    const { Messages = [] } = await this.#sqs.send(command, { ...(signal && { abortSignal: signal }) });
    return Messages.flatMap(({ Body, ReceiptHandle: receiptHandle = '' }) => {
      const notice = noticeIn(Body ?? '');
      return notice ? [{ notice, receiptHandle }] : [];
    });
  }

  async remove({ receiptHandle }: Received): Promise<void> {
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle: receiptHandle }));
  }

  /** From now on hidden for so many seconds (at most 43,200); 0 gives it back at once. */
  async hide({ receiptHandle }: Received, seconds: number): Promise<void> {
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

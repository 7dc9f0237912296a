import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import { DeliveryNotice } from '../../schemas/contracts/messages.ts';

/** A notice and the handle that takes it out of the mailbox. */
export interface Received {
  readonly notice: DeliveryNotice;
  readonly receiptHandle: string;
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
  async poll(seconds = 5): Promise<Received[]> {
    const { Messages = [] } = await this.#sqs.send(new ReceiveMessageCommand({
      QueueUrl: this.#queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: seconds, MessageAttributeNames: ['All'],
    }));
    return Messages.map(({ Body, ReceiptHandle }) => ({
      notice: DeliveryNotice.parse(JSON.parse(Body ?? '')),
      receiptHandle: ReceiptHandle ?? '',
    }));
  }

  async remove({ receiptHandle }: Received): Promise<void> {
    await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#queueUrl, ReceiptHandle: receiptHandle }));
  }

  close(): void {
    this.#sqs.destroy();
  }
}

import { createHash } from 'node:crypto';

import { AwsRefusal } from '../front/refusal.ts';

interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** A message as a caller sends it, checked. */
export interface Outgoing {
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly groupId: string | undefined;
  readonly traceHeader: string | undefined;
  /** Of FIFO queues only. */
  readonly deduplicationId: string | undefined;
  readonly bytes: number;
}

/** A message as it was received. */
export interface Incoming extends Omit<Outgoing, 'bytes' | 'deduplicationId'> {
  readonly id: string;
  readonly receipt: string;
  readonly sender: string;
  /** Milliseconds since 1970, by the hub's clock. */
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
}

const MAX_ATTRIBUTES = 10;
const ATTRIBUTE_NAME = /^(?!AWS\.|Amazon\.|\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/i;
const GROUP_ID = /^[\x21-\x7e]{1,128}$/;
/** SQS API Reference, SendMessage: the characters of XML 1.0. */
const FORBIDDEN = /(?![\t\n\r\u007f-\u009f])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;

/**
 * @param trace of the request: kept with the message where the sender names none of its own
 * @throws AwsRefusal for a message that SQS would not take.
 */
export function outgoing(input: Readonly<Record<string, unknown>>, trace?: string): Outgoing {
  const { MessageBody: body, MessageGroupId: groupId, MessageDeduplicationId: deduplicationId } = input;
  if (typeof body !== 'string' || body === '') {
    throw new AwsRefusal(400, 'MissingParameter', 'The request must contain the parameter MessageBody.');
  }
  if (FORBIDDEN.test(body)) throw new AwsRefusal(400, 'InvalidMessageContents', 'Invalid characters found.');
  if (groupId !== undefined && (typeof groupId !== 'string' || !GROUP_ID.test(groupId)))
    throw invalid('MessageGroupId');
  if (deduplicationId !== undefined && (typeof deduplicationId !== 'string' || !GROUP_ID.test(deduplicationId)))
    throw invalid('MessageDeduplicationId');
  const attributes = checkedAttributes(input['MessageAttributes']);
  const traceHeader = traceHeaderOf(input['MessageSystemAttributes']) ?? trace;
  return {
    body,
    attributes,
    groupId,
    traceHeader,
    deduplicationId,
    bytes: Buffer.byteLength(body) + sizeOf(attributes),
  };
}

function checkedAttributes(given: unknown): MessageAttributes {
  const attributes = Object.entries((given ?? {}) as Record<string, Partial<MessageAttribute>>);
  if (attributes.length > MAX_ATTRIBUTES) throw invalid('MessageAttributes (at most 10)');
  return Object.fromEntries(
    attributes.map(([name, attribute]) => {
      const { DataType = '', StringValue, BinaryValue } = attribute;
      const value = /^Binary(\.|$)/.test(DataType) ? BinaryValue : StringValue;
      if (!ATTRIBUTE_NAME.test(name) || !/^(String|Number|Binary)(\..{1,249})?$/.test(DataType) || !value) {
        throw invalid(`MessageAttributes (the name, type or value of one)`);
      }
      return [name, value === BinaryValue ? { DataType, BinaryValue } : { DataType, StringValue: value }];
    }),
  );
}

function traceHeaderOf(given: unknown): string | undefined {
  const { AWSTraceHeader: header, ...others } = (given ?? {}) as Record<string, Partial<MessageAttribute>>;
  if (Object.keys(others).length > 0) throw invalid('MessageSystemAttributes (AWSTraceHeader only)');
  return header?.StringValue;
}

const sizeOf = (attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { DataType, StringValue = '', BinaryValue = '' }]) =>
      sum +
      [name, DataType, StringValue].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0) +
      Buffer.byteLength(BinaryValue, 'base64'),
    0,
  );

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** SQS Developer Guide, "Calculating the MD5 message digest for message attributes"; undefined for none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  for (const name of names) {
    const { DataType, StringValue, BinaryValue } = attributes[name]!;
    for (const text of [name, DataType]) hash.update(sized(Buffer.from(text)));
    const binary = BinaryValue !== undefined;
    hash
      .update(Buffer.of(binary ? 2 : 1))
      .update(sized(Buffer.from(BinaryValue ?? StringValue ?? '', binary ? 'base64' : 'utf8')));
  }
  return hash.digest('hex');
}

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const invalid = (parameter: string): AwsRefusal =>
  new AwsRefusal(400, 'InvalidParameterValue', `Value for parameter ${parameter} is invalid.`);

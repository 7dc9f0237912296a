import { AwsRefusal } from '../front/refusal.ts';

/** Numeric attributes of a queue: default, least, greatest. Source: SQS API Reference, CreateQueue. */
const NUMBERS: Readonly<Record<string, readonly [number, number, number]>> = {
  VisibilityTimeout: [30, 0, 43_200],
  DelaySeconds: [0, 0, 900],
  MessageRetentionPeriod: [345_600, 60, 1_209_600],
  // 1 MiB must be asked for: templates and older accounts default to 256 KiB.
  MaximumMessageSize: [262_144, 1_024, 1_048_576],
  ReceiveMessageWaitTimeSeconds: [0, 0, 20],
};

/** Kept and told, without effect on a local queue: encryption, and policies, which the hub's authorizer applies. */
const TOLD = new Set([
  'Policy',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

export type QueueAttributes = Readonly<Record<string, string>>;

/** Attributes with defaults filled in. @throws Error for what a local queue does not know. */
export function checkedAttributes(queue: string, given: QueueAttributes): QueueAttributes {
  const complete: Record<string, string> = {};
  for (const [name, [absent]] of Object.entries(NUMBERS)) complete[name] = String(absent);
  for (const [name, value] of Object.entries(given)) {
    const range = NUMBERS[name];
    if (range && !within(value, range[1], range[2]))
      throw new Error(`Queue ${queue}: ${name} of ${value} is out of range`);
    if (name === 'FifoQueue') mustBeNamedSo(queue, value);
    else if (name === 'RedrivePolicy') redriveOf({ RedrivePolicy: value });
    else if (!range && !TOLD.has(name)) throw new Error(`Queue ${queue}: the local hub does not know ${name}`);
    complete[name] = value;
  }
  return complete;
}

export const isFifo = ({ FifoQueue }: QueueAttributes): boolean => FifoQueue === 'true';

function mustBeNamedSo(queue: string, value: string): void {
  if (value !== 'true' || !queue.endsWith('.fifo'))
    throw new Error(`Queue ${queue}: FifoQueue is true of a name in .fifo`);
}

export interface Redrive {
  readonly deadLetterQueue: string;
  readonly maxReceiveCount: number;
}

export function redriveOf({ RedrivePolicy: policy }: QueueAttributes): Redrive | undefined {
  if (!policy) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(policy) as Record<string, unknown>;
  const count = Number(maxReceiveCount);
  const deadLetterQueue = String(deadLetterTargetArn).split(':').at(-1) ?? '';
  if (deadLetterQueue === '' || !within(String(count), 1, 1000)) throw new Error('A RedrivePolicy is malformed');
  return { deadLetterQueue, maxReceiveCount: count };
}

export const numberOf = (attributes: QueueAttributes, name: string): number =>
  Number(attributes[name] ?? NUMBERS[name]?.[0]);

/** A number of a request, or `absent`. @throws AwsRefusal InvalidParameterValue */
export function parameter(
  input: Readonly<Record<string, unknown>>,
  name: string,
  range: readonly [number, number],
  absent: number,
): number {
  const value = input[name];
  if (value === undefined || value === null) return absent;
  if (typeof value === 'number' && Number.isInteger(value) && value >= range[0] && value <= range[1]) return value;
  const message = `Value for parameter ${name} is invalid. Reason: Must be between ${range[0]} and ${range[1]}, if provided.`;
  throw new AwsRefusal(400, 'InvalidParameterValue', message);
}

const within = (text: string, least: number, greatest: number): boolean =>
  /^\d{1,8}$/.test(text) && Number(text) >= least && Number(text) <= greatest;

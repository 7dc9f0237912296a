import type { SQSClient } from '@aws-sdk/client-sqs';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { CompareMessage } from '../../../schemas/contracts/messages.ts';
import { isLarge, listBytes } from '../../compare/domain/weight.ts';
import type { ComparisonQueue, Facts } from '../../compare/stores.ts';
import type { WatchQueue } from '../../compare/watches/ports.ts';
import type { TurnOf } from '../../kernel/turns.ts';
import { env } from '../env.ts';
import { sqsTurnQueues, type TurnQueues } from './turn-queues.ts';

export const comparisonQueues = (): TurnQueues => ({
  queueUrl: env('HUB_COMPARISONS_QUEUE_URL'),
  largeQueueUrl: env('HUB_LARGE_COMPARISONS_QUEUE_URL'),
  largeTurns: Number(env('HUB_LARGE_COMPARISON_TURNS')),
});

/** Whose work it is, on which resource, and how much beside that is read. */
interface Work {
  readonly consumer: DepartmentId;
  readonly resourceId: ResourceId;
  readonly bytes: number;
}

export function sqsComparisonQueue(
  client: SQSClient,
  { currentDataset }: Pick<Facts, 'currentDataset'>,
  queues: TurnQueues,
  turn?: TurnOf,
): ComparisonQueue & WatchQueue {
  const send = sqsTurnQueues(client, queues, turn);
  const sent = async (message: CompareMessage, place: string, { consumer, resourceId, bytes }: Work): Promise<void> => {
    // Of the dataset in force; another may be by the time of the run, of much the same size.
    const large = isLarge(bytes, (await currentDataset(resourceId))?.bytes ?? 0);
    await send({ department: consumer, large, place, message });
  };
  return {
    send: ({ comparisonId, list, ...of }) => sent({ comparisonId }, comparisonId, { ...of, bytes: listBytes(list) }),
    sendWatch: ({ watchId, ...of }) =>
      sent({ watchId }, watchId, { ...of, bytes: 'list' in of ? listBytes(of.list) : of.object.bytes }),
  };
}

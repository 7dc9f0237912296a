import type { SQSClient } from '@aws-sdk/client-sqs';
import type { IntakeMessage, UnnamedMessage } from '../../../schemas/contracts/messages.ts';
import type { StoredUpload } from '../../../schemas/stored/uploads.ts';
import { hasBase, isLarge } from '../../intake/domain/weight.ts';
import type { IntakeQueue, UnnamedQueue } from '../../intake/ports.ts';
import type { TurnOf } from '../../kernel/turns.ts';
import { readResourceHead } from '../dynamodb/catalog/resources.ts';
import { readDataset } from '../dynamodb/datasets/store.ts';
import type { Table } from '../dynamodb/table/reads.ts';
import { env } from '../env.ts';
import { sqsTurnQueues, type TurnQueues } from './turn-queues.ts';

export const intakeQueues = (): TurnQueues => ({
  queueUrl: env('HUB_INTAKE_QUEUE_URL'),
  largeQueueUrl: env('HUB_LARGE_QUEUE_URL'),
  largeTurns: Number(env('HUB_LARGE_TURNS')),
});

/** Segments of one upload take their department's turns one after the other, uploads as their ids fall. */
export function sqsIntakeQueue(
  client: SQSClient,
  table: Table,
  queues: TurnQueues,
  turn?: TurnOf,
): IntakeQueue & UnnamedQueue {
  const send = sqsTurnQueues(client, queues, turn);
  return {
    async send(upload, segment) {
      const { uploadId, provider } = upload;
      const message: IntakeMessage = { uploadId, ...(segment !== undefined && { segment }) };
      const large = isLarge(upload, segment, await baseBytes(table, upload));
      await send({ department: provider, large, place: segment ?? uploadId, message });
    },
    async sendUnnamed({ resourceId, provider }) {
      const message: UnnamedMessage = { resourceId };
      await send({ department: provider, large: true, place: resourceId, message });
    },
  };
}

/** Of the dataset in force; another may be by the time of the check, of much the same size. */
async function baseBytes(table: Table, upload: StoredUpload): Promise<number> {
  if (!hasBase(upload)) return 0;
  const head = await readResourceHead(table, upload.resourceId);
  if (!head || head.datasetVersion === 0) return 0;
  return (await readDataset(table, head.resourceId, head.datasetVersion))?.bytes ?? 0;
}

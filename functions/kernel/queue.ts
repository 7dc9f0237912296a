import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { z } from 'zod';
import type { HoldingPorts } from './holding.ts';
import { through } from './middleware.ts';
import { backedOff } from './queue/back-off.ts';
import { failuresLogged } from './queue/log-failures.ts';
import { partialBatch } from './queue/partial-batch.ts';
import { read } from './queue/read-message.ts';

export type QueuePorts = Pick<HoldingPorts, 'log' | 'hideFor'>;

/** The way of every message, which is the same in all queues. */
export const consume = <S extends z.ZodType>(
  schema: S,
  handle: (message: z.output<S>, record: SQSRecord) => Promise<void>,
  ports: QueuePorts,
): ((event: SQSEvent) => Promise<SQSBatchResponse>) =>
  partialBatch(
    through(backedOff(ports)) // once its line is written: the queue may not answer
      .use(failuresLogged(ports)) // also of what cannot be read
      .use(read(schema))
      .handle(({ message, record }) => handle(message, record)),
  );

import { setTimeout as delay } from 'node:timers/promises';
import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { StreamRecord } from '../aws/contracts.ts';
import type { FunctionPool } from '../runtime/pool.ts';
import type { Json } from '../template/json.ts';
import { matcherOf } from './pattern.ts';

export interface StreamSource {
  readonly streamArn: string;
  /** Event patterns as JSON texts; a record that matches any is passed on, the others are read over. */
  readonly filters: readonly string[];
  readonly batchSize: number;
  readonly reportsBatchItemFailures: boolean;
  readonly bisects: boolean;
  /** Further attempts after the first; -1 is without end. */
  readonly maximumRetries: number;
  readonly pool: FunctionPool;
  /** Where a batch goes whose attempts are used up. */
  readonly onFailure: ((event: unknown) => Promise<void>) | undefined;
  readonly signal: AbortSignal;
}

/** Milliseconds before the next attempt: doubling, at most five seconds. Lambda's own pauses are not documented. */
const pauseBefore = (attempt: number): number => Math.min(5_000, 100 * 2 ** attempt);

/**
 * A stream's event source mapping over one shard: batches in order, the next one only when this one is done with
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html).
 * Rejects only when the hub stops: then the records are offered again at the next start.
 */
export function streamReader(source: StreamSource): (records: readonly StreamRecord[]) => Promise<void> {
  const matchers = source.filters.map((filter) => matcherOf(JSON.parse(filter) as Json));
  const wanted = (record: StreamRecord): boolean =>
    matchers.length === 0 || matchers.some((matcher) => matcher(record as unknown as Json));
  return async (records) => {
    const matching = records
      .filter(wanted)
      .map((record) => Object.assign({}, record, { eventSourceARN: source.streamArn }));
    for (let from = 0; from < matching.length; from += source.batchSize) {
      await work(source, matching.slice(from, from + source.batchSize), 0);
    }
  };
}

async function work(source: StreamSource, records: readonly StreamRecord[], attempt: number): Promise<void> {
  const left = await attemptOn(source, records);
  if (left.length === 0) return;
  source.signal.throwIfAborted();
  if (left.length < records.length) return work(source, left, 0);
  if (source.maximumRetries >= 0 && attempt >= source.maximumRetries) return giveUp(source, records);
  await delay(pauseBefore(attempt), undefined, { signal: source.signal });
  if (!source.bisects || records.length === 1) return work(source, records, attempt + 1);
  const middle = Math.ceil(records.length / 2);
  await work(source, records.slice(0, middle), attempt + 1);
  await work(source, records.slice(middle), attempt + 1);
}

/** The records that are still to be done: from the first one that failed. */
async function attemptOn(
  { pool, reportsBatchItemFailures }: StreamSource,
  records: readonly StreamRecord[],
): Promise<readonly StreamRecord[]> {
  const invoked = await pool.invoke({ Records: records });
  if (!invoked.ok) return records;
  const failures = reportsBatchItemFailures
    ? (invoked.result as Partial<DynamoDBBatchResponse> | null)?.batchItemFailures
    : undefined;
  if (!failures || failures.length === 0) return [];
  const failed = new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
  const first = records.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
  return records.slice(Math.max(0, first));
}

async function giveUp({ onFailure, streamArn, pool }: StreamSource, records: readonly StreamRecord[]): Promise<void> {
  const sequence = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  await onFailure?.({
    version: '1.0',
    requestContext: { functionArn: pool.spec.arn, condition: 'RetryAttemptsExhausted' },
    DDBStreamBatchInfo: {
      streamArn,
      shardId: 'local',
      batchSize: records.length,
      startSequenceNumber: sequence[0],
      endSequenceNumber: sequence.at(-1),
    },
  });
}

import { api } from '../kernel/api/api.ts';
import type { Endpoint } from '../kernel/endpoint.ts';
import { dynamoAnswers } from './dynamodb/answers.ts';
import { dynamoShares } from './dynamodb/shares.ts';
import type { Table } from './dynamodb/table/reads.ts';
import { env } from './env.ts';
import type { hubFunction } from './lambda.ts';

/**
 * The Lambda function that serves a capability's endpoints; beside `lambda.ts`, so that workers carry none of it.
 * @param digest of requests with an Idempotency-Key, where a plain one would say too much
 */
export const serving = (
  { hub, apiFunction }: ReturnType<typeof hubFunction>,
  endpoints: readonly Endpoint[],
  table: Table,
  digest?: (request: unknown) => Promise<string>,
) =>
  apiFunction(
    api(endpoints, {
      answers: dynamoAnswers(table),
      shares: dynamoShares(table, {
        callsPerSecond: Number(env('HUB_DEPARTMENT_RATE')),
        atOnce: Number(env('HUB_DEPARTMENT_BURST')),
      }),
      digest,
      ...hub,
      identity: { partition: env('HUB_PARTITION'), account: env('HUB_ACCOUNT'), stage: env('HUB_STAGE') },
    }),
  );

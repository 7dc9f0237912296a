import type { Context } from 'aws-lambda';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { comparedFacts } from '../../functions/adapters/dynamodb/compare/facts.ts';
import { mark } from '../../functions/adapters/dynamodb/table/due.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { commit, put } from '../../functions/adapters/dynamodb/table/write.ts';
import { comparisonQueues, sqsComparisonQueue } from '../../functions/adapters/sqs/comparison-queue.ts';
import type { handler as sweep } from '../../functions/compare/sweep.lambda.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { inState } from './a-comparison.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
  process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
});
afterAll(() => aws.stop());

test('a large run whose worker died before it held its message is taken up in another of its consumer’s turns', async () => {
  const now = Date.now();
  const { list, ...rest } = inState.received();
  const stuck = {
    ...rest,
    list: { ...list, bytes: 9_000_000 },
    receivedAt: new Date(now - 90_000).toISOString(),
    lookAgainAt: new Date(now - 1_000).toISOString(),
  };
  const key = keyOf.comparison(stuck.comparisonId);
  await commit(aws.table, [
    put(aws.table, toItem('comparison', key, stuck)),
    mark(aws.table, 'comparison', key, stuck, stuck.lookAgainAt),
  ]);
  await sqsComparisonQueue(aws.sqs, comparedFacts(aws.table), comparisonQueues()).send(stuck);
  const hidden = await groupTaken();

  const { handler } = (await import('../../functions/compare/sweep.lambda.ts')) as { handler: typeof sweep };
  await handler({}, { functionName: 'test', awsRequestId: 'request-1' } as Context);
  const taken = await groupTaken();
  expect([hidden, taken].toSorted()).toEqual(['tax/0', 'tax/1']);
});

/** The group of the next large run that is to be had; it stays hidden, as with a worker that dies at once. */
async function groupTaken(): Promise<string> {
  const QueueUrl = aws.queues.largeComparisons;
  const asked = { QueueUrl, MessageSystemAttributeNames: ['MessageGroupId' as const] };
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand(asked));
  return Messages.map(({ Attributes }) => String(Attributes?.MessageGroupId)).join();
}

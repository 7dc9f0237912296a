import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { comparisonQueues, sqsComparisonQueue } from '../../functions/adapters/sqs/comparison-queue.ts';
import { deliveryQueues, sqsDeliveryQueue } from '../../functions/adapters/sqs/delivery-queue.ts';
import { intakeQueues, sqsIntakeQueue } from '../../functions/adapters/sqs/intake-queue.ts';
import { inState as compared } from '../compare/a-comparison.ts';
import { anUpload } from '../intake/an-upload.ts';
import { aStoredDataset, department, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

/** The group of each message that is waiting. */
async function groupsIn(QueueUrl: string) {
  const asked = { QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['MessageGroupId' as const] };
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand(asked));
  return Messages.map(({ Attributes }) => String(Attributes?.MessageGroupId)).toSorted((one, other) =>
    one.localeCompare(other),
  );
}

test('uploads wait in the group of their department, so that no one’s mass of them delays another’s', async () => {
  const queue = sqsIntakeQueue(aws.sqs, aws.table, intakeQueues());
  const upload = anUpload();
  await queue.send(upload);
  await queue.send({ ...upload, provider: department('tax') }, 3);
  expect(await groupsIn(aws.queues.intake)).toEqual([upload.provider, 'tax']);
});

test('comparisons wait in the group of the department that asked for them, large ones in its turns', async () => {
  const of = { bytes: 9_000_000 };
  const facts = { currentDataset: async () => undefined };
  const queue = sqsComparisonQueue(aws.sqs, facts, comparisonQueues());
  const small = compared.received();
  await queue.send(small);
  await queue.send({ ...small, consumer: department('court') });
  await queue.send({ ...small, list: { ...small.list, ...of } });
  const large = sqsComparisonQueue(aws.sqs, { currentDataset: async () => aStoredDataset(of) }, comparisonQueues());
  await large.send({ ...small, consumer: department('court') });
  expect(await groupsIn(aws.queues.comparisons)).toEqual(['court', 'tax']);
  expect(await groupsIn(aws.queues.largeComparisons)).toEqual(['court/1', 'tax/1']);
});

test('deliveries wait in the group of the department whose data they are, large ones elsewhere', async () => {
  const queue = sqsDeliveryQueue(aws.sqs, deliveryQueues());
  const message = { resourceId: resource('births'), datasetVersion: 1, extracts: [] };
  for (const [provider, large] of [
    ['quality', false],
    ['tax', false],
    ['health', true],
  ] as const)
    await queue.send({ provider: department(provider), large, message });
  expect(await groupsIn(aws.queues.delivery)).toEqual(['quality', 'tax']);
  expect(await groupsIn(aws.queues.largeDelivery)).toEqual(['health']);
});

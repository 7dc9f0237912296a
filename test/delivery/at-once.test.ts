import { expect, test } from '@jest/globals';
import { dispatch } from '../../functions/delivery/planning/dispatch.handler.ts';
import { consume } from '../../functions/kernel/queue.ts';
import { DispatchEvent } from '../../schemas/contracts/events.ts';
import { anId, department } from '../support/builders.ts';
import { sqsRecord } from '../support/events.ts';
import { aHub } from './hub.ts';

const consumers = ['tax', 'press', 'health'] as const;
const agreements = consumers.map((consumer, index) => ({
  agreementId: anId(index + 1),
  consumer: department(consumer),
}));
const dataset = (datasetVersion: number) => ({
  type: 'dataset-committed',
  resourceId: 'legal-entities',
  datasetVersion,
});
const changed = agreements.map(({ agreementId }) => ({ type: 'agreement-changed', agreementId }));

/** The queue promises neither order nor once; a batch is worked on side by side, and so are batches. */
test.each<[string, object[][]]>([
  ['in order', [[dataset(1), ...changed, dataset(2)]]],
  ['backwards', [[dataset(2), ...changed.toReversed(), dataset(1)]]],
  ['each twice in one batch', [[...changed, dataset(2), dataset(2), ...changed, dataset(1), dataset(1)]]],
  [
    'each in two batches at once',
    [
      [...changed, dataset(1), dataset(2)],
      [dataset(2), dataset(1), ...changed],
    ],
  ],
])('events that come %s give each consumer each delivery once', async (_, batches) => {
  const hub = aHub();
  hub.commit(1);
  for (const agreement of agreements) hub.file(agreement);
  hub.commit(2, { text: 'org_code,name,division,capital,approved_on,phone\n' });
  const consumer = consume(DispatchEvent, dispatch(hub.ports), hub.ports);
  const answers = await Promise.all(batches.map((events) => consumer({ Records: events.map(sqsRecord) })));
  expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
  await hub.deliver();
  // Long after everything was delivered.
  await consumer({ Records: batches.flat().map(sqsRecord) });
  await hub.deliver();
  const told = hub.mailboxes.notices.map(({ agreementId, datasetVersion }) => `${agreementId} ${datasetVersion}`);
  expect(told.toSorted()).toEqual(agreements.flatMap(({ agreementId }) => [1, 2].map((n) => `${agreementId} ${n}`)));
  expect(hub.evidenceOf('delivery-released')).toHaveLength(6);
});

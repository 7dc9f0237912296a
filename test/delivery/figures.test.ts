import { expect, test } from '@jest/globals';
import { anAgreement, anId, department } from '../support/builders.ts';
import { aHub } from './hub.ts';

const lineOf = (hub: ReturnType<typeof aHub>, message: string) =>
  hub.log.lines.filter((line) => line.message === message).map(({ about }) => about);

test('a dataset that is delivered is counted from planning to notice, and found by its upload', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  hub.agree({ agreementId: anId(2), consumer: department('press') });
  const record = hub.commit(1);
  hub.clock.set('2026-12-01T01:00:02.500Z');
  await hub.dispatch(record);
  await hub.deliver();
  expect(hub.metrics.counts).toEqual({ DeliveriesPlanned: 2, DeliveriesReleased: 2, NoticesSent: 2 });
  expect(hub.metrics.told).toEqual(Array.from({ length: 2 }, () => ['DeliveryDelaySeconds', expect.any(Number)]));
  const { uploadId } = hub.store.datasets.values().next().value!.value;
  for (const message of [
    'dataset planned',
    'extract written',
    'delivery released',
    'notice sent',
    'dataset delivered',
  ]) {
    expect(lineOf(hub, message)[0]).toMatchObject({ uploadId, resourceId: 'legal-entities', datasetVersion: 1 });
  }
});

test('of a dataset that is older than the agreement, its age is nobody’s delay', async () => {
  const hub = aHub();
  await hub.dispatch(hub.commit(1));
  hub.clock.set('2026-12-05T01:00:00.000Z');
  const active = anAgreement({ state: 'active' });
  const filedNow = active.history.map((entry) => (entry.action === 'file' ? { ...entry, at: hub.clock.now() } : entry));
  await hub.dispatch(hub.agree({ ...active, history: filedNow }));
  hub.clock.set('2026-12-05T01:00:03.000Z');
  await hub.deliver();
  expect(hub.metrics.told).toEqual([['DeliveryDelaySeconds', 3]]);
});

test('what the sweeper takes up is late; a run with nothing to do counts nothing', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  await hub.sweep();
  expect(hub.metrics.counts).toEqual({});
  hub.commit(1);
  hub.clock.set('2026-12-01T01:02:00.000Z');
  await hub.sweep();
  // The agreement's filing and the dataset: neither's event came.
  expect(hub.metrics.counts).toMatchObject({ SweptLate: 2, DeliveriesPlanned: expect.any(Number) });
  expect(lineOf(hub, 'swept').at(-1)).toMatchObject({ late: 2, agreements: 1, datasets: 1, failed: 0 });
});

test('a delivery whose agreement ended is void, once', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  await hub.dispatch(hub.commit(1));
  const end = hub.end(anId(1));
  await hub.dispatch(end, end);
  await hub.deliver();
  expect(hub.metrics.counts).toEqual({ DeliveriesPlanned: 1, DeliveriesVoided: 1 });
  expect(lineOf(hub, 'delivery void')).toEqual([
    expect.objectContaining({ agreementId: anId(1), code: 'agreement-not-active' }),
  ]);
});

test('a notice that its mailbox does not take is counted, and told with the delivery', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  await hub.dispatch(hub.commit(1));
  hub.mailboxes.breakDown('tax');
  await hub.deliver();
  expect(hub.metrics.counts).toMatchObject({ DeliveriesReleased: 1, NoticesFailed: 1 });
  expect(lineOf(hub, 'notice not sent')).toEqual([
    expect.objectContaining({
      agreementId: anId(1),
      consumer: 'tax',
      error: expect.objectContaining({ name: 'Error' }),
    }),
  ]);
});

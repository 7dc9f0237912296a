import { describe, expect, test } from '@jest/globals';
import { aDefinition, anId, department, type AgreementChanges } from '../support/builders.ts';
import { sqsRecord } from '../support/events.ts';
import { datasetKey } from '../support/memory/deliveries.ts';
import { aHub, csv, sorted } from './hub.ts';

const consumer = (index: number) =>
  department(
    `district-${'abcdefghijklmnopqrstuvwxyz'[index % 26]}${'abcdefghijklmnopqrstuvwxyz'[Math.floor(index / 26)]}`,
  );

test('a dataset reaches the mailbox with what the agreement grants, and with proof', async () => {
  const hub = aHub();
  hub.agree({ terms: { filter: [{ field: 'division', op: 'prefix', value: '110102' }] } });
  await hub.dispatch(hub.commit(1));
  expect(await hub.deliver()).toBe(0);

  const [delivery] = hub.deliveries;
  expect(delivery).toMatchObject({ state: 'noticed', rows: 1, position: 1 });
  expect(delivery?.lookAgainAt).toBe('2027-12-01T01:00:00.000Z');
  const extract = hub.store.extracts.get(delivery!.extractId)!;
  expect(Buffer.from(hub.objects.stored.get(extract.object.key)!).toString()).toBe(
    'org_code,name\n00251809X,"Wang & Sons, Ltd"\n',
  );
  expect(extract).toMatchObject({ grants: 1, rows: 1, bytes: 43, sha256: delivery!.sha256 });
  expect(hub.mailboxes.noticesOf('tax')).toEqual([
    {
      type: 'delivery',
      deliveryId: delivery!.deliveryId,
      agreementId: anId(1),
      termsVersion: 1,
      resourceId: 'legal-entities',
      resourceVersion: 1,
      datasetVersion: 1,
      provider: 'quality',
      purpose: 'tax registration',
      content: 'snapshot',
      format: 'csv',
      rows: 1,
      bytes: 43,
      sha256: delivery!.sha256,
      releasedAt: '2026-12-01T01:00:00.000Z',
      contentPath: `/v1/deliveries/${delivery!.deliveryId}/content`,
    },
  ]);
  expect(hub.evidenceOf('delivery-released')).toMatchObject([
    {
      actor: { department: 'hub', session: 'deliver' },
      subject: { deliveryId: delivery!.deliveryId, provider: 'quality', consumer: 'tax' },
      digests: { extract: delivery!.sha256 },
      figures: { rows: 1, bytes: 43, lateSeconds: 0 },
    },
  ]);
  expect(hub.store.datasets.get(datasetKey('legal-entities', 1))?.due).toBeUndefined();
});

test.each([
  ['parquet', 'PAR1'],
  ['xlsx', 'PK'],
] as const)('a dataset goes out as %s', async (format, magic) => {
  const hub = aHub();
  hub.agree({ terms: { format } });
  await hub.dispatch(hub.commit(1));
  expect(await hub.deliver()).toBe(0);
  const [extract] = [...hub.store.extracts.values()];
  const bytes = hub.objects.stored.get(extract!.object.key)!;
  expect(Buffer.from(bytes.subarray(0, magic.length)).toString()).toBe(magic);
  expect(hub.mailboxes.notices).toMatchObject([{ format, rows: 2, bytes: bytes.length, content: 'snapshot' }]);
});

test('what its format has no place for is void for good and holds up nobody else', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), terms: { fields: ['name'], format: 'xlsx' } });
  hub.agree({ agreementId: anId(2), terms: { fields: ['name'], format: 'csv' }, consumer: department('press') });
  const header = 'org_code,name,division,capital,approved_on,phone';
  await hub.dispatch(hub.commit(1, { text: `${header}\n002518057,${'x'.repeat(32_768)},110105,1,1994-05-04,1\n` }));
  expect(await hub.deliver()).toBe(0);
  expect(hub.deliveries.find(({ agreementId }) => agreementId === anId(1))).toMatchObject({
    state: 'void',
    voidReason: 'does-not-fit',
  });
  expect(hub.mailboxes.notices).toMatchObject([{ agreementId: anId(2), format: 'csv' }]);
  expect(await hub.deliver()).toBe(0);
});

describe('a dataset that an earlier version of the hub accepted, with a value that is none of its type by now', () => {
  const capital = { name: 'capital', type: 'number', bareNumber: false } as const;
  const stored = 'org_code,capital\n002518057,1.50 €\n00251809X,(95)\n';
  const mended = 'org_code,capital\n002518057,1.50 €\n00251809X,-95\n';
  const columns = ['org_code', 'capital'];

  function aHubWith(...agreements: readonly AgreementChanges[]) {
    const hub = aHub();
    hub.store.schemas.set(
      'legal-entities#1',
      aDefinition({ schema: { fields: [{ name: 'org_code' }, capital], primaryKey: ['org_code'] } }).schema,
    );
    agreements.forEach((changes, index) =>
      hub.agree({ agreementId: anId(index + 1), ...changes, terms: { fields: columns, ...changes.terms } }),
    );
    return hub;
  }
  const outcomes = (hub: ReturnType<typeof aHub>) =>
    sorted(
      hub.deliveries.map(
        ({ datasetVersion, consumer, content, state, voidReason }) =>
          `${datasetVersion} ${consumer} ${content} ${voidReason ?? state}`,
      ),
    );

  test.each(['ndjson', 'xlsx', 'parquet'] as const)(
    'is void for good as %s, which both parties are told of; others get theirs',
    async (format) => {
      const hub = aHubWith({ terms: { format } }, { consumer: department('press') });
      await hub.dispatch(hub.commit(1, { text: stored, columns }));
      expect(await hub.deliver()).toBe(0);
      expect(outcomes(hub)).toEqual(['1 press snapshot noticed', '1 tax snapshot unreadable-values']);
      const deliveryId = hub.deliveries.find(({ state }) => state === 'void')?.deliveryId;
      expect(hub.store.told.map(({ to }) => to)).toEqual(['quality', 'tax']);
      expect(hub.store.told[0]?.notice).toMatchObject({
        type: 'resource',
        event: 'delivery-void',
        state: 'unreadable-values',
        resourceId: 'legal-entities',
        deliveryId,
        path: `/v1/deliveries/${deliveryId}`,
      });
      expect(await hub.deliver()).toBe(0);
      await hub.settle();
      expect(hub.store.told).toHaveLength(2);
      expect(hub.store.extracts.size).toBe(1);
    },
  );
  test('does not stand in the way of the file sent again', async () => {
    const hub = aHubWith({ terms: { format: 'ndjson' } });
    for (const [index, text] of [stored, mended].entries()) {
      await hub.dispatch(hub.commit(index + 1, { text, columns }));
      expect(await hub.deliver()).toBe(0);
    }
    expect(outcomes(hub)).toEqual(['1 tax snapshot unreadable-values', '2 tax snapshot noticed']);
  });
});

test('every event twice, in any order, has the effect of one', async () => {
  const hub = aHub();
  const filed = hub.file({});
  const [first, second] = [hub.commit(1), hub.commit(2)];
  await hub.dispatch(second, filed, first, first, filed, second);
  hub.queue.messages.push(...hub.queue.messages);
  expect(await hub.deliver()).toBe(0);
  await hub.settle();
  expect(sorted(hub.deliveries.map(({ datasetVersion, state }) => [datasetVersion, state]))).toEqual([
    [1, 'noticed'],
    [2, 'noticed'],
  ]);
  expect(hub.evidenceOf('delivery-released')).toHaveLength(2);
  expect(hub.mailboxes.notices).toHaveLength(2);
  expect([...hub.store.extracts.values()].map(({ grants }) => grants)).toEqual([1, 1]);
});

test('each dataset that arrives is delivered, also when a newer one is there already', async () => {
  const hub = aHub();
  hub.file({});
  const [older, newer] = [hub.commit(1), hub.commit(2)];
  await hub.dispatch(newer);
  await hub.dispatch(older);
  await hub.deliver();
  expect(
    sorted(hub.deliveries.filter(({ state }) => state === 'noticed').map(({ datasetVersion }) => datasetVersion)),
  ).toEqual([1, 2]);
});

test('40 distinct extracts take three messages and three readings', async () => {
  const hub = aHub();
  for (let index = 0; index < 40; index++) {
    hub.agree({
      agreementId: anId(100 + index),
      consumer: consumer(index),
      terms: { filter: [{ field: 'division', op: 'eq', value: String(110101 + index) }] },
    });
  }
  await hub.dispatch(hub.commit(1));
  expect(hub.queue.messages.map(({ work, provider }) => [provider, work.extracts.length])).toEqual([
    ['quality', 16],
    ['quality', 16],
    ['quality', 8],
  ]);
  await hub.deliver();
  expect(hub.objects.reads()).toBe(3);
  expect(hub.mailboxes.notices).toHaveLength(40);
});

test('equal extracts are written once, and every delivery holds its grant', async () => {
  const hub = aHub();
  for (let index = 0; index < 28; index++) hub.agree({ agreementId: anId(100 + index), consumer: consumer(index) });
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  expect(hub.objects.reads()).toBe(1);
  expect([...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'))).toHaveLength(1);
  expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 28 }]);
  expect(hub.store.grants.size).toBe(28);
});

test('one consumer’s broken mailbox disturbs nobody, and its notice follows once it works', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), consumer: department('tax') });
  hub.agree({ agreementId: anId(2), consumer: department('press') });
  hub.agree({ agreementId: anId(3), consumer: department('health') });
  hub.mailboxes.breakDown('press');
  await hub.dispatch(hub.commit(1));
  expect(await hub.deliver()).toBe(0);
  expect(hub.mailboxes.notices.map(({ agreementId }) => agreementId)).toEqual([anId(1), anId(3)]);
  await hub.settle();
  expect(hub.deliveries.find(({ consumer }) => consumer === 'press')?.state).toBe('released');
  hub.mailboxes.breakDown(undefined);
  await hub.settle();
  expect(hub.mailboxes.noticesOf('press')).toHaveLength(1);
  expect(hub.evidenceOf('delivery-released')).toHaveLength(3);
});

test('a sink that fails costs only the deliveries of its extract', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  hub.agree({ agreementId: anId(2), consumer: department('press'), terms: { fields: ['name'] } });
  await hub.dispatch(hub.commit(1));
  const broken = hub.deliveries.find(({ consumer }) => consumer === 'press')!;
  hub.objects.breakSinkOf(broken.extractId);
  expect(await hub.deliver()).toBe(1);
  expect(hub.mailboxes.noticesOf('tax')).toHaveLength(1);
  expect(hub.store.deliveries.get(broken.deliveryId)?.state).toBe('planned');
  hub.objects.breakSinkOf(undefined);
  expect(await hub.deliver()).toBe(0);
  expect(hub.mailboxes.noticesOf('press')).toHaveLength(1);
  expect(hub.mailboxes.noticesOf('tax')).toHaveLength(1);
});

test('a dataset of a version that changed what was agreed is recorded and not delivered', async () => {
  const hub = aHub();
  hub.store.schemas.set(
    datasetKey('legal-entities', 2),
    aDefinition({ schema: { fields: [{ name: 'org_code', type: 'integer' }, { name: 'name' }] } }).schema,
  );
  hub.agree({});
  await hub.dispatch(hub.commit(1, { resourceVersion: 2 }));
  expect(hub.queue.messages).toEqual([]);
  expect(hub.deliveries).toMatchObject([{ state: 'void', voidReason: 'incompatible-version' }]);
});

test('an agreement that cannot be planned keeps no other from its delivery, and the dataset stays marked', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), resourceVersion: 7 });
  hub.agree({ agreementId: anId(2), consumer: department('press') });
  const record = hub.commit(1);
  expect(await hub.dispatch(record)).toEqual({
    batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber }],
  });
  await hub.deliver();
  expect(hub.mailboxes.notices.map(({ agreementId }) => agreementId)).toEqual([anId(2)]);
  expect(hub.store.datasets.get(datasetKey('legal-entities', 1))?.due).toBeDefined();
});

describe('the stream', () => {
  test('a record that fails is reported alone', async () => {
    const hub = aHub();
    hub.agree({});
    const good = hub.commit(1);
    const bad = { dynamodb: { SequenceNumber: 'bad', NewImage: { kind: { S: 'dataset' } } } };
    expect(await hub.dispatch(bad, good)).toEqual({ batchItemFailures: [{ itemIdentifier: 'bad' }] });
    expect(hub.queue.messages).toHaveLength(1);
  });
  test('what it says of other items, deletions and mere marks leads to nothing', async () => {
    const hub = aHub();
    hub.agree({});
    const record = hub.commit(1);
    const image = record.dynamodb!.NewImage!;
    await hub.dispatch(
      { dynamodb: { SequenceNumber: '1', OldImage: image } },
      { dynamodb: { SequenceNumber: '2', NewImage: image, OldImage: image } },
      { dynamodb: { SequenceNumber: '3', NewImage: { kind: { S: 'upload' } } } },
    );
    expect(hub.deliveries).toEqual([]);
  });
});

test('an agreement that ended before its delivery was written leaves no extract, and the dataset is not even read', async () => {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1));
  hub.end(anId(1));
  expect(await hub.deliver()).toBe(0);
  expect(hub.objects.reads()).toBe(0);
  expect(hub.deliveries).toMatchObject([{ state: 'void', voidReason: 'agreement-not-active' }]);
  expect(hub.store.extracts.size).toBe(0);
});

test('validity that ends while a delivery waits makes it void', async () => {
  const hub = aHub('2026-12-01T15:59:00.000Z');
  hub.agree({ terms: { validTo: '2026-12-01' } });
  await hub.dispatch(hub.commit(1));
  hub.clock.set('2026-12-01T16:00:00.000Z');
  await hub.deliver();
  expect(hub.deliveries).toMatchObject([{ state: 'void', voidReason: 'agreement-not-active' }]);
  expect(hub.mailboxes.notices).toEqual([]);
});

test('validity that ends while the extract is written makes the delivery void, and the extract goes', async () => {
  const hub = aHub('2026-12-01T15:59:00.000Z');
  hub.agree({ terms: { validTo: '2026-12-01' } });
  await hub.dispatch(hub.commit(1));
  hub.life.pauseWith(async (call) => {
    if (call === 'keep') hub.clock.set('2026-12-01T16:00:00.000Z');
  });
  expect(await hub.deliver()).toBe(0);
  expect(hub.deliveries).toMatchObject([{ state: 'void', voidReason: 'agreement-not-active' }]);
  expect(hub.store.extracts.size).toBe(0);
});

test('a message that comes again after the release sends the notice that is still owed', async () => {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1));
  const again = structuredClone(hub.queue.messages);
  hub.mailboxes.breakDown('tax');
  await hub.deliver();
  hub.mailboxes.breakDown(undefined);
  hub.queue.messages.push(...again);
  expect(await hub.deliver()).toBe(0);
  expect(hub.deliveries).toMatchObject([{ state: 'noticed' }]);
  expect(hub.mailboxes.notices).toHaveLength(1);
});

test('a clock that lags around the first midnight delays a delivery and does not lose it', async () => {
  const hub = aHub('2026-12-01T16:00:00.000Z');
  hub.agree({ terms: { validFrom: '2026-12-02' } });
  await hub.dispatch(hub.commit(1));
  hub.clock.set('2026-12-01T15:59:59.900Z');
  expect(await hub.deliver()).toBe(1);
  hub.clock.set('2026-12-01T16:00:01.000Z');
  expect(await hub.deliver()).toBe(0);
  expect(hub.mailboxes.notices).toHaveLength(1);
});

test('an extract on its way out is seen off and written anew for a later agreement', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  await hub.dispatch(hub.commit(1));
  await hub.deliver();
  const [extract] = [...hub.store.extracts.values()];
  hub.store.extracts.set(extract!.extractId, { ...extract!, grants: 0, state: 'deleting' });
  await hub.dispatch(hub.agree({ agreementId: anId(2), consumer: department('press') }));
  expect(await hub.deliver()).toBe(0);
  const renewed = hub.store.extracts.get(extract!.extractId)!;
  expect(renewed).toMatchObject({ state: 'ready', grants: 1 });
  expect(renewed.object.key).not.toBe(extract!.object.key);
  expect([...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'))).toEqual([renewed.object.key]);
});

test('of two attempts at one extract the second takes its object away and uses the first', async () => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1) });
  hub.agree({ agreementId: anId(2), consumer: department('press') });
  await hub.dispatch(hub.commit(1));
  const [{ work } = { work: undefined }] = hub.queue.messages;
  const share = (index: number) => ({
    ...work!,
    extracts: [{ ...work!.extracts[0]!, deliveries: [work!.extracts[0]!.deliveries[index]!] }],
  });
  hub.queue.messages.splice(0, 1, { provider: 'quality', work: share(0) }, { provider: 'quality', work: share(1) });
  const [one, two] = hub.queue.messages.splice(0);
  const { deliverHandler } = await import('../../functions/delivery/sending/deliver.handler.ts');
  const run = deliverHandler(hub.ports);
  const answers = await Promise.all([one!, two!].map((message) => run({ Records: [sqsRecord(message.work)] })));
  expect(answers.flatMap(({ batchItemFailures }) => batchItemFailures)).toEqual([]);
  expect(hub.objects.reads()).toBe(2);
  expect([...hub.objects.stored.keys()].filter((key) => key.startsWith('extracts/'))).toHaveLength(1);
  expect([...hub.store.extracts.values()]).toMatchObject([{ grants: 2 }]);
});

test('an extract that all its deliveries lost on the way is taken away again', async () => {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1));
  hub.life.pauseWith(async (call) => {
    if (call === 'keep') hub.end(anId(1));
  });
  expect(await hub.deliver()).toBe(0);
  expect(hub.deliveries).toMatchObject([{ state: 'void' }]);
  expect(hub.store.extracts.size).toBe(0);
  expect([...hub.objects.stored.keys()]).toEqual(['datasets/1.csv']);
});

test('a delivery that nobody stored fails its message and keeps no other from going out', async () => {
  const hub = aHub();
  hub.agree({});
  await hub.dispatch(hub.commit(1, { text: csv }));
  const [message] = hub.queue.messages;
  message!.work.extracts.push({ extractId: anId(77), spec: message!.work.extracts[0]!.spec, deliveries: [anId(78)] });
  expect(await hub.deliver()).toBe(1);
  expect(hub.mailboxes.notices).toHaveLength(1);
});

import { describe, expect, test } from '@jest/globals';
import { anId, department, type AgreementChanges } from '../support/builders.ts';
import { datasetKey } from '../support/memory/deliveries.ts';
import { aHub, filedAt, linksOf, sorted, type TestHub } from './hub.ts';

const changes = { content: 'changes' } as const;
const header = 'org_code,name,division,capital,approved_on,phone';
const rows = (...lines: string[]) => [header, ...lines, ''].join('\n');
const [first, second, third] = [
  '002518057,北京第一机床厂,110105,1000.50,1994-05-04,010-65001234',
  '00251809X,"Wang & Sons, Ltd",110102,,2001-02-28,010-65009876',
  '002518073,北京第二机床厂,110105,1,1994-05-04,010-65001235',
] as const;

const contentOf = (hub: TestHub, datasetVersion: number, consumer = 'tax') => {
  const delivery = hub.deliveries.find(
    (one) => one.datasetVersion === datasetVersion && one.consumer === department(consumer),
  )!;
  return Buffer.from(hub.objects.stored.get(hub.store.extracts.get(delivery.extractId)!.object.key)!).toString();
};

/** Version `n` is committed `n` hours after the filing, and its event comes. */
async function committed(hub: TestHub, version: number, text: string): Promise<void> {
  hub.clock.set(new Date(Date.parse('2026-12-01T01:00:00.000Z') + version * 3_600_000).toISOString());
  await hub.dispatch(hub.commit(version, { text }));
}

test('edits go out with what they do, since which version, and with proof', async () => {
  const hub = aHub();
  hub.agree({ terms: { ...changes, filter: [{ field: 'division', op: 'eq', value: '110105' }] } });
  await committed(hub, 1, rows(first, second));
  await committed(hub, 2, rows(first.replace('110105', '110102'), second.replace('110102', '110105'), third));
  expect(await hub.deliver()).toBe(0);
  expect(contentOf(hub, 1)).toBe('org_code,name\n002518057,北京第一机床厂\n');
  expect(contentOf(hub, 2).split('\n').toSorted()).toEqual(
    [
      '',
      '_op,org_code,name',
      'delete,002518057,',
      'upsert,00251809X,"Wang & Sons, Ltd"',
      'upsert,002518073,北京第二机床厂',
    ].toSorted(),
  );

  const delivery = hub.deliveries.find(({ datasetVersion }) => datasetVersion === 2)!;
  const said = { baseDatasetVersion: 1, rows: 3, changes: { inserted: 2, updated: 0, deleted: 1 } };
  const whole = { content: 'snapshot', rows: 1 };
  expect(hub.mailboxes.notices).toEqual([
    expect.objectContaining({ ...whole, datasetVersion: 1 }),
    expect.objectContaining({ ...said, content: 'changes', datasetVersion: 2, sha256: delivery.sha256 }),
  ]);
  expect(hub.mailboxes.notices[0]).not.toHaveProperty('baseDatasetVersion');
  expect(hub.mailboxes.notices[0]).not.toHaveProperty('changes');
  expect(hub.store.extracts.get(delivery.extractId)).toMatchObject({ ...said, datasetVersion: 2, grants: 1 });
  const { body } = await hub.call<{ items: object[] }>('listDeliveries', 'tax');
  expect(body.items).toEqual([expect.objectContaining(whole), expect.objectContaining(said)]);
  expect(hub.evidenceOf('delivery-released').map(({ digests }) => digests.extract)).toContain(delivery.sha256);
});

test('a dataset without an edit of what is granted goes out with no rows, so that versions stay linked', async () => {
  const hub = aHub();
  hub.agree({ terms: changes });
  await committed(hub, 1, rows(first, second));
  await committed(hub, 2, rows(second, first.replace('65001234', '65001299')));
  await hub.deliver();
  expect(contentOf(hub, 2)).toBe('_op,org_code,name\n');
  expect(hub.mailboxes.notices.at(-1)).toMatchObject({ rows: 0, changes: { inserted: 0, updated: 0, deleted: 0 } });
});

test('one message for each pass: the whole is read once, two versions once for all that differ between the same two', async () => {
  const hub = aHub('2026-12-01T18:30:00.000Z');
  const agreements: [string, AgreementChanges['terms'] & object][] = [
    ['tax', changes],
    ['press', { ...changes, fields: ['name', 'org_code'], format: 'ndjson' }],
    ['health', {}],
    ['culture', { ...changes, frequency: 'daily' }],
  ];
  hub.commit(1, { text: rows(first) });
  for (const [index, [consumer, terms]] of agreements.entries()) {
    const changed = { agreementId: anId(index + 1), consumer: department(consumer), terms };
    await hub.dispatch(hub.agree(filedAt(hub.clock.now(), changed)));
  }
  await hub.deliver();
  for (const version of [2, 3]) {
    hub.clock.set(`2026-12-02T1${version}:00:00.000Z`);
    await hub.dispatch(hub.commit(version, { text: rows(first, second).replace('机床', `机床${version}`) }));
  }
  await hub.deliver();
  hub.clock.set('2026-12-02T18:00:20.000Z');
  await hub.release();
  const before = hub.objects.reads();
  expect(hub.queue.messages.map(({ work }) => work.extracts.map((one) => one.baseDatasetVersion))).toEqual([[1]]);
  await hub.deliver();
  expect(hub.objects.reads()).toBe(before + 2);
  expect(linksOf(hub.deliveries.filter(({ consumer }) => consumer === 'culture'))).toEqual([
    '1 snapshot',
    '3 changes 1',
  ]);
  expect(linksOf(hub.deliveries.filter(({ consumer }) => consumer === 'tax'))).toEqual([
    '1 snapshot',
    '2 changes 1',
    '3 changes 2',
  ]);
  const extractsOf3 = hub.deliveries.filter(({ datasetVersion }) => datasetVersion === 3);
  expect(new Set(extractsOf3.map(({ extractId }) => extractId)).size).toBe(4);
});

test('a message that asks for the whole and for edits gets both, each in a pass of its own', async () => {
  const hub = aHub();
  for (const [index, consumer] of ['tax', 'press', 'health'].entries())
    hub.agree({ agreementId: anId(index + 1), consumer: department(consumer), terms: index < 2 ? changes : {} });
  for (const version of [1, 2]) await committed(hub, version, rows(first, second.replace('Sons', `Sons ${version}`)));
  const messages = hub.queue.messages.splice(0).filter(({ work }) => work.datasetVersion === 2);
  expect(sorted(messages.map(({ work }) => work.extracts.map(({ deliveries }) => deliveries.length)))).toEqual([
    [1],
    [2],
  ]);
  const work = { ...messages[0]!.work, extracts: messages.flatMap((message) => message.work.extracts) };
  hub.queue.messages.push({ provider: 'quality', work });
  expect(await hub.deliver()).toBe(0);
  expect(hub.mailboxes.notices.map(({ content }) => content).toSorted()).toEqual(['changes', 'changes', 'snapshot']);
  expect(hub.objects.reads()).toBe(3);
});

test.each([
  ['older', 'datasets/1.csv', ['health']],
  ['newer', 'datasets/2.csv', []],
])('an %s dataset that cannot be read costs only what needs it', async (_which, key, served) => {
  const hub = aHub();
  hub.agree({ agreementId: anId(1), terms: changes });
  hub.agree({ agreementId: anId(2), consumer: department('health') });
  await committed(hub, 1, rows(first));
  await hub.deliver();
  hub.mailboxes.notices.splice(0);
  await committed(hub, 2, rows(first, second));
  const kept = hub.objects.stored.get(key)!;
  await hub.objects.discard(key);
  expect(await hub.deliver()).toBe(2 - served.length);
  expect(hub.mailboxes.notices.map(({ agreementId }) => agreementId)).toEqual(served.map(() => anId(2)));
  hub.objects.give({ key, versionId: 'v1' }, Buffer.from(kept).toString());
  await hub.settle();
  expect(hub.mailboxes.notices).toHaveLength(2);
  expect([hub.store.attempts.size, hub.store.extractMarks.size]).toEqual([0, 0]);
});

test('new terms begin with a snapshot, and so does another agreement of the same consumer', async () => {
  const hub = aHub();
  const one = { agreementId: anId(1), terms: changes };
  await hub.dispatch(hub.agree(one));
  await committed(hub, 1, rows(first));
  await committed(hub, 2, rows(first, second));
  await hub.deliver();
  await hub.dispatch(hub.end(anId(1)));
  await hub.dispatch(hub.agree(filedAt(hub.clock.now(), { ...one, agreementId: anId(2) })));
  await committed(hub, 3, rows(second));
  await hub.deliver();
  expect(linksOf(hub.deliveries.filter(({ agreementId }) => agreementId === anId(2)))).toEqual([
    '2 snapshot',
    '3 changes 2',
  ]);
  expect([...hub.store.extracts.values()].map(({ grants }) => grants)).toEqual([1, 1]);
});

describe('a daily agreement on changes', () => {
  const aDailyHub = async (terms = {}) => {
    const hub = aHub('2026-12-01T01:00:00.000Z');
    hub.store.schemas.set(datasetKey('legal-entities', 2), { fields: [], missingValues: [''] });
    hub.commit(1, { text: rows(first) });
    await hub.dispatch(hub.agree({ terms: { ...changes, frequency: 'daily', at: '02:00', ...terms } }));
    return hub;
  };
  const days = async (
    hub: TestHub,
    datasets: Readonly<Record<number, readonly [number, number?][]>>,
    ticks: number[],
  ) => {
    for (const [day, committed] of Object.entries(datasets)) {
      hub.clock.set(`2026-12-0${day}T12:00:00.000Z`);
      for (const [version, resourceVersion = 1] of committed)
        await hub.dispatch(hub.commit(version, { resourceVersion, text: rows(first, second) }));
    }
    for (const day of ticks) {
      hub.clock.set(`2026-12-0${day}T18:00:20.000Z`);
      await hub.release();
      await hub.release();
    }
    await hub.deliver();
  };

  test.each([
    ['each day', { 2: [[2]] }, [2, 3], ['1 snapshot', '2 changes 1']],
    ['missed days', { 2: [[2]], 3: [[3], [4]], 5: [[5]] }, [6], ['1 snapshot', '5 changes 1']],
    ['a version that does not fit', { 2: [[2, 2]] }, [2], ['1 snapshot', '2 void']],
  ] as const)('gets the edits since what it had last: %s', async (_case, datasets, ticks, links) => {
    const hub = await aDailyHub();
    await days(hub, datasets as never, [...ticks]);
    expect(linksOf(hub.deliveries)).toEqual(links);
    expect(hub.mailboxes.notices).toHaveLength(2 - Number(links[1].endsWith('void')));
  });
  test('gets edits across a version that does not fit', async () => {
    const hub = await aDailyHub();
    await days(hub, { 1: [[2, 2]] }, [1]);
    await days(hub, { 2: [[3]] }, [2]);
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 void', '3 changes 1']);
  });
  test('gets a snapshot where nothing has fitted before', async () => {
    const hub = aHub();
    hub.store.schemas.set(datasetKey('legal-entities', 2), { fields: [], missingValues: [''] });
    hub.commit(1, { resourceVersion: 2 });
    await hub.dispatch(hub.agree({ terms: { ...changes, frequency: 'daily' } }));
    await days(hub, { 1: [[2]] }, [1]);
    await days(hub, { 2: [[3]] }, [2]);
    expect(linksOf(hub.deliveries)).toEqual(['1 void', '2 snapshot', '3 changes 2']);
  });
  test('opens with a snapshot on its first day, and goes on from there', async () => {
    const hub = await aDailyHub({ validFrom: '2026-12-03' });
    await days(hub, { 2: [[2]] }, []);
    hub.clock.set('2026-12-02T16:00:00.000Z');
    await hub.release();
    await days(hub, { 3: [[3]] }, [3]);
    expect(linksOf(hub.deliveries)).toEqual(['2 snapshot', '3 changes 2']);
  });
  test('is told again of its activation, and nothing changes', async () => {
    const hub = await aDailyHub();
    const again = hub.agree(hub.store.agreements.get(anId(1))!.value);
    await days(hub, { 1: [[2]] }, []);
    await hub.dispatch({ dynamodb: { ...again.dynamodb!, OldImage: { state: { S: 'signed' } } } });
    await days(hub, {}, [1]);
    expect(linksOf(hub.deliveries)).toEqual(['1 snapshot', '2 changes 1']);
  });
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { AgreementId, DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { Offer } from '../../schemas/contracts/offers.ts';
import { dynamoBreakingMarks, dynamoTicks } from '../../functions/adapters/dynamodb/agreements/clock.ts';
import { agreementsOnResource, readAgreement } from '../../functions/adapters/dynamodb/agreements/read.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { keyOf, type Key } from '../../functions/adapters/dynamodb/table/keys.ts';
import { anAct, anAgreement, anId, department, instant, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryAgreements } from '../support/memory/agreements.ts';
import { memoryJournal } from '../support/memory/kernel.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import { marksOf } from '../support/marks.ts';
import { due, walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem, toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { readItem, type Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { agreementsContract, type AgreementStore } from './agreements.contract.ts';

async function onMemory(): Promise<AgreementStore> {
  const journal = memoryJournal();
  const agreements = memoryAgreements(journal);
  return {
    agreements,
    giveDataset: async (id) => agreements.giveDataset(id),
    answers: journal,
    evidenceOn: async (id) => journal.evidence.filter(({ subject }) => subject.agreementId === id),
    lookAgainAt: async (id) => agreements.items.get(id)?.lookAgainAt,
    lookAtDuties: async (id) => agreements.items.get(id)?.lookAtDuties,
    due: (until) => all(agreements.ticks.due(until)),
    told: async (to) => agreements.told.filter((notice) => notice.to === to),
    close: async () => undefined,
  };
}

async function onDynamo(): Promise<AgreementStore> {
  const aws = await startLocalAws();
  return {
    agreements: dynamoAgreements(aws.table),
    giveDataset: (id) => giveDataset(aws.table, id),
    answers: dynamoAnswers(aws.table),
    evidenceOn: (id) => evidenceOn(aws.table, id),
    lookAgainAt: async (id) => (await marksOf(aws.table, 'agreement')).get(keyOf.agreement(id).pk),
    lookAtDuties: (id) => dueAt(aws.table, keyOf.duties(id)),
    due: (until) => all(dynamoTicks(aws.table).due(until)),
    told: (to) => told(aws.table, to),
    close: () => aws.stop(),
  };
}

async function giveDataset(table: Table, id: ResourceId): Promise<void> {
  const update = { UpdateExpression: 'ADD datasetVersion :one', ExpressionAttributeValues: { ':one': 1 } };
  await commit(table, [{ Update: { TableName: table.name, Key: keyOf.resource(id), ...update } }]);
}

async function all<T>(things: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const thing of things) found.push(thing);
  return found;
}

const dueAt = async (table: Table, key: Key): Promise<string | undefined> =>
  (await readItem(table, key))?.['dueSk'] as string | undefined;

async function told(table: Table, to: DepartmentId): Promise<OutgoingNotice[]> {
  const found: OutgoingNotice[] = [];
  for await (const item of due(table, 'MESSAGE', '2099-01-01T00:00:00.000Z')) {
    const notice = fromItem(OutgoingNotice, item);
    if (notice.to === to) found.push(notice);
  }
  return found;
}

async function evidenceOn(table: Table, id: AgreementId): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for await (const { item } of walk(table, {
    from: { list: `EVIDENCE#agreement#${id}`, keyOf: (position) => keyOf.evidence(position as never) },
  })) {
    found.push(fromItem(Evidence, item));
  }
  return found;
}

agreementsContract('memory', onMemory);
agreementsContract('DynamoDB', onDynamo);

describe('the agreements on a resource', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  const add = async (number: number, consumer: string, resourceId: string): Promise<Agreement> => {
    const agreement = anAgreement({
      agreementId: anId(number),
      consumer: department(consumer),
      resourceId: resource(resourceId),
    });
    const evidence = {
      evidenceId: anId(1000 + number),
      at: instant,
      act: 'agreement-proposed',
      actor: { department: agreement.consumer, session: 'x' },
      subject: {},
      digests: {},
    } as const;
    await dynamoAgreements(aws.table).add(anAct(agreement, { evidence: [evidence] }));
    return agreement;
  };

  test('are read in order of proposal, also more than are read at once, and of one consumer', async () => {
    const consumers = ['tax', 'press', 'health'];
    const expected: Agreement[] = [];
    for (let number = 1; number <= 30; number++) expected.push(await add(number, consumers[number % 3]!, 'births'));
    await add(31, 'tax', 'births-2');
    const read = async (consumer?: string) => {
      const found: Agreement[] = [];
      for await (const agreement of agreementsOnResource(
        aws.table,
        resource('births'),
        consumer === undefined ? undefined : department(consumer),
      ))
        found.push(agreement);
      return found;
    };
    expect(await read()).toEqual(expected);
    expect(await read('press')).toEqual(expected.filter(({ consumer }) => consumer === 'press'));
    expect(await read('culture')).toEqual([]);
  });
  test('one is read with the revision that counts its acts', async () => {
    const agreement = await add(40, 'tax', 'deaths');
    expect(await readAgreement(aws.table, agreement.agreementId)).toEqual({
      value: agreement,
      revision: 1,
      entries: agreement.history.length,
    });
  });
});

test('nothing is proposed on a resource that was retired at the same moment', async () => {
  const aws = await startLocalAws();
  try {
    const agreement = anAgreement({ state: 'proposed' });
    const head = toItem('resource', keyOf.resource(agreement.resourceId), { retiredAt: instant });
    await commit(aws.table, [putNew(aws.table, head)]);
    expect(await dynamoAgreements(aws.table).add(anAct(agreement))).toBe(false);
    expect(await readAgreement(aws.table, agreement.agreementId)).toBeUndefined();
  } finally {
    await aws.stop();
  }
});

test('nothing is accepted by an offer that was withdrawn or stated anew at the same moment', async () => {
  const aws = await startLocalAws();
  try {
    const agreements = dynamoAgreements(aws.table);
    const agreement = anAgreement({ state: 'agreed' });
    const { resourceId } = agreement;
    const within = { resourceId, statedAt: instant } as Offer;
    const stated = (statedAt: string) => {
      const Item = toItem('offer', keyOf.offer(resourceId), { statedAt });
      return commit(aws.table, [{ Put: { TableName: aws.table.name, Item } }]);
    };
    expect(await agreements.add({ ...anAct(agreement), within })).toBe(false);
    await stated('2026-12-01T01:00:00.001Z');
    expect(await agreements.add({ ...anAct(agreement), within })).toBe(false);
    await stated(instant);
    expect(await agreements.add({ ...anAct(agreement), within })).toBe(true);
  } finally {
    await aws.stop();
  }
});

test('a resource version that breaks agreements is there until they have been told', async () => {
  const aws = await startLocalAws();
  try {
    const mark = {
      resourceId: resource('births'),
      resourceVersion: 2,
      graceUntil: '2027-03-01',
      affected: [{ agreementId: anId(1), termsVersion: 1, fields: ['name'] }],
    };
    const indexed = { due: { partition: 'BREAKING', at: instant } } as const;
    await commit(aws.table, [putNew(aws.table, toItem('breaking', keyOf.breaking(mark.resourceId, 2), mark, indexed))]);
    const marks = dynamoBreakingMarks(aws.table);
    expect(await all(marks.due('2026-12-01T00:59:59.999Z'))).toEqual([]);
    expect(await all(marks.due(instant))).toEqual([mark]);
    await marks.forget(mark);
    await marks.forget(mark);
    expect(await all(marks.due(instant))).toEqual([]);
  } finally {
    await aws.stop();
  }
});

test('what is kept of an answer goes by itself when its days are over', async () => {
  const aws = await startLocalAws();
  try {
    const answer = { department: department('tax'), routeId: 'proposeAgreement', key: 'k', expires: 1_900_000_000 };
    const kept = { ...answer, requestDigest: 'd', status: 201, body: '{}' };
    await dynamoAgreements(aws.table).add(anAct(anAgreement(), { answer: kept }));
    const item = await readItem(aws.table, keyOf.answer(answer.department, answer.routeId, answer.key));
    expect(item?.['ttl']).toBe(answer.expires);
  } finally {
    await aws.stop();
  }
});

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import { ThemeId, type DemandId } from '../../schemas/contracts/ids.ts';
import { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { isOpenOf, readDemand } from '../../functions/adapters/dynamodb/demands/read.ts';
import { dynamoSharing } from '../../functions/adapters/dynamodb/demands/sharing.ts';
import { dynamoDemands } from '../../functions/adapters/dynamodb/demands/store.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoThemes } from '../../functions/adapters/dynamodb/demands/themes.ts';
import { aDemand, aDemandId, aTheme } from '../demands/a-demand.ts';
import { anAct, anAgreement, anId, department, instant, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryDemands } from '../support/memory/demands.ts';
import { memoryJournal } from '../support/memory/kernel.ts';
import { membersOf } from '../support/memory/notices.ts';
import { due, walk } from '../../functions/adapters/dynamodb/table/walk.ts';
import { fromItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { readItem, type Table } from '../../functions/adapters/dynamodb/table/reads.ts';
import { demandsContract, type DemandStore } from './demands.contract.ts';

async function onMemory(): Promise<DemandStore> {
  const journal = memoryJournal();
  const store = memoryDemands(journal);
  return {
    ...store,
    answers: journal,
    evidenceOn: async (id) => journal.evidence.filter(({ subject }) => subject.demandId === id),
    noticesOf: async (id) => store.told.filter(({ notice }) => membersOf(notice).demandId === id),
    close: async () => undefined,
  };
}

async function onDynamo(): Promise<DemandStore> {
  const aws = await startLocalAws();
  return {
    demands: dynamoDemands(aws.table),
    themes: dynamoThemes(aws.table),
    answers: dynamoAnswers(aws.table),
    evidenceOn: (id) => evidenceOn(aws.table, id),
    noticesOf: (id) => noticesOf(aws.table, id),
    close: () => aws.stop(),
  };
}

async function evidenceOn(table: Table, id: DemandId): Promise<Evidence[]> {
  const found: Evidence[] = [];
  const from = { list: `EVIDENCE#demand#${id}`, keyOf: (position: string) => keyOf.evidence(position as never) };
  for await (const { item } of walk(table, { from })) found.push(fromItem(Evidence, item));
  return found;
}

async function noticesOf(table: Table, id: DemandId): Promise<OutgoingNotice[]> {
  const found: OutgoingNotice[] = [];
  for await (const item of due(table, 'MESSAGE', '9999')) {
    const message = fromItem(OutgoingNotice, item);
    if (membersOf(message.notice).demandId === id) found.push(message);
  }
  return found;
}

demandsContract('memory', onMemory);
demandsContract('DynamoDB', onDynamo);

describe('demands on DynamoDB alone', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  let made = 500;
  const act = (demand: ReturnType<typeof aDemand>) => ({
    demand,
    evidence: {
      evidenceId: anId(++made),
      at: instant,
      act: 'demand-stated' as const,
      actor: { department: demand.demander, session: 'x' },
      subject: { demandId: demand.demandId },
      digests: {},
    },
    notices: [],
    answer: undefined,
  });

  test('each act leaves word for whoever looks after duties', async () => {
    const demand = aDemand({ demandId: aDemandId(1), themeId: undefined });
    expect(await dynamoDemands(aws.table).add(act(demand))).toBe('added');
    const item = await readItem(aws.table, keyOf.demandDuties(demand.demandId));
    expect(item).toMatchObject({
      kind: 'duties',
      demandId: demand.demandId,
      nextAt: instant,
      duePk: 'DUTY',
      dueSk: instant,
    });
    expect((await readDemand(aws.table, demand.demandId))?.value).toEqual(demand);
  });

  test('a theme that is defined anew has as many demands as before, and takes a thousand', async () => {
    const theme = aTheme({ themeId: ThemeId.parse('small') });
    const themes = dynamoThemes(aws.table);
    const evidence = () => ({ ...act(aDemand()).evidence, act: 'theme-defined' as const, subject: {} });
    await themes.define(theme, evidence(), 0);
    const state = (number: number) =>
      dynamoDemands(aws.table).add(act(aDemand({ demandId: aDemandId(number), themeId: theme.themeId })));
    expect(await state(10)).toBe('added');
    await themes.define({ ...theme, purpose: '防汛' }, evidence(), 1);
    expect(await readItem(aws.table, keyOf.theme(theme.themeId))).toMatchObject({ demands: 1, purpose: '防汛' });
    await aws.table.client.send(
      new (await import('@aws-sdk/lib-dynamodb')).UpdateCommand({
        TableName: aws.table.name,
        Key: keyOf.theme(theme.themeId),
        UpdateExpression: 'SET demands = :most',
        ExpressionAttributeValues: { ':most': 1000 },
      }),
    );
    expect(await state(11)).toBe('full');
    expect(await readDemand(aws.table, aDemandId(11))).toBeUndefined();
  });

  test.each([
    [
      'its demander, for the resource that is named',
      aDemand({ state: 'matched' }),
      'emergency',
      'legal-entities',
      true,
    ],
    ['its demander, for another resource', aDemand({ state: 'matched' }), 'emergency', 'streets', false],
    ['another department', aDemand({ state: 'matched' }), 'quality', 'legal-entities', false],
    ['nobody while nothing is named', aDemand(), 'emergency', 'legal-entities', false],
    ['nobody once it was withdrawn', aDemand({ state: 'withdrawn' }), 'emergency', 'legal-entities', false],
  ])('is open to a proposal by %s', async (_, demand, by, named, open) => {
    const demandId = aDemandId(++made);
    await dynamoDemands(aws.table).add(act({ ...demand, demandId, themeId: undefined }));
    expect(await isOpenOf(aws.table, demandId, department(by), resource(named))).toBe(open);
  });

  test('what is usual on a resource is told without the one who asks, and of each other department once', async () => {
    const on = resource('streets');
    for (const [number, consumer, retainDays, state] of [
      [1, 'emergency', 1, 'active'],
      [2, 'emergency', 2, 'active'],
      [3, 'tax', 30, 'active'],
      [4, 'tax', 40, 'active'],
      [5, 'press', 90, 'active'],
      [6, 'health', 900, 'suspended'],
      [7, 'health', 900, 'proposed'],
    ] as const)
      await dynamoAgreements(aws.table).add(
        anAct(
          anAgreement({
            agreementId: anId(7000 + number),
            resourceId: on,
            consumer: department(consumer),
            state,
            terms: { duties: { disposal: { retainDays } } },
          }),
        ),
      );
    const usual = await dynamoSharing(aws.table).precedents(on, department('emergency'));
    expect(usual.map(({ duties }) => duties.disposal.retainDays).toSorted((a, b) => a - b)).toEqual([40, 90]);
  });
});

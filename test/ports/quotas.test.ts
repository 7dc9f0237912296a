import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spend } from '../../functions/adapters/dynamodb/quotas.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { quotaOn, waitForDay } from '../../functions/kernel/quota.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const shanghai = 'Asia/Shanghai';
const noon = '2026-12-01T04:00:00.000Z';
const spent = async (of: string, limit: number, amount?: number, now = noon): Promise<boolean> =>
  (await commit(aws.table, [spend(aws.table, quotaOn(of, limit, shanghai, now), amount)])).committed;

test('a quota is used up exactly, however many use it at once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => spent('at-once', 5)));
  expect(outcomes.filter(Boolean)).toHaveLength(5);
  expect(await readItem(aws.table, keyOf.quota('at-once', '2026-12-01'))).toMatchObject({ used: 5, kind: 'quota' });
});

test('what asks for more than is left gets nothing, and leaves it to who asks for less', async () => {
  expect([
    await spent('left', 5, 3),
    await spent('left', 5, 3),
    await spent('left', 5, 2),
    await spent('left', 5),
  ]).toEqual([true, false, true, false]);
});

test('what asks for more than there is in a day never gets it', async () => {
  expect([await spent('too-much', 5, 6), await spent('too-much', 5, 5)]).toEqual([false, true]);
});

test('a quota that the terms lower is what it is from then on', async () => {
  expect([await spent('lowered', 5, 4), await spent('lowered', 3), await spent('lowered', 5)]).toEqual([
    true,
    false,
    true,
  ]);
});

test('a new day in the hub’s time zone has a new quota, and who has none left is told when it begins', async () => {
  const lastMoment = '2026-12-01T15:59:59.999Z';
  expect([await spent('daily', 1), await spent('daily', 1, 1, lastMoment)]).toEqual([true, false]);
  const quota = quotaOn('daily', 1, shanghai, lastMoment);
  expect([quota.day, waitForDay(quota, shanghai, lastMoment)]).toEqual(['2026-12-01', 1]);
  expect(await spent('daily', 1, 1, '2026-12-01T16:00:00.000Z')).toBe(true);
});

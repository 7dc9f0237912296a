import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { commit, putNew } from '../../functions/adapters/dynamodb/table/write.ts';
import { PAGE_BYTES, pageOf } from '../../functions/adapters/dynamodb/table/walk.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

test('a page of large items is shorter than its limit, and its cursors lead through all of them', async () => {
  const text = '数'.repeat(120_000);
  for (let number = 10; number < 30; number++)
    await commit(aws.table, [putNew(aws.table, toItem('demand', { pk: 'PAGES', sk: `LARGE#${number}` }, { text }))]);
  const listing = { from: { pk: 'PAGES', prefix: 'LARGE#' } };
  const sizes: number[] = [];
  const found: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await pageOf(aws.table, listing, { limit: 100, cursor }, (item) => item);
    sizes.push(Buffer.byteLength(JSON.stringify(page.items)));
    found.push(...page.items.map(({ sk }) => sk));
    cursor = page.cursor;
  } while (cursor !== undefined);
  expect(Math.max(...sizes)).toBeLessThan(PAGE_BYTES + 100);
  expect(sizes).toHaveLength(2);
  expect(found).toEqual(Array.from({ length: 20 }, (_, index) => `LARGE#${index + 10}`));
});

import { expect, test } from '@jest/globals';
import type { Delivery } from '../../schemas/contracts/deliveries.ts';
import { ResourceSummary } from '../../schemas/contracts/resources.ts';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { datasetsScreen } from '../../clients/cli/catalog/datasets-screen.ts';
import { deliveriesScreen } from '../../clients/cli/mailbox/deliveries-screen.ts';
import { resourceScreen } from '../../clients/cli/catalog/resource-screen.ts';
import { resourcesScreen } from '../../clients/cli/catalog/resources-screen.ts';
import { aDataset, aDefinition, anId, aResourceVersion, instant } from '../support/builders.ts';

const en: Look = { lang: 'en', tty: false, color: false, columns: 80 };
const zh: Look = { ...en, lang: 'zh' };

const summary = (changes: object) =>
  ResourceSummary.parse({
    resourceId: 'streets',
    version: 1,
    title: '街道',
    provider: 'civil-affairs',
    themes: [],
    shareType: 'unconditional',
    modes: ['delivery'],
    updateCycle: 'monthly',
    publishedAt: instant,
    ...changes,
  });
const deprecation = { retireOn: '2027-06-30', reason: '合并', at: instant, by: 'civil-affairs' };

test('a list has columns for code and end where one of its resources has them, and only then', () => {
  expect(resourcesScreen({ items: [summary({})] }, en)).toBe(`\
id       title  provider       share          update   themes  version
streets  街道   civil-affairs  unconditional  monthly                1`);
  const items = [
    summary({ category: '1-02-001', resourceCode: '102001/0003' }),
    summary({ resourceId: 'old', deprecation }),
    summary({ resourceId: 'older', category: '1-02-001', retiredAt: '2026-12-01T02:00:00.000Z' }),
  ];
  const lines = resourcesScreen({ items }, zh).split('\n');
  expect(lines[0]).toMatch(/版本 {2}资源代码 {5}下架$/);
  expect(lines[1]).toMatch(/1 {2}102001\/0003$/);
  expect(lines[2]).toMatch(/1 {15}将于 2027-06-30$/);
  expect(lines[3]).toMatch(/1 {2}1-02-001 {5}2026-12-01 \d\d:00:00[+-][\d:]+$/);
});

test.each([
  [
    'will be retired',
    { deprecation: { ...deprecation, replacedBy: 'roads' } },
    'ends         2027-06-30  合并  use roads',
  ],
  [
    'was retired',
    { retiredAt: instant, retirement: { reason: '停办', by: 'civil-affairs' } },
    /^ends {9}2026-12-01 \d\d:00:00[+-][\d:]+ {2}停办$/,
  ],
])('a resource that %s says when, why, and what to use instead', (_, life, line) => {
  const shown = { ...aResourceVersion(), resourceCode: '102001/0003', ...life } as Parameters<typeof resourceScreen>[0];
  const lines = resourceScreen({ ...shown, definition: aDefinition({ category: '1-02-001' }) }, en).split('\n');
  expect(lines).toContainEqual(expect.stringMatching(line));
  expect(lines).toContainEqual('category     1-02-001  102001/0003');
});

test('a delivery whose retention is over says so where it never got a receipt', () => {
  const delivery = {
    deliveryId: anId(1),
    resourceId: 'streets',
    datasetVersion: 1,
    provider: 'civil-affairs',
    state: 'noticed',
    retentionEndedAt: instant,
  } as unknown as Delivery;
  expect(deliveriesScreen('consumer')({ items: [delivery] }, en)).toMatch(/retention over$/);
  expect(deliveriesScreen('consumer')({ items: [delivery] }, zh)).toMatch(/保存期满$/);
  const received = { ...delivery, receivedAt: instant };
  expect(deliveriesScreen('consumer')({ items: [received] }, en)).toMatch(/2026-12-01 \d\d:00:00[+-][\d:]+$/);
});

test('datasets of what is offered for lookups say whether they are prepared for them, others do not', () => {
  const [making, made] = (['making', 'made'] as const).map((state) => ({ ...aDataset(), representation: { state } }));
  const unfit = { ...aDataset(), representation: { state: 'unfit', reason: 'too-large' } as const };
  const items = [aDataset(), making!, made!, unfit];
  const lasts = (look: Look) =>
    datasetsScreen({ items }, look)
      .split('\n')
      .map((line) => line.split(/ {2,}/).at(-1));
  expect(lasts(en)).toEqual(['for lookups', anId(500), 'being prepared', 'prepared', 'never: too large']);
  expect(lasts(zh)).toEqual(['供查询比对', anId(500), '准备中', '已就绪', '不可用：数据过大']);
  expect(datasetsScreen({ items: [aDataset()] }, en)).not.toContain('for lookups');
});

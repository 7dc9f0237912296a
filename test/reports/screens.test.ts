import { describe, expect, test } from '@jest/globals';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { benefitScreen, benefitsScreen } from '../../clients/cli/reports/benefit-screen.ts';
import { reportScreen } from '../../clients/cli/reports/report-screen.ts';
import { unusedScreen, usageScreen } from '../../clients/cli/reports/usage-screen.ts';
import { exampleOf } from '../../schemas/contracts/examples/reports.ts';
import { Benefit, PlatformReport, UnusedGrant, Usage, type ReportRow } from '../../schemas/contracts/reports.ts';

const english: Look = { lang: 'en', tty: false, color: false, columns: 200 };
const chinese: Look = { ...english, lang: 'zh' };

const report = PlatformReport.parse(exampleOf.platformReport.response);
const usage = Usage.parse(exampleOf.readUsage.response);
const grant = UnusedGrant.parse(exampleOf.listUnusedGrants.response.items[0]);
const benefit = Benefit.parse(exampleOf.stateBenefit.response);

describe('the report', () => {
  test('says the totals, then a line for each pair', () => {
    const shown = reportScreen(report, english);
    expect(shown).toContain('The exchange, 2026-12 – 2026-12');
    expect(shown).toMatch(/agreements +553 +\(proposed 12 · .*active 501/);
    expect(shown).toMatch(/deliveries +412 +\(409 on time, 3 late\)/);
    expect(shown).toContain('1,240 asked about → 1,102 found → 117 cases solved · 20,400 visits saved');
    expect(shown).toMatch(/rejected +looked up +found +compared +hits/);
    expect(shown).toMatch(/provider +consumer +deliveries +records/);
    expect(shown).toMatch(/quality +tax +412 +7,502,932/);
  });
  test('says them in Chinese', () => {
    const shown = reportScreen(report, chinese);
    expect(shown).toContain('交换情况 2026-12');
    expect(shown).toContain('（及时 409，迟到 3）');
    expect(shown).toContain('1,240 条查询比对 → 1,102 条查到 → 117 件案件办结 · ');
  });
  test('of rules has the one that rejected most first', () => {
    const rule = (name: string, violations: number) => ({
      rule: name,
      provider: grant.provider,
      violations,
      uploadsRefused: 0,
    });
    const shown = reportScreen({ ...report, by: 'rule', items: [rule('type', 2), rule('required', 30)] }, english);
    expect(shown.indexOf('required')).toBeLessThan(shown.indexOf('type'));
  });
  test('has no columns for what nobody asked, and of one row speaks of one row', () => {
    const none = { ...report.items[0]!, lookups: 0, comparisons: 0 } as ReportRow;
    expect(reportScreen({ ...report, items: [none] }, english)).not.toContain('looked up');
    const one = { ...report.totals, comparisons: 1, comparedRows: 1, comparisonHits: 1 };
    expect(reportScreen({ ...report, totals: one }, english)).toContain('(1 hit in 1 row)');
  });
  const pair = { provider: grant.provider, consumer: grant.consumer };
  test('of reasons has the one that asked most first', () => {
    const reason = (name: string, lookups: number) => ({
      reason: name,
      ...pair,
      lookups,
      keysLookedUp: lookups * 2,
      recordsShown: lookups,
    });
    const items = [reason('核查', 1), reason('执行', 20)];
    const shown = reportScreen({ ...report, by: 'reason', items }, english);
    expect(shown).toMatch(/reason +provider +consumer +calls +keys +found\n执行 +quality +tax +20 +40 +20\n核查/);
  });
  test.each([
    [english, /verify +quality +tax +2 +1,100 +900/],
    [chinese, /核验 +quality +tax +2 +1,100 +900/],
  ])('of kinds says runs, rows and hits', (look, line) => {
    const kind = { kind: 'verify' as const, ...pair, comparisons: 2, comparedRows: 1100, comparisonHits: 900 };
    expect(reportScreen({ ...report, by: 'kind', items: [kind] }, look)).toMatch(line);
  });
  test('of nothing says so', () => {
    expect(reportScreen({ ...report, items: [] }, english)).toContain('Nothing in this period.');
  });
});

describe('use', () => {
  test('says what was fetched, and names what was not', () => {
    const shown = usageScreen(usage, english);
    expect(shown).toMatch(/fetched +103 \/ 104/);
    expect(shown).toContain('All fields were read in the last 90 days.');
    expect(shown).toContain(usage.unfetched.deliveries[0]!.deliveryId);
  });
  test('names the fields that nobody read', () => {
    const shown = usageScreen({ ...usage, unreadFields: ['name'] }, english);
    expect(shown).toContain('Not read in the last 90 days: 1 of 2 fields.\n  name');
  });
  test('names ten of many deliveries and says how many are left', () => {
    const [one] = usage.unfetched.deliveries;
    const deliveries = Array.from({ length: 100 }, () => one!);
    const shown = usageScreen({ ...usage, unfetched: { ...usage.unfetched, count: 130, deliveries } }, english);
    expect(shown).toContain('and 120 older ones');
  });
  const asked: Usage = {
    ...usage,
    deliveries: 0,
    asked: {
      lookups: 2,
      keysLookedUp: 3,
      recordsShown: 1,
      comparisons: 1,
      comparedRows: 1,
      comparisonHits: 0,
      results: 1,
      resultRequests: 0,
      lastAskedAt: '2027-03-14T02:01:10.000Z',
    },
  };
  test('of lookups and comparisons says what was asked and found, and nothing of deliveries', () => {
    const shown = usageScreen(asked, english);
    expect(shown).toMatch(/lookup +2 +\(1 found of 3 keys\)/);
    expect(shown).toMatch(/comparison +1 +\(0 hits in 1 row\)/);
    expect(shown).toMatch(/results fetched +0 \/ 1/);
    expect(shown).not.toContain('last delivery');
    expect(usageScreen(asked, chinese)).toContain('（查询 3，查到 1）');
  });
  test('of lookups that nobody made says never', () => {
    const never = {
      ...asked,
      asked: { ...asked.asked!, lookups: 0, comparisons: 0, results: 0, lastAskedAt: undefined },
    };
    expect(usageScreen(never, english)).toMatch(/last asked +never/);
  });
  test.each([
    [english, 'never fetched', 'Every agreement is made use of.'],
    [chinese, '从未获取', '所有共享协议均有使用。'],
  ])('says why a grant is unused', (look, reason, none) => {
    expect(unusedScreen({ items: [grant] }, look)).toContain(reason);
    expect(unusedScreen({ items: [] }, look)).toBe(none);
  });
});

describe('benefits', () => {
  test('are shown as said, figure by figure, and nothing for what was not said', () => {
    const shown = benefitScreen(benefit, english);
    expect(shown).toMatch(/rests on +1,240 asked → 1,102 found/);
    expect(shown).toMatch(/cases solved +117/);
    expect(shown).toMatch(/yuan recovered +12,500,000/);
    expect(shown).not.toContain('hours saved');
  });
  test('stand month by month', () => {
    expect(benefitsScreen({ items: [benefit] }, english)).toMatch(
      /2026-12 +1,240 asked → 1,102 found +117 +12,500,000/,
    );
    expect(benefitsScreen({ items: [] }, chinese)).toBe('尚无成效说明。');
  });
});

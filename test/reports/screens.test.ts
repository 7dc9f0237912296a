import { describe, expect, test } from '@jest/globals';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { benefitScreen, benefitsScreen } from '../../clients/cli/reports/benefit-screen.ts';
import { reportScreen } from '../../clients/cli/reports/report-screen.ts';
import { unusedScreen, usageScreen } from '../../clients/cli/reports/usage-screen.ts';
import { exampleOf } from '../../schemas/contracts/examples/reports.ts';
import { Benefit, PlatformReport, UnusedGrant, Usage } from '../../schemas/contracts/reports.ts';

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
    expect(shown).toContain('117 cases solved · 20,400 visits saved');
    expect(shown).toMatch(/provider +consumer +deliveries +records/);
    expect(shown).toMatch(/quality +tax +412 +7,502,932/);
  });
  test('says them in Chinese', () => {
    const shown = reportScreen(report, chinese);
    expect(shown).toContain('交换情况 2026-12');
    expect(shown).toContain('（及时 409，迟到 3）');
    expect(shown).toContain('117 件案件办结');
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
    expect(shown).toMatch(/cases solved +117/);
    expect(shown).toMatch(/yuan recovered +12,500,000/);
    expect(shown).not.toContain('hours saved');
  });
  test('stand month by month', () => {
    expect(benefitsScreen({ items: [benefit] }, english)).toMatch(/2026-12 +117 +12,500,000/);
    expect(benefitsScreen({ items: [] }, chinese)).toBe('尚无成效说明。');
  });
});

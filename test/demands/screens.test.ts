import { describe, expect, test } from '@jest/globals';
import { coverageScreen } from '../../clients/cli/demands/coverage-screen.ts';
import {
  demandScreen,
  demandStepScreen,
  demandsScreen,
  matchesScreen,
} from '../../clients/cli/demands/demands-screen.ts';
import { definedScreen, themeScreen, themesScreen } from '../../clients/cli/demands/themes-screen.ts';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { DemandState, ProposedMatch, type Demand } from '../../schemas/contracts/demands.ts';
import { exampleOf } from '../../schemas/contracts/examples/demands.ts';
import { Coverage, Gap } from '../../schemas/contracts/themes.ts';
import { aDemand, aTheme } from './a-demand.ts';

const look = (lang: Look['lang']): Look => ({ lang, tty: false, color: false, columns: 80 });
const coverage = Coverage.parse(exampleOf.readCoverage.response);
const matches = exampleOf.listMatches.response.items.map((item) => ProposedMatch.parse(item));

describe.each(['en', 'zh'] as const)('in %s', (lang) => {
  test.each(DemandState.options)('a demand that is %s says so', (state) => {
    const demand: Demand = { ...aDemand(), state };
    const said = [demandScreen, demandStepScreen].map((screen) => screen(demand, look(lang)));
    for (const text of said) expect(text).toContain(demand.demandId);
    expect(demandsScreen({ items: [demand] }, look(lang))).toContain('法人单位');
  });
  test.each(Gap.options)('a need that lacks %s says so', (gap) => {
    const items = coverage.items.map((need) => ({ ...need, gap, current: false, overdue: true }));
    expect(coverageScreen({ ...coverage, items }, look(lang))).toContain('2026-12-31');
  });
  test('empty lists say so', () => {
    for (const text of [
      themesScreen({ items: [] }, look(lang)),
      demandsScreen({ items: [] }, look(lang)),
      coverageScreen({ ...coverage, items: [] }, look(lang)),
      matchesScreen({ demandId: 'ID', items: [] }, look(lang)),
    ])
      expect(text).toMatch(lang === 'en' ? /^(No|The) / : /^(没有|本主题|目录中)/);
  });
  test('themes name their lead', () => {
    expect(themesScreen({ items: [aTheme()] }, look(lang))).toContain('应急指挥');
    expect(themeScreen(aTheme(), look(lang))).toContain('district-xicheng');
    expect(definedScreen(aTheme(), look(lang))).toContain('emergency');
  });
});

test('the sheet of a theme', () => {
  expect(coverageScreen(coverage, look('en'))).toBe(
    [
      'needed    demander   resource        provider  agreed      delivered   current  lacks',
      '法人单位  emergency  legal-entities  quality   2026-12-01  2026-12-01  yes',
      '',
      '1 needs: 1 catalogued, 1 agreed, 1 delivered, 1 current, 0 overdue',
    ].join('\n'),
  );
});

test('what is proposed for a demand, and why', () => {
  expect(matchesScreen({ demandId: 'ID', items: matches }, look('en'))).toBe(
    [
      'resource        title                        provider  share        score  why',
      'legal-entities  Legal entities 法人基础信息  quality   conditional   0.83  words 法人; fields 2/2; provider is asked',
      '',
      'next  hub demand agree ID --resource legal-entities',
    ].join('\n'),
  );
});

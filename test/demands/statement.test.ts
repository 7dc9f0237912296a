import { describe, expect, test } from '@jest/globals';
import { defineTheme } from '../../functions/demands/domain/theme.ts';
import { stateDemand, type Statement } from '../../functions/demands/domain/statement.ts';
import { done, refuse } from '../../functions/kernel/outcome.ts';
import { department, instant, resource } from '../support/builders.ts';
import { aDemand, aDemandBody, aDemandId, aTheme, themeId } from './a-demand.ts';

const at = '2026-12-02T01:00:00.000Z';

describe('a demand', () => {
  const state = (body: Parameters<typeof aDemandBody>[0], changes: Partial<Statement> = {}) =>
    stateDemand({
      demandId: aDemandId(1),
      demander: department('emergency'),
      themeId,
      body: aDemandBody(body),
      resource: undefined,
      at: instant,
      ...changes,
    });
  const known = {
    resourceId: resource('legal-entities'),
    provider: department('quality'),
    shareType: 'conditional' as const,
    retired: false,
  };

  test('is open where nobody knows the resource', () => {
    expect(state({})).toEqual(done(aDemand()));
  });
  test('is matched from the start where the demander names the resource', () => {
    expect(state({ resourceId: 'legal-entities' }, { resource: known })).toEqual(done(aDemand({ state: 'matched' })));
  });
  test('says what is needed by a description alone', () => {
    expect(state({ fields: [], description: '全市危险化学品企业名录' }).ok).toBe(true);
  });
  test.each([
    ['', 'nothing-said', { fields: [] }, {}],
    ['/fields/1/name', 'repeated-field', { fields: [{ name: 'a' }, { name: 'a' }] }, {}],
    ['', 'size', { fields: Array.from({ length: 200 }, (_, index) => ({ name: `${'名'.repeat(190)}${index}` })) }, {}],
    ['/from/0', 'unknown-department', { from: ['no-such'] }, {}],
    ['/from/1', 'repeated-department', { from: ['quality', 'quality'] }, {}],
    ['/from/0', 'own-department', { from: ['emergency'] }, {}],
    ['/resourceId', 'unknown-resource', { resourceId: 'no-such' }, {}],
    ['/resourceId', 'resource-retired', { resourceId: 'legal-entities' }, { resource: { ...known, retired: true } }],
    [
      '/resourceId',
      'own-resource',
      { resourceId: 'legal-entities' },
      { resource: { ...known, provider: department('emergency') } },
    ],
    [
      '/resourceId',
      'sharing-refused',
      { resourceId: 'legal-entities' },
      { resource: { ...known, shareType: 'refused' } },
    ],
  ] as const)('is refused at %j: %s', (path, rule, body, changes) => {
    expect(state(body as never, changes as never)).toMatchObject({
      refusal: { code: 'invalid-demand', violations: [{ path, rule }] },
    });
  });
});

describe('a theme', () => {
  const emergency = { department: department('emergency'), roles: ['department'] as const };
  const eitc = { department: department('eitc'), roles: ['department', 'authority'] as const };
  const xicheng = { department: department('district-xicheng'), roles: ['department'] as const };
  const { themeId: _themeId, definedAt: _definedAt, changedAt: _changedAt, ...body } = aTheme();

  test('is created by its lead', () => {
    expect(defineTheme(undefined, { themeId, body, by: emergency, at: instant })).toEqual(done(aTheme()));
  });
  test('is changed by its lead', () => {
    const changed = { ...body, purpose: '防汛' };
    expect(defineTheme(aTheme(), { themeId, body: changed, by: emergency, at })).toEqual(
      done(aTheme({ purpose: '防汛', changedAt: at })),
    );
  });
  test('stays as it is where the same is said again', () => {
    const theme = aTheme();
    expect(defineTheme(theme, { themeId, body, by: emergency, at })).toEqual(done(theme));
  });
  test('is handed over by the authority', () => {
    const handed = { ...body, lead: department('district-xicheng') };
    expect(defineTheme(aTheme(), { themeId, body: handed, by: eitc, at })).toMatchObject(
      done({ lead: 'district-xicheng' }),
    );
  });
  test('is created by the authority for another department', () => {
    expect(defineTheme(undefined, { themeId, body, by: eitc, at: instant })).toEqual(done(aTheme()));
  });
  test.each([
    ['a member', xicheng],
    ['the authority, where it hands nothing over', eitc],
  ])('is not changed by %s', (_, by) => {
    expect(defineTheme(aTheme(), { themeId, body: { ...body, purpose: '防汛' }, by, at })).toEqual(
      refuse('not-the-lead'),
    );
  });
  test.each([
    ['/lead', 'not-the-caller', undefined, { lead: 'district-xicheng' }],
    ['/lead', 'handed-over', aTheme(), { lead: 'district-xicheng' }],
    ['/lead', 'unknown-department', undefined, { lead: 'no-such' }],
    ['/members/1', 'unknown-department', aTheme(), { members: ['press', 'no-such'] }],
    ['/members/1', 'repeated-department', aTheme(), { members: ['press', 'press'] }],
  ])('is refused at %s: %s', (path, rule, current, changes) => {
    expect(defineTheme(current, { themeId, body: { ...body, ...changes } as never, by: emergency, at })).toMatchObject({
      refusal: { code: 'invalid-theme', violations: [{ path, rule }] },
    });
  });
});

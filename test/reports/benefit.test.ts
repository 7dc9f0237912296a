import { describe, expect, test } from '@jest/globals';
import { benefitFigures, stateBenefit } from '../../functions/reports/domain/benefit.ts';
import type { Agreement, AgreementState } from '../../schemas/contracts/agreements.ts';
import type { Role } from '../../schemas/contracts/hub.ts';
import type { BenefitBody } from '../../schemas/contracts/reports.ts';
import { anAgreement, department } from '../support/builders.ts';

const body: BenefitBody = { period: '2026-12', casesSolved: 4, words: 'firms that never filed' };
const officer = (id: string, ...roles: Role[]) => ({
  department: department(id),
  roles: ['department' as const, ...roles],
});
const stating = { by: officer('tax'), at: '2027-01-10T00:00:00.000Z', timeZone: 'Asia/Shanghai', themes: ['economy'] };
const active = anAgreement({ state: 'active' });
const codeOf = (agreement: Agreement, changes: Partial<typeof stating> = {}, period = '2026-12') => {
  const outcome = stateBenefit(agreement, { ...body, period }, { ...stating, ...changes });
  return outcome.ok ? 'done' : outcome.refusal.code;
};

test('the consumer says what a month was good for', () => {
  const outcome = stateBenefit(active, body, stating);
  const { agreementId, resourceId, provider, consumer } = active;
  expect(outcome).toEqual({
    ok: true,
    value: { agreementId, resourceId, provider, consumer, ...body, statedAt: stating.at, themes: ['economy'] },
  });
});

describe('who may', () => {
  test.each([
    ['tax', [], 'done'],
    ['quality', [], 'not-the-consumer'],
    ['eitc', ['authority'], 'not-the-consumer'],
    ['press', [], 'not-found'],
  ] as const)('%s with %j: %s', (id, roles, code) => {
    expect(codeOf(active, { by: officer(id, ...roles) })).toBe(code);
  });
});

describe('in which state', () => {
  test.each<[AgreementState, string]>([
    ['proposed', 'wrong-state'],
    ['agreed', 'wrong-state'],
    ['signed', 'wrong-state'],
    ['active', 'done'],
    ['suspended', 'done'],
    ['terminated', 'done'],
    ['expired', 'done'],
  ])('%s: %s', (state, code) => {
    expect(codeOf(anAgreement({ state }))).toBe(code);
  });
});

describe('of which month', () => {
  test.each([
    ['2026-11', 'invalid-statement'],
    ['2026-12', 'done'],
    ['2027-01', 'done'],
    ['2027-02', 'invalid-statement'],
  ])('%s of an agreement filed in 2026-12, said in 2027-01: %s', (period, code) => {
    expect(codeOf(active, {}, period)).toBe(code);
  });
  test('months are those of the hub’s time zone', () => {
    expect(codeOf(active, { at: '2027-01-31T16:00:00.000Z' }, '2027-02')).toBe('done');
    expect(codeOf(active, { at: '2027-01-31T15:59:59.999Z' }, '2027-02')).toBe('invalid-statement');
  });
});

test('the evidence has the figures that were stated and no words', () => {
  const outcome = stateBenefit(active, body, stating);
  expect(outcome.ok && benefitFigures(outcome.value)).toEqual({ period: 202_612, casesSolved: 4 });
});

import { describe, expect, test } from '@jest/globals';
import type { Agreement, Holder } from '../../schemas/contracts/agreements.ts';
import { nextTick, tick } from '../../functions/agreements/domain/clock.ts';
import { comment } from '../../functions/agreements/domain/steps/comment.ts';
import { dispose } from '../../functions/agreements/domain/steps/dispose.ts';
import { answer, decide, dispute } from '../../functions/agreements/domain/steps/dispute.ts';
import { expire, terminate } from '../../functions/agreements/domain/steps/end.ts';
import { outdate } from '../../functions/agreements/domain/steps/outdate.ts';
import { restore } from '../../functions/agreements/domain/steps/restore.ts';
import { hubItself } from '../../functions/agreements/domain/standing.ts';
import { resume, suspend } from '../../functions/agreements/domain/steps/suspend.ts';
import { withdraw } from '../../functions/agreements/domain/steps/withdraw.ts';
import { amended, anAgreement, day, department, instant } from '../support/builders.ts';
import type { Officer } from '../../functions/reading/oversight.ts';
import { outcomeOf, valueOf } from './outcomes.ts';

const at = '2026-12-01T02:00:00.000Z';
const on = (today: string) => ({ at, today });
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });
const provider = officer('quality', 'department');
const consumer = officer('tax', 'department');
const authority = officer('eitc', 'department', 'authority');
const active = anAgreement({ state: 'active' });
const words = '数'.repeat(2000);

describe('a suspension', () => {
  test('says who holds it, since when and why', () => {
    expect(valueOf(suspend(active, authority, 'misuse', at))).toEqual({
      ...active,
      state: 'suspended',
      suspensions: [{ holder: 'authority', by: 'eitc', at, reason: 'misuse' }],
      history: [
        ...active.history,
        { at, by: 'eitc', action: 'suspend', holder: 'authority', termsVersion: 1, reason: 'misuse' },
      ],
    });
  });
  test('is lifted by its holder only, and the agreement is active once nobody holds it', () => {
    let agreement = active;
    for (const by of [provider, consumer, authority]) agreement = valueOf(suspend(agreement, by, 'a reason', at));
    agreement = valueOf(suspend(agreement, hubItself, 'outdated', at));
    for (const by of [consumer, authority, provider]) {
      agreement = valueOf(resume(agreement, by, 'settled', at));
      expect(agreement.state).toBe('suspended');
      expect(outcomeOf(resume(agreement, by, 'again', at))).toBe('not-suspended-by-you');
    }
    expect(agreement.suspensions.map(({ holder }) => holder)).toEqual(['clock']);
  });
  test.each<[string, Parameters<typeof anAgreement>[0], Holder]>([
    ['provider', { provider: department('eitc') }, 'provider'],
    ['consumer', { consumer: department('eitc') }, 'consumer'],
  ])('by an authority that is the %s is that of the party', (_, changes, holder) => {
    const held = valueOf(suspend(anAgreement({ state: 'active', ...changes }), authority, 'a reason', at));
    expect(held.suspensions).toMatchObject([{ holder, by: 'eitc' }]);
    expect(outcomeOf(suspend(held, authority, 'again', at))).toBe('already-suspended');
    expect(valueOf(resume(held, authority, 'settled', at))).toMatchObject({ state: 'active', suspensions: [] });
  });
  test('outlives the amendment that is negotiated meanwhile', () => {
    const held = amended(anAgreement({ state: 'suspended' }), 'proposed');
    expect(valueOf(resume(held, provider, 'repaired', at)).amendment).toEqual(held.amendment);
  });
});

describe('the end', () => {
  test('keeps the reason and who gave it', () => {
    const ended = valueOf(terminate(active, authority, 'misuse', on(day)));
    expect(ended.history.at(-1)).toEqual({ at, by: 'eitc', action: 'terminate', termsVersion: 1, reason: 'misuse' });
    expect(ended.history[0]?.at).toBe(instant);
  });
  test('of what was in force leaves a disposal to be stated, by the retention of the terms in force', () => {
    const amending = amended(
      anAgreement({ state: 'suspended', terms: { duties: { disposal: { retainDays: 30 } } } }),
      'signed',
    );
    const outdated = { resourceVersion: 2, fields: [], graceUntil: day };
    expect(valueOf(terminate({ ...amending, outdated }, consumer, 'done', on('2027-01-31')))).toMatchObject({
      state: 'terminated',
      amendment: undefined,
      suspensions: [],
      outdated: undefined,
      disposal: { owedSince: '2027-01-31', due: '2027-03-02' },
    });
  });
  test.each(['proposed', 'agreed', 'signed'] as const)('of what was only %s leaves nothing to be stated', (state) => {
    const ended = valueOf(terminate(anAgreement({ state }), consumer, 'never mind', on(day)));
    expect(ended.disposal).toBeUndefined();
    expect(outcomeOf(dispose(ended, consumer, { method: 'deleted', disposedOn: day, words: 'all' }, on(day)))).toBe(
      'nothing-owed',
    );
  });
  test('by its last day is counted from the day after it, however late the clock comes', () => {
    const ended = valueOf(expire(anAgreement({ state: 'active', terms: { validTo: '2026-11-30' } }), at));
    expect(ended).toMatchObject({ state: 'expired', disposal: { owedSince: '2026-12-01', due: '2027-12-01' } });
    expect(ended.history.at(-1)).toEqual({ at, by: 'hub', action: 'expire', termsVersion: 1 });
  });
});

describe('a disposal statement', () => {
  const ended = valueOf(terminate(active, provider, 'done', on('2026-12-10')));
  const stated = { method: 'destroyed', disposedOn: '2026-12-12', words: 'disks shredded' } as const;
  test('is kept with who made it and when, once', () => {
    const after = valueOf(dispose(ended, consumer, stated, on('2026-12-12')));
    expect(after.disposal).toEqual({ ...ended.disposal, statement: { at, by: 'tax', ...stated } });
    expect(outcomeOf(dispose(after, consumer, stated, on('2026-12-13')))).toBe('already-stated');
  });
  test.each([
    ['future', '2026-12-13'],
    ['early', '2026-12-09'],
  ])('cannot name a day that is %s', (rule, disposedOn) => {
    expect(dispose(ended, consumer, { ...stated, disposedOn }, on('2026-12-12'))).toMatchObject({
      refusal: { code: 'invalid-statement', violations: [{ path: '/disposedOn', rule }] },
    });
  });
  test('may name the very day of the end', () => {
    expect(outcomeOf(dispose(ended, consumer, { ...stated, disposedOn: '2026-12-10' }, on('2026-12-10')))).toBe(
      'terminated',
    );
  });
});

describe('a dispute', () => {
  const opened = valueOf(dispute(active, consumer, 'nothing came for two weeks', at));
  const answered = valueOf(answer(opened, provider, 'our system is being moved', at));
  const decided = valueOf(decide(answered, authority, 'by 20 February', at));
  test('is opened, answered and decided, all words in the history', () => {
    expect(opened.dispute).toEqual({ state: 'open', openedBy: 'tax', openedAt: at });
    expect([answered.dispute?.state, decided.dispute?.state]).toEqual(['answered', 'decided']);
    expect(decided.history.slice(-3).map(({ by, action, reason }) => [by, action, reason])).toEqual([
      ['tax', 'dispute', 'nothing came for two weeks'],
      ['quality', 'answer', 'our system is being moved'],
      ['eitc', 'decide', 'by 20 February'],
    ]);
  });
  test('changes nothing about what is delivered', () => {
    for (const each of [opened, answered, decided]) expect(each.state).toBe('active');
  });
  test.each([
    ['opened twice', () => dispute(opened, provider, 'too', at), 'dispute-open'],
    ['opened while the decision is awaited', () => dispute(answered, provider, 'too', at), 'dispute-open'],
    ['answered by who opened it', () => answer(opened, consumer, 'well', at), 'own-dispute'],
    ['answered twice', () => answer(answered, provider, 'well', at), 'no-dispute'],
    ['answered before there is one', () => answer(active, provider, 'well', at), 'no-dispute'],
    ['answered after the decision', () => answer(decided, provider, 'well', at), 'no-dispute'],
    ['decided before there is one', () => decide(active, authority, 'so', at), 'no-dispute'],
    ['decided twice', () => decide(decided, authority, 'so', at), 'no-dispute'],
  ])('cannot be %s', (_, take, code) => {
    expect(outcomeOf(take())).toBe(code);
  });
  test('can be decided without an answer, and opened anew after the decision', () => {
    expect(valueOf(decide(opened, authority, 'so', at)).dispute?.state).toBe('decided');
    expect(valueOf(dispute(decided, provider, 'again', at)).dispute).toEqual({
      state: 'open',
      openedBy: 'quality',
      openedAt: at,
    });
  });
  test('is not escaped by ending the agreement', () => {
    const ended = valueOf(terminate(opened, provider, 'so there', on(day)));
    expect(valueOf(decide(ended, authority, 'pay', at)).dispute?.state).toBe('decided');
    expect(outcomeOf(dispute(valueOf(decide(ended, authority, 'pay', at)), consumer, 'more', at))).toBe('wrong-state');
  });
});

describe('room', () => {
  const full: Agreement = {
    ...active,
    history: [...active.history, { at, by: department('tax'), action: 'comment', reason: 'x'.repeat(300_000) }],
  };
  test.each([
    ['a comment', comment(full, provider, 'and?', at)],
    ['a dispute', dispute(full, provider, 'and?', at)],
    ['a party’s suspension', suspend(full, provider, 'and?', at)],
    ['the authority’s suspension', suspend(full, authority, 'and?', at)],
    ['the hub’s note of a version', outdate(full, { resourceVersion: 2, fields: [], graceUntil: day }, at)],
  ])('is never asked of %s: what was said stands elsewhere', (_, outcome) => {
    expect(outcome.ok).toBe(true);
  });
  test('is there for every act that settles or ends something, with the longest reasons', () => {
    const disputed: Agreement = { ...full, dispute: { state: 'open', openedBy: department('tax'), openedAt: at } };
    let agreement = valueOf(answer(disputed, provider, words, at));
    agreement = valueOf(decide(agreement, authority, words, at));
    agreement = valueOf(suspend(agreement, hubItself, 'outdated', at));
    agreement = valueOf(withdraw(amended(agreement, 'proposed'), provider, words, at));
    agreement = valueOf(terminate(agreement, consumer, words, on(day)));
    agreement = valueOf(dispose(agreement, consumer, { method: 'deleted', disposedOn: day, words }, on(day)));
    // DynamoDB: 400 KB an item, names of attributes included.
    expect(Buffer.byteLength(JSON.stringify(agreement))).toBeLessThan(380_000);
  });
});

describe('dates', () => {
  const timeZone = 'Asia/Shanghai';
  const outdated = { resourceVersion: 2, fields: ['name'], graceUntil: '2026-12-31' };
  test.each<[string, Agreement, string | undefined]>([
    ['the end of the last day, where the hub is', active, '2027-11-30T16:00:00.000Z'],
    ['the end of the days of grace, where they end first', { ...active, outdated }, '2026-12-31T16:00:00.000Z'],
    [
      'the end of the last day once the clock holds it',
      { ...valueOf(suspend(active, hubItself, 'outdated', at)), outdated },
      '2027-11-30T16:00:00.000Z',
    ],
    ['also of what is only proposed', anAgreement(), '2027-11-30T16:00:00.000Z'],
    ['none once it is over', anAgreement({ state: 'expired' }), undefined],
    ['none where no day follows the last', anAgreement({ terms: { validTo: '9999-12-31' } }), undefined],
  ])('act next at %s', (_, agreement, expected) => {
    expect(nextTick(agreement, timeZone)).toBe(expected);
  });
  test.each<[string, Agreement, string, string]>([
    ['on the last day nothing', active, '2027-11-30', 'not-due'],
    ['after it the end', active, '2027-12-01', 'expired'],
    ['after it the end of a proposal too', anAgreement(), '2027-12-01', 'expired'],
    ['of what is over nothing', anAgreement({ state: 'terminated' }), '2030-01-01', 'not-due'],
    ['on the last day of grace nothing', { ...active, outdated }, '2026-12-31', 'not-due'],
    ['after it a suspension', { ...active, outdated }, '2027-01-01', 'suspended'],
    [
      'after it nothing more where the clock holds it',
      { ...valueOf(suspend(active, hubItself, 'outdated', at)), outdated },
      '2027-01-02',
      'not-due',
    ],
    ['of both the end', { ...active, outdated }, '2027-12-01', 'expired'],
  ])('do %s', (_, agreement, today, expected) => {
    expect(outcomeOf(tick(agreement, on(today)))).toBe(expected);
  });
  test('after the days of grace they restore what a still newer version gives again, and suspend nothing', () => {
    const after = valueOf(tick({ ...active, outdated }, on('2027-01-01'), 3));
    expect([after.state, after.outdated, after.history.at(-1)?.action]).toEqual(['active', undefined, 'restore']);
    expect(outcomeOf(tick({ ...active, outdated }, on('2026-12-31'), 3))).toBe('not-due');
  });
  test('the clock’s hold is its own, and nobody lifts it', () => {
    const held = valueOf(tick({ ...active, outdated }, on('2027-01-01')));
    expect(held.suspensions).toMatchObject([{ holder: 'clock', by: 'hub' }]);
    for (const by of [provider, consumer, authority])
      expect(outcomeOf(resume(held, by, 'please', at))).toBe('not-suspended-by-you');
  });
});

describe('a newer resource version that breaks the terms', () => {
  const newer = { resourceVersion: 2, fields: ['name'], graceUntil: '2026-12-31' };
  test('is noted with the fields and the days of grace', () => {
    const after = valueOf(outdate(active, newer, at));
    expect(after.outdated).toEqual(newer);
    expect(after.history.at(-1)).toEqual({ at, by: 'hub', action: 'outdate', termsVersion: 1, resourceVersion: 2 });
  });
  test.each([
    ['2026-12-15', '2026-12-15'],
    ['2027-06-30', '2026-12-31'],
  ])('leaves the earlier of two days of grace (%s)', (graceUntil, expected) => {
    const once = valueOf(outdate(active, newer, at));
    const twice = valueOf(outdate(once, { resourceVersion: 3, fields: ['capital'], graceUntil }, at));
    expect(twice.outdated).toEqual({ resourceVersion: 3, fields: ['capital'], graceUntil: expected });
  });
  test('is nothing to restore where there was none', () => {
    expect(outcomeOf(restore(active, 3, at))).toBe('not-outdated');
  });
  test('names as many fields as there is room for', () => {
    const fields = Array.from({ length: 1000 }, (_, number) => `field-${number}-${'x'.repeat(80)}`);
    const noted = valueOf(outdate(active, { ...newer, fields }, at)).outdated?.fields ?? [];
    expect(noted.length).toBeGreaterThan(90);
    expect(noted.join('').length).toBeLessThanOrEqual(10_000);
  });
});

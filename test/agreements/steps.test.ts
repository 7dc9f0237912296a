import { describe, expect, test } from '@jest/globals';
import { AgreementState, type Agreement } from '../../schemas/contracts/agreements.ts';
import type { Outcome } from '../../functions/kernel/outcome.ts';
import { accept } from '../../functions/agreements/domain/accept.ts';
import { file } from '../../functions/agreements/domain/file.ts';
import { sign } from '../../functions/agreements/domain/sign.ts';
import type { Officer } from '../../functions/agreements/domain/standing.ts';
import { terminate } from '../../functions/agreements/domain/terminate.ts';
import { transitions, type Step } from '../../functions/agreements/domain/transitions.ts';
import { anAgreement, day, department, instant, sha256 } from '../support/builders.ts';

const at = '2026-12-01T02:00:00.000Z';
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });

const actors = {
  provider: officer('quality', 'department'),
  consumer: officer('tax', 'department'),
  authority: officer('eitc', 'department', 'authority'),
  auditor: officer('auditor', 'auditor'),
  stranger: officer('press', 'department'),
};
type Actor = keyof typeof actors;

const take: Record<Step, (agreement: Agreement, by: Officer) => Outcome<Agreement, string>> = {
  accept: (agreement, by) => accept(agreement, by, agreement, at),
  sign: (agreement, by) => sign(agreement, by, agreement, at),
  file: (agreement, by) => file(agreement, by, 'BJ-2026-0118', at, day),
  terminate: (agreement, by) => terminate(agreement, by, 'no longer needed', at),
};

const result = (outcome: Outcome<Agreement, string>): string =>
  outcome.ok ? outcome.value.state : outcome.refusal.code;

/** For each step and actor: what comes of it in the states proposed, agreed, signed, active, terminated. */
const expected: Record<Step, Record<Actor, readonly string[]>> = {
  accept: {
    provider: ['agreed', 'wrong-state', 'wrong-state', 'wrong-state', 'wrong-state'],
    consumer: ['own-proposal', 'wrong-state', 'wrong-state', 'wrong-state', 'wrong-state'],
    authority: ['not-a-party', 'not-a-party', 'not-a-party', 'not-a-party', 'not-a-party'],
    auditor: ['not-a-party', 'not-a-party', 'not-a-party', 'not-a-party', 'not-a-party'],
    stranger: ['not-found', 'not-found', 'not-found', 'not-found', 'not-found'],
  },
  sign: {
    provider: ['wrong-state', 'agreed', 'wrong-state', 'wrong-state', 'wrong-state'],
    consumer: ['wrong-state', 'agreed', 'wrong-state', 'wrong-state', 'wrong-state'],
    authority: ['not-a-party', 'not-a-party', 'not-a-party', 'not-a-party', 'not-a-party'],
    auditor: ['not-a-party', 'not-a-party', 'not-a-party', 'not-a-party', 'not-a-party'],
    stranger: ['not-found', 'not-found', 'not-found', 'not-found', 'not-found'],
  },
  file: {
    provider: ['own-agreement', 'own-agreement', 'own-agreement', 'own-agreement', 'own-agreement'],
    consumer: ['own-agreement', 'own-agreement', 'own-agreement', 'own-agreement', 'own-agreement'],
    authority: ['wrong-state', 'wrong-state', 'active', 'wrong-state', 'wrong-state'],
    auditor: ['own-agreement', 'own-agreement', 'own-agreement', 'own-agreement', 'own-agreement'],
    stranger: ['not-found', 'not-found', 'not-found', 'not-found', 'not-found'],
  },
  terminate: {
    provider: ['terminated', 'terminated', 'terminated', 'terminated', 'wrong-state'],
    consumer: ['terminated', 'terminated', 'terminated', 'terminated', 'wrong-state'],
    authority: ['terminated', 'terminated', 'terminated', 'terminated', 'wrong-state'],
    auditor: ['not-found', 'not-found', 'not-found', 'not-found', 'not-found'],
    stranger: ['not-found', 'not-found', 'not-found', 'not-found', 'not-found'],
  },
};

const cases = (Object.keys(transitions) as Step[]).flatMap((step) =>
  (Object.keys(actors) as Actor[]).flatMap((actor) =>
    AgreementState.options.map((state, column) => ({ step, actor, state, outcome: expected[step][actor][column] })),
  ),
);

describe('every step in every state by everyone', () => {
  test.each(cases)('$step of a $state agreement by $actor: $outcome', ({ step, actor, state, outcome }) => {
    expect(result(take[step](anAgreement({ state }), actors[actor]))).toBe(outcome);
  });
});

test('no step changes the agreement that it is given', () => {
  for (const { step, actor, state } of cases) {
    const agreement = anAgreement({ state });
    take[step](agreement, actors[actor]);
    expect(agreement).toEqual(anAgreement({ state }));
  }
});

describe('acceptance', () => {
  test('leaves everything but state and history as it was', () => {
    const proposed = anAgreement();
    expect(accept(proposed, actors.provider, { termsVersion: 1 }, at)).toEqual({
      ok: true,
      value: {
        ...proposed,
        state: 'agreed',
        history: [...proposed.history, { at, by: 'quality', action: 'accept', termsVersion: 1 }],
      },
    });
  });
  test.each([
    ['an older', 1],
    ['a future', 3],
  ])('is refused for %s terms version', (_, termsVersion) => {
    expect(result(accept(anAgreement({ termsVersion: 2 }), actors.provider, { termsVersion }, at))).toBe(
      'terms-changed',
    );
  });
  test('is the consumer’s where the provider made the last proposal', () => {
    const countered = anAgreement({ proposedBy: department('quality') });
    expect(result(accept(countered, actors.provider, countered, at))).toBe('own-proposal');
    expect(result(accept(countered, actors.consumer, countered, at))).toBe('agreed');
  });
});

describe('signatures', () => {
  const agreed = anAgreement({ state: 'agreed' });
  const signedBy = (by: Officer) => {
    const outcome = sign(agreed, by, agreed, at);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.value;
  };
  test.each<[Actor, Actor]>([
    ['provider', 'consumer'],
    ['consumer', 'provider'],
  ])('%s first, then %s: only the second makes it signed', (first, second) => {
    const once = signedBy(actors[first]);
    expect(once).toMatchObject({ state: 'agreed', signatures: [actors[first].department] });
    const twice = sign(once, actors[second], once, at);
    expect(twice).toMatchObject({
      ok: true,
      value: { state: 'signed', signatures: [actors[first].department, actors[second].department] },
    });
    expect(twice.ok && twice.value.history.slice(-2)).toEqual([
      { at, by: actors[first].department, action: 'sign', termsVersion: 1 },
      { at, by: actors[second].department, action: 'sign', termsVersion: 1 },
    ]);
  });
  test.each<Actor>(['provider', 'consumer'])('a second one of the same party (%s) counts for nothing', (actor) => {
    const once = signedBy(actors[actor]);
    expect(result(sign(once, actors[actor], once, at))).toBe('already-signed');
  });
  test.each([
    ['terms-changed', { termsVersion: 2, termsDigest: agreed.termsDigest }],
    ['digest-differs', { termsVersion: 1, termsDigest: sha256 }],
  ])('%s', (code, named) => {
    expect(result(sign(agreed, actors.consumer, named, at))).toBe(code);
  });
});

describe('filing', () => {
  const signed = anAgreement({ state: 'signed' });
  test('keeps the number, also in the history', () => {
    expect(file(signed, actors.authority, 'BJ-1', at, day)).toEqual({
      ok: true,
      value: {
        ...signed,
        state: 'active',
        filingNumber: 'BJ-1',
        history: [...signed.history, { at, by: 'eitc', action: 'file', termsVersion: 1, filingNumber: 'BJ-1' }],
      },
    });
  });
  test.each([
    ['consumes', { consumer: department('eitc') }],
    ['provides', { provider: department('eitc') }],
    ['drafted', { proposedBy: department('eitc') }],
  ])('is not for the authority where it %s', (_, changes) => {
    for (const state of AgreementState.options) {
      expect(result(file(anAgreement({ state, ...changes }), actors.authority, 'BJ-1', at, day))).toBe('own-agreement');
    }
  });
  test('is not for the drafter of an earlier terms version either', () => {
    const [terms] = signed.terms;
    const redrafted: Agreement = {
      ...signed,
      termsVersion: 2,
      terms: [
        { ...terms!, proposedBy: department('eitc') },
        { ...terms!, version: 2 },
      ],
    };
    expect(result(file(redrafted, actors.authority, 'BJ-1', at, day))).toBe('own-agreement');
  });
  test.each([
    ['the day before the last', '2026-12-02', 'active'],
    ['the last day itself', '2026-12-01', 'active'],
    ['the day after', '2026-11-30', 'no-longer-valid'],
  ])('on %s', (_, validTo, outcome) => {
    expect(result(file(anAgreement({ state: 'signed', terms: { validTo } }), actors.authority, 'BJ-1', at, day))).toBe(
      outcome,
    );
  });
  test('is possible before the first day of validity', () => {
    expect(
      result(
        file(anAgreement({ state: 'signed', terms: { validFrom: '2027-01-01' } }), actors.authority, 'BJ-1', at, day),
      ),
    ).toBe('active');
  });
});

test('termination keeps the reason and who gave it', () => {
  const outcome = terminate(anAgreement({ state: 'active' }), actors.authority, 'misuse', at);
  expect(outcome.ok && outcome.value.history.at(-1)).toEqual({
    at,
    by: 'eitc',
    action: 'terminate',
    termsVersion: 1,
    reason: 'misuse',
  });
  expect(outcome.ok && outcome.value.history[0]?.at).toBe(instant);
});

import { describe, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { accept } from '../../functions/agreements/domain/steps/accept.ts';

import { counter } from '../../functions/agreements/domain/steps/counter.ts';
import { file } from '../../functions/agreements/domain/steps/file.ts';
import { MAX_OWN_BYTES } from '../../functions/agreements/domain/room.ts';
import { shownTo } from '../../functions/agreements/domain/shown.ts';
import { sign, type Signatory } from '../../functions/agreements/domain/steps/sign.ts';
import { suspend } from '../../functions/agreements/domain/steps/suspend.ts';
import { termsDigest } from '../../functions/agreements/domain/terms/terms.ts';
import { withdraw } from '../../functions/agreements/domain/steps/withdraw.ts';
import {
  aDefinition,
  aResourceVersion,
  amended,
  anAgreement,
  day,
  department,
  sha256,
  terms,
} from '../support/builders.ts';
import type { Officer } from '../../functions/reading/oversight.ts';
import { outcomeOf, valueOf } from './outcomes.ts';

const at = '2026-12-01T02:00:00.000Z';
const now = { at, today: day };
const officer = (id: string, ...roles: Officer['roles']): Officer => ({ department: department(id), roles });
const provider = officer('quality', 'department');
const consumer = officer('tax', 'department');
const authority = officer('eitc', 'department', 'authority');
const as = (by: Officer, session = 'li', approvers: 1 | 2 = 1): Signatory => ({ ...by, session, approvers });

const countered = (
  agreement: Agreement,
  by: Officer,
  changes: Parameters<typeof terms>[0] = {},
  resource = aResourceVersion(),
) => counter(agreement, by, { terms: terms(changes), resource }, now);

describe('acceptance', () => {
  test('leaves everything but state and history as it was', () => {
    const proposed = anAgreement();
    expect(valueOf(accept(proposed, provider, { termsVersion: 1 }, at))).toEqual({
      ...proposed,
      state: 'agreed',
      history: [...proposed.history, { at, by: 'quality', action: 'accept', termsVersion: 1 }],
    });
  });
  test.each([
    ['an older', 1],
    ['a future', 3],
  ])('is refused for %s terms version', (_, termsVersion) => {
    expect(outcomeOf(accept(anAgreement({ termsVersion: 2 }), provider, { termsVersion }, at))).toBe('terms-changed');
  });
  test('is the consumer’s where the provider made the last proposal', () => {
    const offer = valueOf(countered(anAgreement(), provider));
    expect(outcomeOf(accept(offer, provider, offer, at))).toBe('own-proposal');
    expect(outcomeOf(accept(offer, consumer, offer, at))).toBe('agreed');
  });
  test('of an amendment leaves the terms in force as they are', () => {
    const before = amended(anAgreement({ state: 'active' }), 'proposed');
    expect(outcomeOf(accept(before, provider, before, at))).toBe('terms-changed');
    const after = valueOf(accept(before, provider, { termsVersion: 2 }, at));
    expect(after).toEqual({
      ...before,
      amendment: { ...before.amendment, state: 'agreed' },
      history: [...before.history, { at, by: 'quality', action: 'accept', termsVersion: 2 }],
    });
  });
});

describe('a counter-offer', () => {
  test.each(['proposed', 'agreed'] as const)(
    'takes the place of terms that are %s, and signatures of those fall',
    (state) => {
      const before: Agreement = {
        ...anAgreement({ state }),
        signatures: state === 'agreed' ? [department('tax')] : [],
      };
      const resource = aResourceVersion({ version: 4 });
      const after = valueOf(countered(before, provider, { frequency: 'daily' }, resource));
      const digest = termsDigest({ ...before, resourceVersion: 4, termsVersion: 2 }, terms({ frequency: 'daily' }));
      expect(after).toEqual({
        ...before,
        state: 'proposed',
        resourceVersion: 4,
        termsVersion: 2,
        termsDigest: digest,
        signatures: [],
        terms: [
          ...before.terms,
          {
            version: 2,
            resourceVersion: 4,
            proposedBy: 'quality',
            proposedAt: at,
            digest,
            terms: terms({ frequency: 'daily' }),
          },
        ],
        history: [...before.history, { at, by: 'quality', action: 'counter', termsVersion: 2 }],
      });
    },
  );
  test.each(['active', 'suspended'] as const)(
    'on an agreement that is %s begins an amendment and changes nothing in force',
    (state) => {
      const before = anAgreement({ state });
      const after = valueOf(countered(before, consumer, { frequency: 'daily' }, aResourceVersion({ version: 2 })));
      const { terms: versions, history, amendment, ...rest } = after;
      const { terms: _terms, history: _history, ...restBefore } = before;
      expect(rest).toEqual(restBefore);
      expect(versions).toHaveLength(2);
      expect(history.at(-1)).toEqual({ at, by: 'tax', action: 'counter', termsVersion: 2 });
      expect(amendment).toEqual({
        state: 'proposed',
        termsVersion: 2,
        termsDigest: versions[1]?.digest,
        resourceVersion: 2,
        signatures: [],
        approvals: [],
        consents: [],
      });
    },
  );
  test('replaces an amendment, whatever it had come to, and is numbered on', () => {
    const before = amended(anAgreement({ state: 'active' }), 'signed');
    const after = valueOf(countered(before, provider));
    expect(after.amendment).toMatchObject({ state: 'proposed', termsVersion: 3, signatures: [] });
    expect(after.terms.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(after.termsVersion).toBe(1);
  });
  test('after a withdrawal never takes a number again', () => {
    const withdrawn = valueOf(withdraw(amended(anAgreement({ state: 'active' }), 'proposed'), provider, 'not now', at));
    expect(valueOf(countered(withdrawn, consumer)).amendment?.termsVersion).toBe(3);
  });
  test.each([
    ['sharing-refused', {}, { shareType: 'refused' as const, legalBasis: '保密法' }],
    ['invalid-terms', { fields: ['nonsense'] }, {}],
    ['invalid-terms', { validTo: '2026-11-30' }, {}],
  ])('is held to what a proposal is: %s', (code, changes, definition) => {
    const resource = aResourceVersion({ definition: aDefinition(definition) });
    expect(outcomeOf(countered(anAgreement(), provider, changes, resource))).toBe(code);
  });
  test('is refused to the party whose share of an agreement is used up, and to no other', () => {
    const long = { value: 'x'.repeat(MAX_OWN_BYTES / 2), field: 'division', op: 'prefix' as const };
    let agreement = valueOf(countered(anAgreement(), provider, { filter: [long] }));
    expect(outcomeOf(countered(agreement, provider, { filter: [long] }))).toBe('negotiation-too-long');
    agreement = valueOf(countered(agreement, consumer, { filter: [long] }));
    expect(outcomeOf(accept(agreement, provider, agreement, at))).toBe('agreed');
  });
  test('costs a little of the share, however short it is: each can be accepted, signed and filed', () => {
    let agreement = anAgreement();
    let counters = 0;
    for (;;) {
      const outcome = countered(agreement, provider, { purpose: String(counters) });
      if (!outcome.ok) break;
      agreement = outcome.value;
      counters++;
    }
    expect(counters).toBeGreaterThan(50);
    expect(counters).toBeLessThan(140);
    expect(countered(agreement, consumer, {}).ok).toBe(true);
  });
});

describe('signatures', () => {
  const agreed = anAgreement({ state: 'agreed' });
  test.each([
    [provider, consumer],
    [consumer, provider],
  ])('%j first: only the second makes it signed', (first, second) => {
    const once = valueOf(sign(agreed, as(first), agreed, at));
    expect(once).toMatchObject({ state: 'agreed', signatures: [first.department], approvals: [] });
    expect(outcomeOf(sign(once, as(first), once, at))).toBe('already-signed');
    const twice = valueOf(sign(once, as(second), once, at));
    expect(twice).toMatchObject({ state: 'signed', signatures: [first.department, second.department] });
    expect(twice.history.slice(-2)).toEqual([
      { at, by: first.department, action: 'sign', termsVersion: 1 },
      { at, by: second.department, action: 'sign', termsVersion: 1 },
    ]);
  });
  test.each([
    ['terms-changed', { termsVersion: 2, termsDigest: agreed.termsDigest }],
    ['digest-differs', { termsVersion: 1, termsDigest: sha256 }],
  ])('%s', (code, named) => {
    expect(outcomeOf(sign(agreed, as(consumer), named, at))).toBe(code);
    expect(outcomeOf(sign(agreed, as(consumer, 'li', 2), named, at))).toBe(code);
  });
  test('name the whole digest: one that differs in any one character signs nothing', () => {
    for (let index = 0; index < agreed.termsDigest.length; index += 1) {
      const other = agreed.termsDigest[index] === 'A' ? 'B' : 'A';
      const termsDigest = agreed.termsDigest.slice(0, index) + other + agreed.termsDigest.slice(index + 1);
      expect(outcomeOf(sign(agreed, as(consumer), { termsVersion: 1, termsDigest }, at))).toBe('digest-differs');
    }
  });
  test('of an amendment bind to its digest, not to that of the terms in force', () => {
    const amending = amended(anAgreement({ state: 'active' }), 'agreed');
    expect(outcomeOf(sign(amending, as(consumer), amending, at))).toBe('terms-changed');
    const signed = valueOf(sign(amending, as(consumer), amending.amendment!, at));
    expect(signed.amendment?.signatures).toEqual(['tax']);
    expect(signed.signatures).toEqual(amending.signatures);
  });

  describe('of a department that signs with two officers', () => {
    const first = valueOf(sign(agreed, as(consumer, 'li', 2), agreed, at));
    test('the first one’s is an approval', () => {
      expect(first).toMatchObject({
        state: 'agreed',
        signatures: [],
        approvals: [{ department: 'tax', approver: 'li', at }],
      });
      expect(first.history.at(-1)).toEqual({ at, by: 'tax', action: 'approve', termsVersion: 1 });
    });
    test.each(['li', 'Li', 'LI'])('the same one’s again counts for nothing, as %s either', (session) => {
      expect(outcomeOf(sign(first, as(consumer, session, 2), first, at))).toBe('already-approved');
    });
    test.each(['botocore-session-1796000000', 'i-0123456789abcdef0'])(
      'one of a session that names nobody is refused, the first as the second: %s',
      (session) => {
        expect(outcomeOf(sign(agreed, as(consumer, session, 2), agreed, at))).toBe('officer-unknown');
        expect(outcomeOf(sign(first, as(consumer, session, 2), first, at))).toBe('officer-unknown');
      },
    );
    test('one that was given by nobody known counts for nothing', () => {
      const approvals = [{ department: department('tax'), approver: 'aws-sdk-js-1796000000000', at }];
      const second = valueOf(sign({ ...agreed, approvals }, as(consumer, 'wang', 2), agreed, at));
      expect(second.signatures).toEqual([]);
      expect(valueOf(sign(second, as(consumer, 'li', 2), second, at)).signatures).toEqual(['tax']);
    });
    test('with one officer any session signs', () => {
      const session = 'aws-sdk-js-1796000000000';
      expect(valueOf(sign(agreed, as(consumer, session), agreed, at)).signatures).toEqual(['tax']);
    });
    test('another one’s completes the signature', () => {
      const second = valueOf(sign(first, as(consumer, 'wang', 2), first, at));
      expect(second).toMatchObject({ state: 'agreed', signatures: ['tax'] });
      expect(second.approvals.map(({ approver }) => approver)).toEqual(['li', 'wang']);
      expect(second.history.at(-1)?.action).toBe('sign');
      expect(outcomeOf(sign(second, as(provider), second, at))).toBe('signed');
    });
    test('an officer of the other party with the same session name completes nothing', () => {
      expect(valueOf(sign(first, as(provider, 'li', 2), first, at)).signatures).toEqual([]);
    });
    test('a counter-offer makes them approve anew', () => {
      const again = valueOf(countered(first, provider));
      expect(again).toMatchObject({ state: 'proposed', approvals: [] });
    });
    test('who approved is shown to its own department only, that somebody did to the other party', () => {
      const amending: Agreement = {
        ...first,
        amendment: { ...amended(first, 'agreed').amendment!, approvals: first.approvals },
      };
      expect(shownTo(amending, consumer)).toEqual(amending);
      expect(shownTo(amending, provider).amendment?.approvals).toEqual([{ department: 'tax', at }]);
      for (const reader of [provider, authority, officer('auditor', 'auditor')])
        expect(JSON.stringify(shownTo(amending, reader))).not.toContain('li"');
    });
  });
});

describe('filing', () => {
  const signed = anAgreement({ state: 'signed' });
  test('keeps the number, also in the history', () => {
    expect(valueOf(file(signed, authority, 'BJ-1', now))).toEqual({
      ...signed,
      state: 'active',
      filingNumber: 'BJ-1',
      history: [...signed.history, { at, by: 'eitc', action: 'file', termsVersion: 1, filingNumber: 'BJ-1' }],
    });
  });
  test('is not for the drafter of a terms version that is no longer on the table either', () => {
    const [first] = signed.terms;
    const redrafted: Agreement = {
      ...signed,
      termsVersion: 2,
      terms: [
        { ...first!, proposedBy: department('eitc') },
        { ...first!, version: 2 },
      ],
    };
    expect(outcomeOf(file(redrafted, authority, 'BJ-1', now))).toBe('own-agreement');
  });
  test.each([
    ['the day before the last', '2026-12-02', 'active'],
    ['the last day itself', '2026-12-01', 'active'],
    ['the day after', '2026-11-30', 'no-longer-valid'],
  ])('on %s', (_, validTo, outcome) => {
    expect(outcomeOf(file(anAgreement({ state: 'signed', terms: { validTo } }), authority, 'BJ-1', now))).toBe(outcome);
    const amending = amended(anAgreement({ state: 'active' }), 'signed', { validTo });
    expect(outcomeOf(file(amending, authority, 'BJ-2', now))).toBe(outcome);
  });
  test('is possible before the first day of validity', () => {
    const early = anAgreement({ state: 'signed', terms: { validFrom: '2027-01-01' } });
    expect(outcomeOf(file(early, authority, 'BJ-1', now))).toBe('active');
  });

  describe('of an amendment', () => {
    const outdated = { resourceVersion: 2, fields: ['name'], graceUntil: '2026-11-30' };
    const clock = { holder: 'clock', by: 'hub', at, reason: 'older version' } as const;

    test('puts its terms in the place of those in force', () => {
      const before = amended(anAgreement({ state: 'active' }), 'signed');
      const after = valueOf(file(before, authority, 'BJ-2', now));
      const { state: _state, ...negotiated } = before.amendment!;
      expect(after).toEqual({
        ...before,
        ...negotiated,
        filingNumber: 'BJ-2',
        amendment: undefined,
        history: [...before.history, { at, by: 'eitc', action: 'file', termsVersion: 2, filingNumber: 'BJ-2' }],
      });
    });
    test('lifts what the clock holds, and what is outdated no longer is', () => {
      const before = { ...amended(anAgreement({ state: 'active' }), 'signed'), outdated, suspensions: [clock] };
      const after = valueOf(file({ ...before, state: 'suspended' }, authority, 'BJ-2', now));
      expect(after).toMatchObject({ state: 'active', suspensions: [], termsVersion: 2 });
      expect(after.outdated).toBeUndefined();
    });
    test('leaves suspended what anybody else holds', () => {
      const held = amended(anAgreement({ state: 'suspended' }), 'signed');
      const after = valueOf(file(held, authority, 'BJ-2', now));
      expect(after).toMatchObject({ state: 'suspended', termsVersion: 2 });
      expect(after.suspensions).toEqual(held.suspensions);
    });
  });
});

test('a withdrawn amendment leaves the agreement as it was, with both words in the history', () => {
  const before = anAgreement({ state: 'active' });
  const after = valueOf(withdraw(amended(before, 'agreed'), provider, 'next year', at));
  expect({ ...after, terms: before.terms }).toEqual({
    ...before,
    amendment: undefined,
    history: [...before.history, { at, by: 'quality', action: 'withdraw', termsVersion: 2, reason: 'next year' }],
  });
});

test('an agreement can be amended while it is suspended, and stays so', () => {
  const held = valueOf(suspend(anAgreement({ state: 'active' }), authority, 'misuse', at));
  const amending = valueOf(countered(held, provider));
  const agreed = valueOf(accept(amending, consumer, amending.amendment!, at));
  const once = valueOf(sign(agreed, as(provider), agreed.amendment!, at));
  const signed = valueOf(sign(once, as(consumer), once.amendment!, at));
  expect(valueOf(file(signed, authority, 'BJ-2', now))).toMatchObject({
    state: 'suspended',
    termsVersion: 2,
    resourceVersion: 1,
  });
});

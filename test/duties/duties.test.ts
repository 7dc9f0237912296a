import { describe, expect, test } from '@jest/globals';
import type { AgreementCase } from '../../functions/duties/domain/agreement-case.ts';
import { dutiesOf, dutiesOfDemand } from '../../functions/duties/domain/duties.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { DutyId } from '../../schemas/contracts/duties.ts';
import { deadlines } from '../../schemas/registry/deadlines.ts';
import { amended, anAgreement, comparisonTerms, day, department, instant, lookupTerms } from '../support/builders.ts';
import { acted, aStoredDemand, inWords, onDay, timeZone } from './cases.ts';

const [quality, tax, eitc] = [department('quality'), department('tax'), department('eitc')];
const police = department('public-security');
const delivered = { delivered: true, datasetAt: instant } as const;
const disputed = (state: 'open' | 'answered' | 'decided', agreement = anAgreement({ state: 'active' })): Agreement => ({
  ...acted(agreement, { action: 'dispute', by: tax }),
  dispute: { state, openedBy: tax, openedAt: instant },
});
const outdated = (agreement: Agreement): Agreement => ({
  ...acted(agreement, { action: 'outdate', by: 'hub' }),
  outdated: { resourceVersion: 2, fields: ['name'], graceUntil: '2027-03-01' },
});
/** Terms that grant a field of the police. */
const asking = (state: 'asked' | 'given' | 'refused', day?: string): Agreement =>
  anAgreement({
    state: 'signed',
    consents: [{ department: police, state, ...(state !== 'asked' && { at: `${day ?? '2026-12-03'}T01:00:00.000Z` }) }],
  });
/** The provider put other terms in the place of the consumer's. */
function countered(agreement: Agreement): Agreement {
  const [first] = agreement.terms;
  if (!first) throw new Error('an agreement has terms');
  return { ...agreement, termsVersion: 2, terms: [first, { ...first, version: 2, proposedBy: quality }] };
}
const accepted = (agreement: Agreement) => acted(agreement, { action: 'accept', by: quality });
const signed = (agreement: Agreement) => acted(agreement, { action: 'sign', by: quality });

describe('what is owed', () => {
  test.each<[string, AgreementCase, readonly string[]]>([
    [
      'the reply to a conditional request within 10 working days',
      onDay(anAgreement()),
      ['reply-to-request quality>tax 2026-12-01..2026-12-15'],
    ],
    [
      'the reply to an unconditional request within one',
      onDay(anAgreement(), '2026-12-01', { shareType: 'unconditional' }),
      ['reply-to-request quality>tax 2026-12-01..2026-12-02'],
    ],
    [
      'a reply that did not come, from the day after the last',
      onDay(anAgreement(), '2026-12-16'),
      ['reply-to-request quality>tax 2026-12-01..2026-12-15!'],
    ],
    [
      'the reply to a counter-offer by the consumer',
      onDay(anAgreement({ proposedBy: quality })),
      ['reply-to-request tax>quality 2026-12-01..2026-12-15'],
    ],
    [
      'the reply of a consumer that asked for nothing within 10, whatever the share type',
      onDay(anAgreement({ proposedBy: quality }), '2026-12-01', { shareType: 'unconditional' }),
      ['reply-to-request tax>quality 2026-12-01..2026-12-15'],
    ],
    [
      'its reply to a counter-offer to what it did ask for within one',
      onDay(countered(anAgreement()), '2026-12-01', { shareType: 'unconditional' }),
      ['reply-to-request tax>quality 2026-12-01..2026-12-02'],
    ],
    [
      'signatures of both, and the first delivery counted from consent',
      onDay(anAgreement({ state: 'agreed' })),
      [
        'sign quality>tax 2026-12-01..2026-12-08',
        'sign tax>quality 2026-12-01..2026-12-08',
        'first-delivery quality>tax 2026-12-01..2026-12-29',
      ],
    ],
    [
      'the signature of whoever has not signed',
      onDay({ ...anAgreement({ state: 'agreed' }), signatures: [tax] }),
      ['sign quality>tax 2026-12-01..2026-12-08', 'first-delivery quality>tax 2026-12-01..2026-12-29'],
    ],
    [
      'filing by the authority',
      onDay(anAgreement({ state: 'signed' })),
      ['file eitc>quality+tax 2026-12-01..2026-12-08', 'first-delivery quality>tax 2026-12-01..2026-12-29'],
    ],
    [
      'the consent of whose fields are granted, before which nothing is to be filed',
      onDay(asking('asked')),
      [
        'consent public-security>quality+tax 2026-12-01..2026-12-15',
        'first-delivery quality>tax 2026-12-01..2026-12-29',
      ],
    ],
    [
      'filing from the last consent on',
      onDay(asking('given')),
      ['file eitc>quality+tax 2026-12-03..2026-12-10', 'first-delivery quality>tax 2026-12-01..2026-12-29'],
    ],
    [
      'no filing of what somebody objects to',
      onDay(asking('refused')),
      ['first-delivery quality>tax 2026-12-01..2026-12-29'],
    ],
    [
      'no filing by an authority that is a party or drafted',
      onDay(anAgreement({ state: 'signed', proposedBy: eitc })),
      ['first-delivery quality>tax 2026-12-01..2026-12-29'],
    ],
    [
      'the first delivery not before the first day of validity',
      onDay(anAgreement({ state: 'active', terms: { validFrom: '2027-02-01' } })),
      ['first-delivery quality>tax 2026-12-01..2027-02-01'],
    ],
    [
      'the next dataset, and the receipt for the oldest delivery',
      onDay(anAgreement({ state: 'active' }), '2026-12-01', { ...delivered, unreceivedSince: instant }),
      ['provide quality>tax 2026-12-01..2026-12-03', 'receive tax>quality 2026-12-01..2026-12-15'],
    ],
    [
      'no delivery where records are looked up',
      onDay(anAgreement({ state: 'signed', terms: lookupTerms() })),
      ['file eitc>quality+tax 2026-12-01..2026-12-08'],
    ],
    [
      'the first dataset that can be asked about, as a first delivery',
      onDay(anAgreement({ state: 'active', terms: comparisonTerms() })),
      ['provide quality>tax 2026-12-01..2026-12-29'],
    ],
    [
      'the next dataset that can be asked about',
      onDay(anAgreement({ state: 'active', terms: lookupTerms() }), '2026-12-01', { datasetAt: instant }),
      ['provide quality>tax 2026-12-01..2026-12-03'],
    ],
    [
      'the receipt for the result of a comparison',
      onDay(anAgreement({ state: 'active', terms: comparisonTerms() }), '2026-12-01', {
        ...delivered,
        updateCycle: 'irregular',
        unreceivedSince: instant,
      }),
      ['receive tax>quality 2026-12-01..2026-12-15'],
    ],
    [
      'the word on a list, within three working days',
      onDay(anAgreement({ state: 'active', terms: comparisonTerms({ approval: 'provider' }) }), '2026-12-04', {
        ...delivered,
        updateCycle: 'irregular',
        listWaiting: { since: '2026-12-04T01:00:00.000Z', until: '2026-12-11T01:00:00.000Z' },
      }),
      ['decide-comparison quality>tax 2026-12-04..2026-12-09'],
    ],
    [
      'the word on a list before it expires, over a week of holidays',
      onDay(anAgreement({ state: 'active', terms: comparisonTerms({ approval: 'provider' }) }), '2026-09-30', {
        ...delivered,
        updateCycle: 'irregular',
        listWaiting: { since: '2026-09-30T01:00:00.000Z', until: '2026-10-07T01:00:00.000Z' },
      }),
      ['decide-comparison quality>tax 2026-09-30..2026-10-06'],
    ],
    [
      'no word on a list while the agreement is suspended',
      onDay(anAgreement({ state: 'suspended', terms: comparisonTerms({ approval: 'provider' }) }), '2026-12-04', {
        ...delivered,
        listWaiting: { since: instant, until: '2026-12-08T01:00:00.000Z' },
      }),
      [],
    ],
    [
      'the next dataset by a working day',
      onDay(anAgreement({ state: 'active' }), '2026-12-04', { ...delivered, datasetAt: '2026-12-04T01:00:00.000Z' }),
      ['provide quality>tax 2026-12-04..2026-12-07'],
    ],
    [
      'the next dataset of a resource that is updated in real time, the day after',
      onDay(anAgreement({ state: 'active' }), '2026-12-01', { ...delivered, updateCycle: 'realtime' }),
      ['provide quality>tax 2026-12-01..2026-12-02'],
    ],
    [
      'no more datasets than were agreed',
      onDay(anAgreement({ state: 'active', terms: { frequency: 'weekly' } }), '2026-12-01', delivered),
      ['provide quality>tax 2026-12-01..2026-12-10'],
    ],
    [
      'a dataset that did not come',
      onDay(anAgreement({ state: 'active' }), '2026-12-04', delivered),
      ['provide quality>tax 2026-12-01..2026-12-03!'],
    ],
    [
      'no dataset of a resource that is updated at irregular times',
      onDay(anAgreement({ state: 'active' }), '2027-06-01', { ...delivered, updateCycle: 'irregular' }),
      [],
    ],
    [
      'nothing but time under a suspended agreement',
      onDay(anAgreement({ state: 'suspended' }), '2026-12-20', { ...delivered, unreceivedSince: instant }),
      [],
    ],
    [
      'the thought of renewal, 30 days ahead, which is never overdue',
      onDay(anAgreement({ state: 'suspended', terms: { validTo: '2026-12-15' } }), '2026-12-15'),
      ['renewal quality>tax 2026-11-15..2026-12-15', 'renewal tax>quality 2026-11-15..2026-12-15'],
    ],
    [
      'no thought of renewal earlier',
      onDay(anAgreement({ state: 'suspended', terms: { validTo: '2026-12-15' } }), '2026-11-14'),
      [],
    ],
    [
      'an amendment of what a newer version outdated',
      onDay(outdated(anAgreement({ state: 'suspended' }))),
      ['amend-outdated quality>tax 2026-12-01..2027-03-01', 'amend-outdated tax>quality 2026-12-01..2027-03-01'],
    ],
    [
      'the reply to an amendment, beside what is in force',
      onDay(amended(anAgreement({ state: 'active' }), 'proposed'), '2026-12-01', delivered),
      ['provide quality>tax 2026-12-01..2026-12-03', 'reply-to-request quality>tax 2026-12-01..2026-12-15'],
    ],
    [
      'the answer to a dispute',
      onDay(disputed('open', anAgreement({ state: 'suspended' }))),
      ['answer-dispute quality>tax 2026-12-01..2026-12-08'],
    ],
    [
      'the decision of a dispute that nobody answered in time',
      onDay(disputed('open', anAgreement({ state: 'suspended' })), '2026-12-09'),
      ['answer-dispute quality>tax 2026-12-01..2026-12-08!', 'decide-dispute eitc>quality+tax 2026-12-09..2026-12-23'],
    ],
    [
      'the decision of a dispute that was answered',
      onDay(acted(disputed('answered', anAgreement({ state: 'suspended' })), { action: 'answer', by: quality })),
      ['decide-dispute eitc>quality+tax 2026-12-01..2026-12-15'],
    ],
    [
      'after the end the disposal statement, and nothing else',
      onDay(outdated(disputed('open', anAgreement({ state: 'terminated' }))), '2026-12-16'),
      [`disposal-statement tax>quality ${day}..2027-12-01`],
    ],
  ])('%s', (_case, matter, expected) => {
    expect(inWords(dutiesOf(matter))).toEqual(expected);
  });

  test('a duty says what it is about, and by which rule', () => {
    const [duty] = dutiesOf(onDay(anAgreement()));
    expect(duty).toEqual({
      duty: 'reply-to-request',
      by: 'quality',
      to: ['tax'],
      about: { agreementId: anAgreement().agreementId, resourceId: 'legal-entities' },
      since: '2026-12-01',
      due: '2026-12-15',
      overdue: false,
      binding: true,
      source: deadlines['reply-to-request'].source,
    });
  });

  test('a last day in a year whose holidays are not announced may still move', () => {
    const late = anAgreement();
    const proposedAt = '2026-12-28T01:00:00.000Z';
    const matter = onDay({ ...late, terms: late.terms.map((version) => ({ ...version, proposedAt })) }, '2026-12-28');
    expect(dutiesOf(matter)[0]).toMatchObject({ due: '2027-01-11', provisional: true });
  });

  test('days are days in the hub’s time zone', () => {
    const evening = anAgreement();
    const proposedAt = '2026-12-01T16:30:00.000Z';
    const matter = onDay({ ...evening, terms: evening.terms.map((version) => ({ ...version, proposedAt })) });
    expect(dutiesOf(matter)[0]?.since).toBe('2026-12-02');
  });
});

describe('the act that fulfils a duty removes it', () => {
  const active = anAgreement({ state: 'active' });
  const agreed = anAgreement({ state: 'agreed' });
  const amending = (state: 'proposed' | 'agreed' | 'signed') => amended(active, state);
  const ended = anAgreement({ state: 'terminated' });
  const fulfilling: readonly (readonly [DutyId, string, AgreementCase, AgreementCase])[] = [
    ['reply-to-request', 'acceptance', onDay(anAgreement()), onDay(agreed)],
    [
      'reply-to-request',
      'acceptance of an amendment',
      onDay(amending('proposed')),
      onDay(accepted(amending('agreed'))),
    ],
    ['reply-to-request', 'termination', onDay(anAgreement()), onDay({ ...anAgreement(), state: 'terminated' })],
    ['sign', 'both signatures', onDay(agreed), onDay(anAgreement({ state: 'signed' }))],
    ['sign', 'signatures of an amendment', onDay(accepted(amending('agreed'))), onDay(signed(amending('signed')))],
    ['file', 'filing', onDay(anAgreement({ state: 'signed' })), onDay(active)],
    ['file', 'filing of an amendment', onDay(signed(amending('signed'))), onDay(active)],
    ['consent', 'the consent', onDay(asking('asked')), onDay(asking('given'))],
    ['consent', 'an objection', onDay(asking('asked')), onDay(asking('refused'))],
    ['first-delivery', 'a released delivery', onDay(active), onDay(active, '2026-12-01', delivered)],
    ['first-delivery', 'termination', onDay(active), onDay(ended)],
    ['provide', 'termination', onDay(active, '2026-12-09', delivered), onDay(ended, '2026-12-09', delivered)],
    [
      'receive',
      'the receipt',
      onDay(active, '2026-12-09', { ...delivered, unreceivedSince: instant }),
      onDay(active, '2026-12-09', delivered),
    ],
    [
      'decide-comparison',
      'the decision',
      onDay(active, '2026-12-02', { ...delivered, listWaiting: { since: instant, until: '2026-12-08T01:00:00.000Z' } }),
      onDay(active, '2026-12-02', delivered),
    ],
    [
      'renewal',
      'longer terms on the table',
      onDay(anAgreement({ state: 'active', terms: { validTo: '2026-12-15' } })),
      onDay(amended(anAgreement({ state: 'active', terms: { validTo: '2026-12-15' } }), 'proposed')),
    ],
    ['amend-outdated', 'the mark’s end by filing', onDay(outdated(active)), onDay(active)],
    [
      'answer-dispute',
      'the answer',
      onDay(disputed('open')),
      onDay(acted(disputed('answered'), { action: 'answer', by: quality })),
    ],
    ['answer-dispute', 'a decision without an answer', onDay(disputed('open')), onDay(disputed('decided'))],
    ['decide-dispute', 'the decision', onDay(disputed('open'), '2026-12-20'), onDay(disputed('decided'), '2026-12-20')],
    [
      'disposal-statement',
      'the statement',
      onDay(ended),
      onDay({
        ...ended,
        disposal: {
          owedSince: day,
          due: '2027-12-01',
          statement: { at: instant, by: tax, method: 'deleted', disposedOn: day, words: 'all copies' },
        },
      }),
    ],
  ];
  const has = (matter: AgreementCase, duty: DutyId) => dutiesOf(matter).some((each) => each.duty === duty);

  test.each(fulfilling)('%s: %s', (duty, _act, before, after) => {
    expect(has(before, duty)).toBe(true);
    expect(has(after, duty)).toBe(false);
  });

  test('a new dataset moves the day of the next', () => {
    const [before] = dutiesOf(onDay(active, '2026-12-09', delivered));
    const [after] = dutiesOf(onDay(active, '2026-12-09', { ...delivered, datasetAt: '2026-12-09T01:00:00.000Z' }));
    expect([before?.overdue, before?.due, after?.overdue, after?.due]).toEqual([
      true,
      '2026-12-03',
      false,
      '2026-12-11',
    ]);
  });

  test('every duty of an agreement is among these cases', () => {
    const covered = new Set(fulfilling.map(([duty]) => duty));
    expect(DutyId.options.filter((duty) => duty !== 'answer-demand' && !covered.has(duty))).toEqual([]);
  });
});

describe('a demand', () => {
  const owed = (changes: Parameters<typeof aStoredDemand>[0] = {}, today = '2026-12-01') =>
    inWords(dutiesOfDemand({ demand: aStoredDemand(changes), timeZone, today }));
  test('is answered by each department that is asked', () => {
    expect(owed()).toEqual([
      'answer-demand housing>emergency 2026-12-01..2026-12-15',
      'answer-demand planning>emergency 2026-12-01..2026-12-15',
    ]);
    expect(owed({}, '2026-12-16')).toEqual([
      'answer-demand housing>emergency 2026-12-01..2026-12-15!',
      'answer-demand planning>emergency 2026-12-01..2026-12-15!',
    ]);
  });
  test('is answered by a refusal, for the department that gave it', () => {
    expect(owed({ declines: [{ department: department('housing'), at: instant, reason: 'not ours' }] })).toEqual([
      'answer-demand planning>emergency 2026-12-01..2026-12-15',
    ]);
  });
  test.each(['matched', 'declined', 'withdrawn'] as const)('that is %s is owed no answer', (state) => {
    expect(owed({ state })).toEqual([]);
  });
});

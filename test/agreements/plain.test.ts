import { describe, expect, test } from '@jest/globals';
import { nextMoment } from '../../functions/kernel/calendar.ts';
import { isChain } from '../../functions/delivery/domain/chain.ts';
import { deliveryTermsOf } from '../../functions/delivery/domain/delivery-terms.ts';
import { fits } from '../../functions/delivery/domain/plan.ts';
import { noticeOf, retainedUntil } from '../../functions/reading/released.ts';
import { terminate } from '../../functions/agreements/domain/steps/end.ts';
import { securityProblems } from '../../functions/agreements/domain/terms/security.ts';
import { differencesOf } from '../../functions/agreements/domain/terms/differences.ts';
import { extractSpec } from '../../functions/records/index.ts';
import { anAgreement, anId, department, instant } from '../support/builders.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { DeliveryTerms } from '../../schemas/contracts/terms.ts';
import { validityOf } from '../../functions/reading/agreement.ts';
import { agreementOn, firms, sentencesOf, textFor, whole, type Changes } from './plain-cases.ts';

const timeZone = 'Asia/Shanghai';
const termsOf = (agreement: Agreement): DeliveryTerms => deliveryTermsOf(agreement);
const spec = (agreement: Agreement) => extractSpec(termsOf(agreement));
const moment = (agreement: Agreement) => {
  const { frequency, at } = termsOf(agreement);
  return frequency === 'on-arrival' ? 'at once' : nextMoment(frequency, at, timeZone, instant);
};
const grantedOn = (day: string) => (agreement: Agreement) => validityOf(agreement, day);
const minimum = (agreement: Agreement) => securityProblems(termsOf(agreement), firms);
const heldUntil = (agreement: Agreement) => retainedUntil(agreement, { termsVersion: 1, releasedAt: instant });
const owed = (agreement: Agreement) => {
  const ended = terminate(agreement, { department: department('tax'), roles: [] }, 'x', {
    at: instant,
    today: '2026-12-01',
  });
  return ended.ok && ended.value.disposal?.due;
};
const notice = (agreement: Agreement) => noticeOf({ deliveryId: anId(1) } as never, termsOf(agreement).purpose).purpose;
/** Edits name records by a key: a dataset without one can be delivered as a whole only. */
const keyless = { fields: firms.schema.fields, missingValues: [''] };
const withoutKey = (agreement: Agreement) => fits(agreement, { pinned: keyless, actual: keyless });
/** What only people can keep: both sides sign it. */
const signed = (agreement: Agreement) => agreement.termsDigest;

/** Each term: another value of it, the places whose words change, and what the hub then does otherwise. */
const cases: readonly [string, Changes, readonly string[], (agreement: Agreement) => unknown][] = [
  ['a field', { fields: ['org_code', 'capital', 'phone', 'illness'] }, ['/terms/fields/1'], spec],
  [
    'the order of fields',
    { fields: ['name', 'org_code', 'phone', 'illness'] },
    ['/terms/fields/0', '/terms/fields/1'],
    spec,
  ],
  ['one more field', { fields: [...whole.fields, 'capital'] }, ['/terms/fields/4'], spec],
  ['a mask', { mask: { phone: 'hide' } }, ['/terms/mask/phone'], spec],
  ['no mask', { mask: {} }, ['/terms/mask/phone'], spec],
  ['one more mask', { mask: { phone: 'last4', name: 'first1' } }, ['/terms/mask/name'], spec],
  [
    'the value of a condition',
    { filter: [{ ...whole.filter[0]!, value: '12' }, whole.filter[1]!] as DeliveryTerms['filter'] },
    ['/terms/filter/0'],
    spec,
  ],
  [
    'the comparison of a condition',
    { filter: [whole.filter[0]!, { ...whole.filter[1]!, op: 'max' }] as DeliveryTerms['filter'] },
    ['/terms/filter/1'],
    spec,
  ],
  [
    'the field of a condition',
    { filter: [{ ...whole.filter[0]!, field: 'name' }, whole.filter[1]!] as DeliveryTerms['filter'] },
    ['/terms/filter/0'],
    spec,
  ],
  ['one condition less', { filter: [whole.filter[0]!] }, ['/terms/filter/1'], spec],
  ['no condition', { filter: [] }, ['/terms/filter', '/terms/filter/0', '/terms/filter/1'], spec],
  ['the content', { content: 'changes' }, ['/terms/content'], withoutKey],
  ['the format', { format: 'ndjson' }, ['/terms/format'], spec],
  ['the frequency', { frequency: 'weekly' }, ['/terms/frequency'], moment],
  ['delivery on arrival', { frequency: 'on-arrival' }, ['/terms/frequency'], moment],
  ['the time of day', { at: '03:30' }, ['/terms/at'], moment],
  ['the first day', { validFrom: '2026-12-24' }, ['/terms/validFrom'], grantedOn('2026-12-23')],
  ['the last day', { validTo: '2026-12-24' }, ['/terms/validTo'], grantedOn('2026-12-25')],
  ['the purpose', { purpose: 'audits' }, ['/terms/purpose'], notice],
  ['what may be passed on', { reshare: 'derived' }, ['/terms/reshare'], signed],
  ['the legal basis', { legalBasis: '审计法' }, ['/terms/legalBasis'], signed],
  [
    'the reason for a sensitive field',
    { justification: { illness: 'care' } },
    ['/terms/justification/illness'],
    signed,
  ],
  ['no reason for a sensitive field', { justification: undefined }, ['/terms/justification/illness'], minimum],
  ['the duty of provision', { duties: { ...whole.duties, provision: 'hourly' } }, ['/terms/duties/provision'], signed],
  ['the duty of use', { duties: { ...whole.duties, use: '' } }, ['/terms/duties/use'], signed],
  [
    'the days of retention',
    { duties: { ...whole.duties, disposal: { retainDays: 30 } } },
    ['/terms/duties/disposal/retainDays'],
    heldUntil,
  ],
  [
    'the days until disposal is owed',
    { duties: { ...whole.duties, disposal: { retainDays: 31 } } },
    ['/terms/duties/disposal/retainDays'],
    owed,
  ],
  ['the measures of security', { duties: { ...whole.duties, security: '' } }, ['/terms/duties/security'], minimum],
];

describe.each(['zh', 'en'] as const)('in %s, another value of one term changes its words alone:', (language) => {
  const before = sentencesOf(textFor(agreementOn(), language));
  test.each(cases)('%s', (_, changes, places) => {
    const after = sentencesOf(textFor(agreementOn(changes), language));
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => before.get(path) !== after.get(path),
    );
    expect(changed.toSorted()).toEqual([...places].toSorted());
  });
});

describe('and what the hub does changes with it:', () => {
  test.each(cases)('%s', (_, changes, __, enforced) => {
    expect(enforced(agreementOn(changes))).not.toEqual(enforced(agreementOn()));
  });
});

test('that nothing may be passed on is said where the terms say nothing of it, too', () => {
  const { reshare: _, ...silent } = whole;
  const said = sentencesOf(textFor(anAgreement({ state: 'active', terms: silent })));
  expect(said.get('/rules/resharing')).toBe(sentencesOf(textFor(agreementOn())).get('/terms/reshare'));
  expect(said.has('/terms/reshare')).toBe(false);
});

test('edits are delivered in a chain exactly where the words speak of changes', () => {
  const chain = agreementOn({ content: 'changes', frequency: 'on-arrival' });
  expect(isChain(chain)).toBe(true);
  expect(sentencesOf(textFor(chain)).get('/terms/content')).toContain('only what has changed');
});

/** Every leaf of the terms as they are stored, without those that a sentence of another leaf speaks of. */
function placesOf(value: unknown, path: string): string[] {
  if (Array.isArray(value)) return value.map((_, i) => `${path}/${i}`);
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => placesOf(member, `${path}/${name}`));
}

test.each(['zh', 'en'] as const)('every term has one sentence that speaks of it, in %s', (language) => {
  const agreement = agreementOn();
  const paths = textFor(agreement, language).sections.flatMap(({ sentences }) => sentences.map(({ path }) => path));
  for (const place of placesOf(termsOf(agreement), '/terms'))
    expect([place, paths.filter((path) => path === place).length]).toEqual([place, 1]);
  expect(new Set(paths).size).toBe(paths.length);
});

test('the cases above are of every term that there is', () => {
  const before = { resourceVersion: 1, terms: termsOf(agreementOn()) };
  const touched = new Set(
    cases.flatMap(([, changes]) =>
      differencesOf(before, { resourceVersion: 1, terms: termsOf(agreementOn(changes)) }).map(({ path }) =>
        path
          .split('/')
          .slice(0, path.startsWith('/terms/duties') ? 4 : 3)
          .join('/'),
      ),
    ),
  );
  // `mode` has one value only.
  const all = Object.keys(DeliveryTerms.shape).filter((name) => name !== 'mode' && name !== 'duties');
  expect([...touched].toSorted()).toEqual(
    [
      ...all.map((name) => `/terms/${name}`),
      ...Object.keys(DeliveryTerms.shape.duties.unwrap().shape).map((name) => `/terms/duties/${name}`),
    ].toSorted(),
  );
});

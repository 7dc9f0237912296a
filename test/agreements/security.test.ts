import { expect, test } from '@jest/globals';
import { securityProblems } from '../../functions/agreements/domain/terms/security.ts';
import { aDefinition, comparisonTerms, lookupTerms, terms } from '../support/builders.ts';

const definition = aDefinition({
  schema: {
    fields: [
      { name: 'code', type: 'string', sensitivity: 'public' },
      { name: 'staff', type: 'integer', sensitivity: 'internal' },
      { name: 'phone', type: 'string', sensitivity: 'personal' },
      { name: 'illness', type: 'string', sensitivity: 'sensitive' },
    ],
  },
});
const kept = { security: 'in-house network only' };
const found = (changes: Parameters<typeof terms>[0]) =>
  securityProblems(terms(changes), definition).map(({ path, rule }) => `${path} ${rule}`);

test.each<[string, Parameters<typeof terms>[0], string[]]>([
  ['public and internal fields need nothing', { fields: ['code', 'staff'] }, []],
  [
    'personal data need words on how they are kept',
    { fields: ['phone'] },
    ['/terms/duties/security security-required'],
  ],
  [
    'blanks are no words',
    { fields: ['phone'], duties: { security: '  ' } },
    ['/terms/duties/security security-required'],
  ],
  ['with such words they are fine', { fields: ['phone'], duties: kept }, []],
  [
    'masked in part they are personal still',
    { fields: ['phone'], mask: { phone: 'last4' } },
    ['/terms/duties/security security-required'],
  ],
  ['hidden they are none', { fields: ['phone'], mask: { phone: 'hide' } }, []],
  [
    'a sensitive field is masked or justified',
    { fields: ['code', 'illness'], duties: kept },
    ['/terms/fields/1 mask-or-justify'],
  ],
  ['masked it is fine', { fields: ['illness'], mask: { illness: 'first1' }, duties: kept }, []],
  ['justified it is fine', { fields: ['illness'], justification: { illness: 'benefits' }, duties: kept }, []],
  [
    'a condition on it tells its value, whatever the mask',
    { fields: ['code', 'illness'], mask: { illness: 'hide' }, filter: [{ field: 'illness', op: 'eq', value: 'x' }] },
    ['/terms/filter/0 justify-condition'],
  ],
  [
    'with a reason the condition is fine',
    { fields: ['code'], filter: [{ field: 'illness', op: 'eq', value: 'x' }], justification: { illness: 'benefits' } },
    [],
  ],
  [
    'a reason for what is not asked for is an error',
    { fields: ['code'], justification: { illness: 'benefits' } },
    ['/terms/justification/illness needless-justification'],
  ],
  [
    'a reason for what is not sensitive is an error',
    { fields: ['phone'], justification: { phone: 'calls' }, duties: kept },
    ['/terms/justification/phone needless-justification'],
  ],
  [
    'a reason for what is not there is an error',
    { fields: ['code'], justification: { 'a/b': 'x' } },
    ['/terms/justification/a~1b needless-justification'],
  ],
  [
    'a name that every object has is no reason',
    { fields: ['illness'], mask: {}, justification: { toString: 'x' }, duties: kept },
    ['/terms/fields/0 mask-or-justify', '/terms/justification/toString needless-justification'],
  ],
])('%s', (_, changes, problems) => {
  expect(found(changes)).toEqual(problems);
});

test.each<[string, Parameters<typeof comparisonTerms>[0], string[]]>([
  ['compared public and internal fields need nothing', { key: ['code'], compare: ['staff'] }, []],
  [
    'compared personal data need words on how they are kept',
    { key: ['phone'], compare: [] },
    ['/terms/duties/security security-required'],
  ],
  [
    'a sensitive field is compared for a reason only',
    { key: ['illness'], compare: [], duties: kept },
    ['/terms/key/0 justify-comparison'],
  ],
  [
    'also beside the key',
    { key: ['code'], compare: ['staff', 'illness'], duties: kept },
    ['/terms/compare/1 justify-comparison'],
  ],
  ['with a reason it is fine', { compare: ['illness'], justification: { illness: 'benefits' }, duties: kept }, []],
])('%s', (_, changes, problems) => {
  const compared = comparisonTerms({ key: ['code'], ...changes });
  expect(securityProblems(compared, definition).map(({ path, rule }) => `${path} ${rule}`)).toEqual(problems);
});

test('a sensitive key is looked up for a reason only', () => {
  const byIllness = lookupTerms({ fields: ['code'], key: ['illness'], duties: kept });
  expect(securityProblems(byIllness, definition).map(({ path, rule }) => `${path} ${rule}`)).toEqual([
    '/terms/key/0 justify-comparison',
  ]);
});

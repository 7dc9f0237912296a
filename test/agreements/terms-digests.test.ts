import { expect, test } from '@jest/globals';
import { termsDigest } from '../../functions/agreements/domain/terms/terms.ts';
import { Terms } from '../../schemas/contracts/terms.ts';
import { loosened } from '../../schemas/stored/loosened.ts';
import { anId, department, resource } from '../support/builders.ts';

const identity = {
  agreementId: anId(1),
  provider: department('quality'),
  consumer: department('tax'),
  resourceId: resource('legal-entities'),
  resourceVersion: 2,
  termsVersion: 1,
};
const least = {
  fields: ['org_code', 'name'],
  purpose: '税务登记',
  legalBasis: '税收征收管理法 第十五条',
  validFrom: '2026-01-01',
  validTo: '2027-11-30',
};
const all = {
  ...least,
  filter: [
    { field: 'division', op: 'prefix', value: '1101' },
    { field: 'capital', op: 'min', value: 1e6 },
    { field: 'state', op: 'in', value: ['open', true, 3] },
  ],
  mask: { phone: 'last4' },
  mode: 'delivery',
  content: 'changes',
  format: 'ndjson',
  frequency: 'weekly',
  at: '06:30',
  justification: { phone: 'calls' },
  duties: { provision: 'by noon', use: 'audit', disposal: { retainDays: 30 }, security: 'encrypted' },
};

/** What parties signed stays what they signed. */
test.each([
  ['terms of which most are left out', least, 'm5PqYlZDlJAsG4hR0G1EP9Z8lx2DWOrAueBlkv0cqc8='],
  ['the same with their mode', { ...least, mode: 'delivery' }, 'm5PqYlZDlJAsG4hR0G1EP9Z8lx2DWOrAueBlkv0cqc8='],
  ['the same as they are stored', Terms.parse(least), 'm5PqYlZDlJAsG4hR0G1EP9Z8lx2DWOrAueBlkv0cqc8='],
  ['terms that say everything', all, '4ItYy3mImvx0jg2YGWiXg46QZZWPYvqL6LRfi2XWOUs='],
  [
    'spreadsheets, every hour',
    { ...least, format: 'xlsx', frequency: 'hourly', at: '00:05' },
    '3horS/xDogGm7Rs8nt2bLcPdkQDJ5wmUUBr28l/8RYA=',
  ],
])('the digest of %s', (_, stated, digest) => {
  expect(termsDigest(identity, Terms.parse(stated))).toBe(digest);
  expect(termsDigest(identity, loosened(Terms).parse(stated))).toBe(digest);
});

test('a mode that there is not is told at its place', () => {
  expect(Terms.safeParse({ ...least, mode: 'stream' }).error?.issues).toMatchObject([
    { code: 'invalid_union', path: ['mode'] },
  ]);
});

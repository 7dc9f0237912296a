import type { Reading } from '../../functions/agreements/domain/plain/clause.ts';
import { textOf } from '../../functions/agreements/domain/plain/text.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { DeliveryTerms } from '../../schemas/contracts/terms.ts';
import type { AgreementText } from '../../schemas/contracts/views.ts';
import { findDepartment } from '../../schemas/registry/departments.ts';
import { aDefinition, anAgreement, type terms } from '../support/builders.ts';
import type { Words, Language } from '../../schemas/words/language.ts';

/** A resource with a field of each kind that the words know apart. */
export const firms = aDefinition({
  schema: {
    primaryKey: ['org_code'],
    fields: [
      { name: 'org_code', title: '组织机构代码', titleEn: 'Organisation code', type: 'string', sensitivity: 'public' },
      { name: 'name', title: '机构名称', type: 'string', sensitivity: 'public' },
      { name: 'capital', type: 'number', sensitivity: 'internal' },
      { name: 'approved_on', title: '核准日期', type: 'date' },
      { name: 'phone', title: '联系电话', type: 'string', sensitivity: 'personal' },
      { name: 'illness', title: '病史', type: 'string', sensitivity: 'sensitive' },
      { name: 'active', title: '是否存续', type: 'boolean' },
    ],
  },
});

/** Terms in which everything is stated that can be. */
export const whole = {
  fields: ['org_code', 'name', 'phone', 'illness'],
  mask: { phone: 'last4' as const },
  filter: [
    { field: 'org_code', op: 'prefix' as const, value: '11' },
    { field: 'capital', op: 'min' as const, value: 1000 },
  ],
  content: 'snapshot' as const,
  format: 'csv' as const,
  frequency: 'daily' as const,
  at: '02:00',
  justification: { illness: 'benefits' },
  reshare: 'no' as const,
  purpose: 'tax registration',
  legalBasis: '税收征收管理法 第十五条',
  validFrom: '2026-01-01',
  validTo: '2027-11-30',
  duties: { provision: 'daily', use: 'no ranking', disposal: { retainDays: 365 }, security: 'in-house network only' },
};
export type Changes = NonNullable<Parameters<typeof terms>[0]>;

/** Of each term another value; one without does not compile. `mode` has one value only. */
const otherValues = {
  fields: ['name'],
  mask: { phone: 'hide' },
  filter: [],
  content: 'changes',
  format: 'xlsx',
  frequency: 'weekly',
  at: '03:30',
  justification: { illness: 'care' },
  reshare: 'derived',
  purpose: 'audits',
  legalBasis: '审计法',
  validFrom: '2026-12-24',
  validTo: '2026-12-24',
  duties: { disposal: { retainDays: 3 } },
} satisfies Readonly<Record<Exclude<keyof DeliveryTerms, 'mode'>, unknown>>;
export const others: Readonly<Record<string, Changes>> = Object.fromEntries(
  Object.entries(otherValues).map(([term, value]) => [term, { [term]: value }]),
);

export const nameOf = (id: string): Words => {
  const { name, nameEn } = findDepartment(id) ?? { name: id, nameEn: id };
  return { zh: name, en: nameEn };
};

export const readingOf = (agreement: Agreement, number = agreement.termsVersion): Reading => ({
  agreement,
  version: agreement.terms.find(({ version }) => version === number)!,
  definition: firms,
  nameOf,
  timeZone: 'Asia/Shanghai',
});

export const agreementOn = (changes: Changes = {}, more: Parameters<typeof anAgreement>[0] = {}): Agreement =>
  anAgreement({ state: 'active', ...more, terms: { ...whole, ...changes } });

export const textFor = (agreement: Agreement, language: Language = 'en', number?: number): AgreementText =>
  textOf(readingOf(agreement, number), language);

/** All sentences, by the place that they speak of. */
export const sentencesOf = ({ sections }: AgreementText): Map<string, string> =>
  new Map(sections.flatMap(({ sentences }) => sentences.map(({ path, text }) => [path, text] as const)));

import { describe, expect, test } from '@jest/globals';
import { pageOf } from '../../functions/agreements/domain/plain/page.ts';
import type { Agreement, AgreementState } from '../../schemas/contracts/agreements.ts';
import type { Condition } from '../../schemas/contracts/terms.ts';
import { amended, anAgreement, anId, department } from '../support/builders.ts';
import { agreementOn, sentencesOf, textFor } from './plain-cases.ts';

const spoken = (agreement: Agreement, path: string, number?: number) => ({
  zh: sentencesOf(textFor(agreement, 'zh', number)).get(path),
  en: sentencesOf(textFor(agreement, 'en', number)).get(path),
});

describe('a condition is told in words', () => {
  test.each<[Condition, string, string]>([
    [
      { field: 'org_code', op: 'prefix', value: '11' },
      '只提供“组织机构代码”（org_code）以“11”开头的记录。',
      'Only records are delivered whose “Organisation code” (org_code) begins with “11”.',
    ],
    [
      { field: 'name', op: 'eq', value: '甲' },
      '只提供“机构名称”（name）为 “甲” 的记录。',
      'Only records are delivered whose “机构名称” (name) is “甲”.',
    ],
    [
      { field: 'name', op: 'in', value: ['甲', '乙'] },
      '只提供“机构名称”（name）为以下之一（“甲”、“乙”）的记录。',
      'Only records are delivered whose “机构名称” (name) is one of “甲”, “乙”.',
    ],
    [
      { field: 'capital', op: 'min', value: 1000 },
      '只提供“capital”不小于 1000 的记录。',
      'Only records are delivered whose “capital” is at least 1000.',
    ],
    [
      { field: 'capital', op: 'max', value: 0.5 },
      '只提供“capital”不大于 0.5 的记录。',
      'Only records are delivered whose “capital” is at most 0.5.',
    ],
    [
      { field: 'approved_on', op: 'min', value: '2020-01-01' },
      '只提供“核准日期”（approved_on）不早于 “2020-01-01”（含）的记录。',
      'Only records are delivered whose “核准日期” (approved_on) is not before “2020-01-01”.',
    ],
    [
      { field: 'approved_on', op: 'max', value: '2020-01-01' },
      '只提供“核准日期”（approved_on）不晚于 “2020-01-01”（含）的记录。',
      'Only records are delivered whose “核准日期” (approved_on) is not after “2020-01-01”.',
    ],
    [
      { field: 'name', op: 'min', value: '甲' },
      '只提供“机构名称”（name）按字符顺序不在“甲”之前的记录。',
      'Only records are delivered whose “机构名称” (name) is not before “甲” in the order of characters.',
    ],
    [
      { field: 'active', op: 'eq', value: true },
      '只提供“是否存续”（active）为 “是”（true） 的记录。',
      'Only records are delivered whose “是否存续” (active) is true.',
    ],
  ])('%j', (condition, zh, en) => {
    expect(spoken(agreementOn({ filter: [condition] }), '/terms/filter/0')).toEqual({ zh, en });
  });
  test('none at all means all records', () => {
    expect(spoken(agreementOn({ filter: [] }), '/terms/filter')).toEqual({
      zh: '提供全部记录。',
      en: 'All records are delivered.',
    });
  });
});

describe('fields, masks and reasons stand together', () => {
  test('in the order of the delivery', () => {
    const data = textFor(agreementOn({ fields: ['phone', 'org_code', 'illness'] })).sections.find(
      ({ id }) => id === 'data',
    );
    expect(data?.sentences).toEqual([
      { path: '/terms/fields/0', text: 'Item 1: “联系电话” (phone), personal information.' },
      {
        path: '/terms/mask/phone',
        text: '“联系电话” (phone) is masked: only the last four characters are shown, stars stand for the rest.',
      },
      { path: '/terms/fields/1', text: 'Item 2: “Organisation code” (org_code), public information.' },
      { path: '/terms/fields/2', text: 'Item 3: “病史” (illness), sensitive information.' },
      { path: '/terms/justification/illness', text: 'Why the consumer needs “病史” (illness) as it is: “benefits”.' },
    ]);
  });
});

describe('what each side does next', () => {
  const nextOf = (agreement: Agreement, number?: number) =>
    ['provider', 'consumer', 'authority'].map((side) => spoken(agreement, `/next/${side}`, number).en);
  const nothing = 'has nothing to do and waits for the other party.';

  test.each<[AgreementState, string[]]>([
    [
      'proposed',
      [
        'The provider accepts these terms, or proposes others.',
        `The consumer ${nothing}`,
        'The authority has nothing to do.',
      ],
    ],
    [
      'agreed',
      [
        'The provider signs these terms, naming their version and digest.',
        'The consumer signs these terms, naming their version and digest.',
        'The authority has nothing to do.',
      ],
    ],
    [
      'signed',
      [
        'The provider has nothing to do and waits for the filing.',
        'The consumer has nothing to do and waits for the filing.',
        'The authority files these terms.',
      ],
    ],
    [
      'suspended',
      [
        'The provider resumes the agreement once its reason for suspending it is gone.',
        'The consumer waits until it is resumed; until then nothing is delivered.',
        'The authority has nothing to do.',
      ],
    ],
    [
      'terminated',
      [
        'The provider has nothing more to do.',
        'The consumer states by 2027-12-01 that it has disposed of the data.',
        'The authority has nothing to do.',
      ],
    ],
  ])('of one that is %s', (state, next) => {
    expect(nextOf(anAgreement({ state }))).toEqual(next);
  });
  test('of one that the provider proposed: the consumer answers', () => {
    const [provider, consumer] = nextOf(anAgreement({ proposedBy: department('quality') }));
    expect([provider, consumer]).toEqual([
      `The provider ${nothing}`,
      'The consumer accepts these terms, or proposes others.',
    ]);
  });
  test('of one that one side has signed: the other signs', () => {
    const [provider, consumer] = nextOf(anAgreement({ state: 'agreed', signatures: [department('tax')] }));
    expect([provider, consumer]).toEqual([
      'The provider signs these terms, naming their version and digest.',
      `The consumer ${nothing}`,
    ]);
  });
  test('of one that one of two officers has approved: the other one signs', () => {
    const approvals = [{ department: department('tax'), approver: 'clerk-7', at: '2026-12-02T01:00:00.000Z' }];
    const agreement = anAgreement({ state: 'agreed', approvals });
    expect(nextOf(agreement)[1]).toBe('The consumer has the approval of one officer; another one signs.');
    expect(JSON.stringify(textFor(agreement))).not.toContain('clerk-7');
  });
  test('of terms that are to amend others: what their own stage asks for', () => {
    const agreement = amended(anAgreement({ state: 'active' }), 'signed');
    expect(nextOf(agreement, 2)[2]).toBe('The authority files these terms.');
    expect(spoken(agreement, '/state', 2).en).toMatch(
      /^The agreement is filed, and in force\. These terms are to amend it/,
    );
    expect(nextOf(agreement, 1)[0]).toMatch(/^The provider uploads the data in time/);
  });
  test('of terms that nobody negotiates any more: nothing', () => {
    const [first] = anAgreement().terms;
    const agreement = anAgreement({ termsVersion: 2 });
    const both = { ...agreement, terms: [first!, ...agreement.terms] };
    expect(nextOf(both, 1)).toEqual([undefined, undefined, undefined]);
    expect(spoken(both, '/state', 1).en).toMatch(/^These terms \(version 1\) are not those that hold; version 2 is\./);
  });
  test('of a dispute that was answered: the authority decides', () => {
    const dispute = { state: 'answered' as const, openedBy: department('tax'), openedAt: '2026-12-02T01:00:00.000Z' };
    const agreement = anAgreement({ state: 'active', dispute });
    expect(nextOf(agreement)[2]).toBe('The authority decides the dispute.');
    expect(spoken(agreement, '/dispute').en).toBe(
      'A dispute was opened by Local Taxation: the authority has to decide.',
    );
  });
});

describe('the text says', () => {
  test('who gives what to whom, by their names', () => {
    const agreement = anAgreement({ state: 'active' });
    expect(spoken(agreement, '/provider').zh).toBe('提供方：质量技术监督局（quality）。');
    expect(spoken(agreement, '/consumer').en).toBe('The consumer is Local Taxation (tax).');
    expect(spoken(agreement, '/agreementId').en).toContain(`agreement ${anId(1)}, version 1 of its terms`);
  });
  test('who has signed, and under which number it was filed', () => {
    const agreement = anAgreement({ state: 'active' });
    expect(spoken(agreement, '/signatures').zh).toBe('已签署：地方税务局、质量技术监督局。');
    expect(spoken(agreement, '/filingNumber').en).toBe('Filed under the number “BJ-2026-0117”.');
    expect(spoken(anAgreement(), '/signatures').en).toBe('Nobody has signed yet.');
  });
  test('who suspends it, and why', () => {
    expect(spoken(anAgreement({ state: 'suspended' }), '/suspensions/0').en).toBe(
      'Suspended by the provider since 2026-12-01: “under repair”.',
    );
  });
  test('what a newer resource version breaks, and until when it is delivered', () => {
    const outdated = { resourceVersion: 2, fields: ['phone'], graceUntil: '2027-01-31' };
    expect(spoken(anAgreement({ state: 'active', outdated }), '/outdated').en).toContain(
      'no longer gives “phone” as agreed',
    );
  });
  test('that nothing more was agreed where nothing was', () => {
    const agreement = agreementOn({ duties: {} });
    expect(spoken(agreement, '/terms/duties/security').en).toBe(
      'Security: how the consumer keeps the data safe: nothing.',
    );
  });
});

describe('the page', () => {
  const hostile = '</title><script>alert(1)</script><img src=x onerror="alert(2)">\u202egnp.exe&';
  const page = pageOf(
    textFor(
      agreementOn({ purpose: hostile, legalBasis: hostile, filter: [{ field: 'name', op: 'eq', value: hostile }] }),
      'zh',
    ),
  );

  test('runs nothing and fetches nothing, whatever people wrote', () => {
    expect(page).not.toMatch(/<script|<img|<link|<iframe|url\(|@import|\u202e/);
    expect(page).not.toMatch(/<[^>]+\son\w+=/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('gnp.exe&amp;');
  });
  test('has one style, which its policy can name', () => {
    expect(page.match(/<style>[^<]*<\/style>/g)).toHaveLength(1);
    expect(page).not.toMatch(/\sstyle=/);
  });
  test('has every sentence, the digest that was signed, and its language', () => {
    const agreement = agreementOn();
    const text = textFor(agreement, 'zh');
    const printed = pageOf(text);
    for (const { path } of text.sections.flatMap(({ sentences }) => sentences))
      expect(printed).toContain(`data-path="${path}"`);
    expect(printed).toContain(agreement.termsDigest);
    expect(printed).toContain('<html lang="zh-CN">');
    expect(pageOf(textFor(agreement, 'en'))).toContain('<html lang="en">');
  });
});

import { describe, expect, test } from '@jest/globals';
import { differencesScreen } from '../../clients/cli/agreements/terms/differences-screen.ts';
import { previewScreen } from '../../clients/cli/agreements/terms/preview-screen.ts';
import { schemeScreen } from '../../clients/cli/agreements/scheme-screen.ts';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { nextLines } from '../../clients/cli/agreements/next-screen.ts';
import { stepScreen } from '../../clients/cli/agreements/step-screen.ts';
import { agreementScreen } from '../../clients/cli/agreements/agreement-screen.ts';
import { historyScreen } from '../../clients/cli/agreements/history-screen.ts';
import { noticeLine, noticesScreen } from '../../clients/cli/mailbox/notices-screen.ts';
import { dutiesScreen } from '../../clients/cli/agreements/owed-screen.ts';
import { accepting, onTheTable } from '../../clients/protocol/on-the-table.ts';
import { termsDigestOf } from '../../clients/protocol/terms-digest.ts';
import { actionWords } from '../../clients/words/actions.ts';
import { AgreementAction, type Agreement } from '../../schemas/contracts/agreements.ts';
import { DutyId, type Duty } from '../../schemas/contracts/duties.ts';
import { exampleOf as duties } from '../../schemas/contracts/examples/duties.ts';
import { exampleOf as terms } from '../../schemas/contracts/examples/terms.ts';
import { EventNotice, LaterNotice } from '../../schemas/contracts/notices.ts';
import { Scheme } from '../../schemas/contracts/schemes.ts';
import { Differences, Preview } from '../../schemas/contracts/views.ts';
import { amended, anAgreement, anId, comparisonTerms, department, instant, lookupTerms } from '../support/builders.ts';

const en: Look = { lang: 'en', tty: false, color: false, columns: 80 };
const zh: Look = { ...en, lang: 'zh' };
const id = anId(1);
const held = (holder: 'provider' | 'clock', by: string) => ({
  holder,
  by,
  at: '2026-12-05T01:00:00.000Z',
  reason: 'why',
});
const owed = { owedSince: '2026-12-10', due: '2027-12-10' };
const statement = {
  at: '2027-01-01T01:00:00.000Z',
  by: 'tax',
  method: 'deleted',
  disposedOn: '2027-01-01',
  words: 'all',
};
const over = { state: 'terminated', disposal: { ...owed, statement } };

describe('whose turn it is, and the command to type', () => {
  test.each<[string, object, string[], string]>([
    ['terms of the consumer', { state: 'proposed' }, [`quality accepts: hub agreements accept ${id}`], 'quality 接受'],
    [
      'terms of the provider',
      { state: 'proposed', proposedBy: 'quality' },
      [`tax accepts: hub agreements accept ${id}`],
      'tax 接受',
    ],
    [
      'agreed, nobody has signed',
      { state: 'agreed', signatures: [] },
      [`tax and quality sign: hub agreements sign ${id}`],
      'tax、quality 签署',
    ],
    [
      'agreed, one has signed',
      { state: 'agreed', signatures: ['tax'] },
      [`quality signs: hub agreements sign ${id}`],
      'quality 签署',
    ],
    ['signed', { state: 'signed' }, [`the authority files: hub agreements file ${id} --number …`], '主管部门 备案'],
    ['active', { state: 'active' }, ['tax receives: hub poll --follow'], 'tax 接收'],
    [
      'active, of lookups',
      { state: 'active', terms: lookupTerms() },
      [`tax receives: hub lookup --agreement ${id} --key … --case … --reason …`],
      'hub lookup',
    ],
    [
      'active, of comparisons',
      { state: 'active', terms: comparisonTerms() },
      [`tax receives: hub compare FILE --agreement ${id} --kind …`],
      'hub compare',
    ],
    [
      'suspended by two, of whom one is the clock',
      { state: 'suspended', suspensions: [held('provider', 'quality'), held('clock', 'hub')] },
      [`quality lifts it: hub agreements resume ${id} --reason …`, `either party amends: hub agreements amend ${id} …`],
      'quality 解除中止',
    ],
    [
      'over, with a statement owed',
      { state: 'expired', disposal: owed },
      [`tax disposes of the data by 2027-12-10: hub agreements dispose ${id} --method … --words …`],
      'tax 在 2027-12-10 前销毁数据',
    ],
    ['over, with nothing owed', over, ['hub agreements propose legal-entities …'], 'hub agreements propose'],
    [
      'a dispute to answer',
      { state: 'active', dispute: { state: 'open', openedBy: 'tax', openedAt: '2026-12-05T01:00:00.000Z' } },
      [`quality answers: hub agreements dispute answer ${id} --words …`, 'tax receives: hub poll --follow'],
      'quality 答复争议',
    ],
    [
      'a dispute to decide, though the agreement is over',
      { ...over, dispute: { state: 'answered', openedBy: 'tax', openedAt: '2026-12-05T01:00:00.000Z' } },
      [
        `the authority decides: hub agreements dispute decide ${id} --words …`,
        'hub agreements propose legal-entities …',
      ],
      '主管部门 裁定争议',
    ],
  ])('%s', (_case, changes, steps, chinese) => {
    const agreement = anAgreement(changes);
    expect(nextLines(agreement, en)).toBe(
      steps.map((step, index) => (index === 0 ? `next  ${step}` : `      ${step}`)).join('\n'),
    );
    expect(nextLines(agreement, zh)).toContain(chinese);
  });
});

test.each(AgreementAction.options)('in Chinese the history has a word for %s', (action) => {
  expect(actionWords[action].zh).toMatch(/^\p{Script=Han}+$/u);
  expect(actionWords[action].en).toBe(action);
});

describe('a history that is longer than an answer can hold', () => {
  const newest = { ...anAgreement().history[0]!, number: 61 };
  test('is shown with where its older part is, in both languages', () => {
    const agreement: Agreement = { ...anAgreement(), history: [newest], olderHistory: true };
    const screens = [en, zh].map((look) => agreementScreen({ agreement, duties: [] }, look));
    expect(screens).toEqual([
      expect.stringContaining(`before: hub agreements history ${id}`),
      expect.stringContaining(`此前的记录：hub agreements history ${id}`),
    ]);
    expect(agreementScreen({ agreement: anAgreement(), duties: [] }, en)).not.toContain('agreements history');
  });
  test('is told by itself with the place of each entry', () => {
    const items = [
      newest,
      { at: instant, by: department('eitc'), action: 'file', filingNumber: 'BJ-1', number: 104 } as const,
      { at: instant, by: department('tax'), action: 'comment', reason: '请补充', number: 105 } as const,
    ];
    const lines = historyScreen({ items }, zh).split('\n');
    expect(lines[0]).toMatch(/^序号 {2}时间 +部门 +步骤 +条款 +理由$/);
    expect(lines.slice(1).map((line) => line.trim().split(/ {2,}/))).toMatchObject([
      ['61', expect.any(String), 'tax', '提出', 'v1'],
      ['104', expect.any(String), 'eitc', '备案', 'BJ-1'],
      ['105', expect.any(String), 'tax', '发表意见', '请补充'],
    ]);
  });
});

describe('an amendment', () => {
  const untouched = amended(anAgreement({ state: 'active' }), 'agreed');
  const agreement = {
    ...untouched,
    amendment: { ...untouched.amendment!, signatures: [department('quality')] },
  };
  test('is what is accepted, signed and shown, beside the terms in force', async () => {
    expect(onTheTable(agreement).termsVersion).toBe(2);
    expect(accepting(agreement)).toBe('quality');
    expect(await termsDigestOf(agreement)).toBe(agreement.amendment?.termsDigest);
  });
  test('stands in the state of the agreement, with whose turn it is', () => {
    expect(stepScreen({ agreement, duties: [] }, en)).toBe(
      [
        `Agreement ${id} is active; its amendment, terms v2, is agreed.`,
        `next  tax signs: hub agreements sign ${id}`,
        '      tax receives: hub poll --follow',
      ].join('\n'),
    );
    expect(agreementScreen({ agreement, duties: [] }, zh)).toContain(
      `v2, 已商定 (quality)  hub agreements differences ${id} --from 1 --to 2`,
    );
  });
});

const aDuty = (changes: Partial<Duty> = {}): Duty => ({ ...duties.listDuties.response.items[0], ...changes }) as Duty;

test('after a step it is said who owes what by when, but not what is always owed while data flow', () => {
  const agreement = anAgreement({ state: 'proposed' });
  const all = [aDuty(), aDuty({ duty: 'receive', by: 'tax' as never }), aDuty({ overdue: true, duty: 'sign' })];
  expect(stepScreen({ agreement, duties: all }, en).split('\n').slice(1, 3)).toEqual([
    'owed  quality: accept the terms or propose others, by 2026-12-15',
    '      quality: sign, by 2026-12-15 (overdue)',
  ]);
  expect(agreementScreen({ agreement, duties: all }, en)).toContain('tax: fetch and confirm a delivery, by 2026-12-15');
});

test.each(DutyId.options)('the duty %s has words in both languages', (duty) => {
  const [english, chinese] = [
    dutiesScreen({ items: [aDuty({ duty })] }, en),
    dutiesScreen({ items: [aDuty({ duty })] }, zh),
  ];
  expect(chinese.split('\n')[1]).toMatch(/\p{Script=Han}/u);
  expect(english.split('\n')[1]).not.toMatch(/\p{Script=Han}/u);
});

test.each([
  ['overdue', { overdue: true }],
  ['reminder', { binding: false }],
  ['provisional', { provisional: true as const }],
])('a duty that is %s says so', (remark, changes) => {
  expect(dutiesScreen({ items: [aDuty(changes)] }, en)).toContain(remark);
});

const aNotice = {
  noticeId: anId(9),
  at: '2026-12-05T01:00:00.000Z',
  by: 'quality',
  resourceId: 'legal-entities',
  path: `/v1/agreements/${id}`,
};
const aStep = { ...aNotice, type: 'agreement', event: 'sign', agreementId: id, state: 'agreed' };
const { by: _by, ...byNobody } = aNotice;
const aDutyNotice = { ...byNobody, type: 'duty', event: 'overdue', agreementId: id, duty: 'sign', due: '2026-12-15' };
const anEvent = (changes: object): EventNotice => EventNotice.parse({ ...aStep, ...changes });

describe('a notice in a line', () => {
  test.each<[string, object, string]>([
    ['a step', aStep, `quality signed the terms  legal-entities (agreed)  hub agreements show ${id}`],
    [
      'what the hub did',
      { ...aStep, event: 'expire', by: undefined, state: 'expired' },
      `the agreement has expired  legal-entities (expired)  hub agreements show ${id}`,
    ],
    [
      'what the data were good for',
      { ...aNotice, type: 'agreement', event: 'benefit-stated', agreementId: id },
      `quality stated what a month’s data were good for  legal-entities  hub agreements show ${id}`,
    ],
    [
      'a demand',
      { ...aNotice, type: 'demand', event: 'stated', demandId: anId(2), state: 'open', resourceId: undefined },
      `quality asks you for data  (open)  hub demand show ${anId(2)}`,
    ],
    [
      'the end of a resource',
      { ...aNotice, type: 'resource', event: 'deprecated', due: '2027-01-31' },
      'quality will retire a resource, by 2027-01-31  legal-entities  hub resources show legal-entities',
    ],
    [
      'a correction',
      {
        ...aNotice,
        type: 'correction',
        event: 'answered',
        correctionId: anId(3),
        state: 'answered',
        deliveryId: anId(4),
        agreementId: id,
        termsVersion: 1,
      },
      `quality answered your correction  legal-entities (answered)  hub corrections show ${anId(3)}`,
    ],
    ['a duty', aDutyNotice, `overdue: sign by 2026-12-15  legal-entities  hub agreements show ${id}`],
  ])('%s', (_case, notice, line) => {
    expect(noticeLine(EventNotice.parse(notice), en).replace(/^\S+ \S+ {2}/, '')).toBe(line);
  });
  test.each<[string, object, string]>([
    ['an event', { ...aStep, event: 'adjourn' }, 'quality news of an agreement (adjourn)'],
    ['a duty', { ...aDutyNotice, duty: 'sing' }, 'overdue'],
  ])('%s that this tool does not know yet: in general words, and where to read on', (_case, notice, words) => {
    const line = noticeLine(LaterNotice.parse(notice), en).replace(/^\S+ \S+ {2}/, '');
    expect(line).toBe(`${words}  /v1/agreements/${id}`);
  });
  test.each(AgreementAction.options)('the action %s has words in both languages', (event) => {
    expect(noticeLine(anEvent({ event }), en)).not.toContain(`quality ${event} `);
    expect(noticeLine(anEvent({ event }), zh)).toMatch(/\p{Script=Han}/u);
  });
  test('of several the order is that of time, whatever order they came in', () => {
    const later = anEvent({ event: 'file', at: '2026-12-06T01:00:00.000Z' });
    const lines = noticesScreen([later, anEvent({})], en).split('\n');
    expect(lines.map((line) => /signed|filed/.exec(line)?.[0])).toEqual(['signed', 'filed']);
  });
});

describe('what terms change and would deliver', () => {
  test('differences, a place a line', () => {
    const lines = differencesScreen(Differences.parse(terms.compareTerms.response), en).split('\n');
    expect(lines).toEqual([
      'terms           change   v1          v2',
      'fields 2        added                division',
      'filter 0 value  changed  110102      1101',
      'frequency       changed  on-arrival  daily',
    ]);
    expect(differencesScreen({ ...Differences.parse(terms.compareTerms.response), items: [] }, en)).toBe(
      'They say the same.',
    );
  });
  test('a preview says how much of it was read, and shows no value that is missing', () => {
    const preview = Preview.parse(terms.previewTerms.response);
    expect(previewScreen(preview, en)).toContain('Terms v1 cover 912 records of dataset 7:');
    const part = { ...preview, exact: false, sample: [{ org_code: null, capital: '5**' }] };
    expect(previewScreen(part, en)).toContain('at least 912 records');
    expect(previewScreen(part, en)).not.toContain('null');
  });
  test('a scheme with its refusals', () => {
    const screen = schemeScreen(Scheme.parse(terms.readScheme.response), en);
    expect(screen).toContain('sharing-refused: The catalog marks');
    expect(screen).toContain('next  the other parties accept: hub scheme accept');
  });
});

test('terms of a version that is not there are not signed', async () => {
  const agreement: Agreement = { ...anAgreement({ state: 'agreed' }), termsVersion: 9 };
  expect(await termsDigestOf(agreement)).toBeUndefined();
});

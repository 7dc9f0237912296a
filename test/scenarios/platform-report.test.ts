import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { Problem } from '../../schemas/contracts/problem.ts';
import type {
  Benefit,
  PlatformReport,
  ReportRow,
  RuleRow,
  UnusedGrant,
  Usage,
} from '../../schemas/contracts/reports.ts';
import { Terminal } from '../cli/terminal.ts';
import { City, eventually } from '../support/city.ts';
import { startHub, type RunningHub } from '../support/hub.ts';

const DAY = 86_400;

const firms = {
  title: '法人基础信息',
  titleEn: 'Legal entities',
  provider: 'quality',
  themes: ['economy'],
  shareType: 'unconditional',
  tolerance: 0.5,
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', type: 'string', constraints: { required: true, pattern: '\\d{4}' } },
      { name: 'name', type: 'string' },
    ],
  },
};
const permits = {
  title: '施工许可',
  titleEn: 'Building permits',
  provider: 'housing',
  themes: ['construction', 'economy'],
  shareType: 'unconditional',
  schema: { fields: [{ name: 'permit', type: 'string' }] },
};

let running: RunningHub;
let city: City;
let agreements: { readonly tax: Agreement; readonly xicheng: Agreement; readonly permits: Agreement };

const report = (as: string, query: Record<string, string> = {}) =>
  city.as(as).get<PlatformReport>('/v1/reports/platform', query);
const rowsOf = (items: PlatformReport['items']) => items as ReportRow[];

/** What has happened is counted by a function that runs every minute. */
async function counted(wanted: (totals: PlatformReport['totals']) => boolean): Promise<PlatformReport> {
  await running.advance(60);
  return eventually(
    () => report('eitc'),
    ({ totals }) => wanted(totals),
  );
}

beforeAll(async () => {
  running = await startHub();
  city = await City.of(running);
  await city.publish('quality', 'firms', firms);
  await city.publish('housing', 'permits', permits);
  agreements = {
    tax: await city.agree('tax', 'quality', 'firms', { fields: ['code', 'name'] }),
    xicheng: await city.agree('district-xicheng', 'quality', 'firms', { fields: ['code'] }),
    permits: await city.agree('tax', 'housing', 'permits', { fields: ['permit'] }),
  };
  await city.upload('quality', 'firms', 'code,name\n1101,a\n1102,b\nwrong,c\n');
  await city.upload('housing', 'permits', 'permit\np1\np2\np3\n');
  await city.upload('housing', 'permits', 'licence\np1\n');
  await city.receive('tax', 2);
  await counted(
    ({ deliveries, receipts, uploadsRefused }) => deliveries === 3 && receipts === 2 && uploadsRefused === 1,
  );
});
afterAll(async () => {
  await running?.stop();
  await city?.leave();
});

describe('the authority', () => {
  test('sees departments, resources, agreements, pairs and all that was exchanged', async () => {
    const { totals } = await report('eitc');
    expect(totals.departments).toBeGreaterThan(40);
    expect(totals.resources).toBeGreaterThanOrEqual(2);
    expect(totals).toMatchObject({
      agreements: 3,
      agreementsByState: { active: 3, terminated: 0 },
      pairs: 3,
      deliveries: 3,
      records: 7,
      onTime: 3,
      late: 0,
      contentRequests: 2,
      receipts: 2,
      uploadsAccepted: 2,
      uploadsRefused: 1,
      recordsRead: 6,
      recordsAccepted: 5,
      recordsRejected: 1,
      agreementsProposed: 3,
      agreementsFiled: 3,
    });
    expect(totals.bytes).toBeGreaterThan(0);
  });
  test('sees it by pair', async () => {
    const { items } = await report('eitc', { by: 'pair' });
    expect(
      rowsOf(items).map(({ provider, consumer, deliveries, records }) => [provider, consumer, deliveries, records]),
    ).toEqual([
      ['housing', 'tax', 1, 3],
      ['quality', 'district-xicheng', 1, 2],
      ['quality', 'tax', 1, 2],
    ]);
  });
  test('sees it by theme; what belongs to two stands in both', async () => {
    const { items } = await report('eitc', { by: 'theme' });
    const delivered = rowsOf(items).filter(({ deliveries }) => deliveries > 0);
    expect(delivered.map(({ theme, deliveries }) => [theme, deliveries])).toEqual([
      ['construction', 1],
      ['economy', 3],
    ]);
  });
  test('sees which rule rejected whose records, and why whole uploads were refused', async () => {
    const { items } = await report('eitc', { by: 'rule' });
    expect(items as RuleRow[]).toEqual([
      { rule: 'header', provider: 'housing', violations: 0, uploadsRefused: 1 },
      { rule: 'pattern', provider: 'quality', violations: 1, uploadsRefused: 0 },
    ]);
  });
  test('gets the same as CSV, page by page', async () => {
    const first = await city.as('eitc').text('/v1/reports/platform', { by: 'pair', format: 'csv', limit: 2 });
    expect(first.headers.get('content-type')).toMatch(/^text\/csv/);
    const [head, ...lines] = first.body.trimEnd().split('\r\n');
    expect(head).toMatch(/^provider,consumer,deliveries,records,bytes,onTime,late,/);
    expect(lines.map((line) => line.split(',').slice(0, 4).join(' '))).toEqual([
      'housing tax 1 3',
      'quality district-xicheng 1 2',
    ]);
    const cursor = first.headers.get('x-next-cursor') ?? undefined;
    expect(cursor).toBeDefined();
    const rest = await city.as('eitc').text('/v1/reports/platform', { by: 'pair', format: 'csv', cursor });
    expect(
      rest.body
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 2).join(' ')),
    ).toEqual(['quality tax']);
    expect(rest.headers.get('x-next-cursor')).toBeNull();
  });
  test('is refused a period that ends before it begins', async () => {
    const { status, body } = await city
      .as('eitc')
      .ask<Problem>('GET', '/v1/reports/platform', { query: { from: '2026-12', to: '2026-11' } });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'invalid-period' });
  });
});

describe('a department', () => {
  test.each([
    [
      'tax',
      [
        ['housing', 'tax'],
        ['quality', 'tax'],
      ],
      { deliveries: 2, pairs: 2, uploadsAccepted: 0, resources: 0 },
    ],
    [
      'quality',
      [
        ['quality', 'district-xicheng'],
        ['quality', 'tax'],
      ],
      { deliveries: 2, pairs: 2, uploadsAccepted: 1 },
    ],
    ['press', [], { deliveries: 0, pairs: 0, agreements: 0 }],
  ])('%s sees what it provided or received, and nothing else', async (as, pairs, totals) => {
    const own = await report(as, { by: 'pair' });
    expect(rowsOf(own.items).map(({ provider, consumer }) => [provider, consumer])).toEqual(pairs);
    expect(own.totals).toMatchObject(totals);
  });
  test('does not see whose records other rules rejected', async () => {
    expect((await report('tax', { by: 'rule' })).items).toEqual([]);
  });
});

describe('what it was good for', () => {
  const path = () => `/v1/agreements/${agreements.tax.agreementId}/benefits`;
  const month = async () => new Date((await running.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);

  test('is said by the consumer, read by the provider, and summed for the authority', async () => {
    const body = { period: await month(), casesSolved: 117, amountRecovered: 12_500_000, words: '查明未登记企业' };
    await city.as('tax').post<Benefit>(path(), { ...body, casesSolved: 100 });
    await city.as('tax').post<Benefit>(path(), body);
    const { items } = await city.as('quality').get<{ items: Benefit[] }>(path());
    expect(items).toMatchObject([body]);
    const { totals } = await eventually(
      () => report('eitc'),
      ({ totals: { casesSolved } }) => casesSolved === 117,
    );
    expect(totals).toMatchObject({ casesSolved: 117, amountRecovered: 12_500_000 });
    expect((await report('district-xicheng')).totals.casesSolved).toBe(0);
  });
  test.each([
    ['quality', 403, 'not-the-consumer'],
    ['press', 404, 'not-found'],
  ])('is not for %s to say: %d %s', async (as, status, code) => {
    const answer = await city.as(as).ask<Problem>('POST', path(), { body: { period: await month(), words: 'x' } });
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
  });
});

describe('what use is made of it', () => {
  test('tells what was fetched and what was not', async () => {
    const usage = async (as: string, { agreementId }: Agreement) =>
      city.as(as).get<Usage>(`/v1/agreements/${agreementId}/usage`);
    expect(await usage('quality', agreements.tax)).toMatchObject({
      deliveries: 1,
      fetched: 1,
      receipts: 1,
      unreadFields: [],
    });
    expect(await usage('eitc', agreements.xicheng)).toMatchObject({
      deliveries: 1,
      fetched: 0,
      unfetched: { count: 1 },
      unreadFields: ['code'],
    });
  });
});

describe('the command line', () => {
  let terminal: Terminal;
  beforeAll(async () => {
    terminal = await Terminal.open({
      HUB_API: running.api,
      AWS_REGION: running.region,
      AWS_SHARED_CREDENTIALS_FILE: running.credentials,
    });
  });
  afterAll(() => terminal?.close());
  const as = (department: string, line: string, lang = 'en') =>
    terminal.hub(line, { env: { AWS_PROFILE: department, HUB_LANG: lang } });

  test('shows the report in both languages', async () => {
    const english = await as('eitc', 'report --by pair');
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toMatch(/deliveries +3 +\(3 on time, 0 late\)/);
    expect(english.out).toMatch(/quality +district-xicheng +1 +2/);
    const chinese = await as('eitc', 'report --by pair', 'zh');
    expect(chinese.out).toContain('（及时 3，迟到 0）');
  });
  test('saves it as CSV', async () => {
    const saved = await as('eitc', 'report --by theme --csv themes.csv');
    expect(saved).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ rows in themes\.csv\n$/) });
    const [head, ...lines] = (await terminal.read('themes.csv')).trimEnd().split('\r\n');
    expect(head).toMatch(/^\ufefftheme,deliveries,/);
    expect(lines.map((line) => line.split(',').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining(['construction 1', 'economy 3']),
    );
  });
  test('shows the use of an agreement, states what it was good for, and shows that', async () => {
    const { agreementId } = agreements.permits;
    expect((await as('tax', `usage ${agreementId}`)).out).toMatch(/fetched +1 \/ 1/);
    const { to: period } = await report('tax');
    const said = await as('tax', `benefit ${agreementId} --period ${period} --hours 12 --words 'less typing'`);
    expect(said).toMatchObject({ code: 0 });
    expect((await as('housing', `benefit ${agreementId}`)).out).toMatch(/12 +less typing/);
    expect(await as('tax', `benefit ${agreementId} --hours 12`)).toMatchObject({ code: 2 });
  });
});

test('after ninety days the grant that nobody used is listed for the authority and its parties, and no other', async () => {
  await running.advance(91 * DAY);
  const unused = async (as: string) => {
    const { items } = await city.as(as).get<{ items: UnusedGrant[] }>('/v1/unused-grants', { days: 90 });
    return items.map(({ agreementId, reason }) => [agreementId, reason]);
  };
  const never = [agreements.xicheng.agreementId, 'never-fetched'];
  expect(await unused('district-xicheng')).toEqual([never]);
  expect(await unused('eitc')).toContainEqual(never);
  expect(await unused('press')).toEqual([]);
  expect(await unused('tax')).toEqual(
    [agreements.tax, agreements.permits].map(({ agreementId }) => [agreementId, 'not-fetched-lately']),
  );
});

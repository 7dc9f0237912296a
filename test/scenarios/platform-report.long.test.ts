import { expect, test } from '@jest/globals';
import type { Sent } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { PlatformReport, ReportRow, RuleRow } from '../../schemas/contracts/reports.ts';
import { Terminal } from '../cli/terminal.ts';
import { eventually } from '../support/city.ts';
import { aPlace } from '../support/place.ts';
import { step } from '../support/step.ts';

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

const at = aPlace();

test('the report of the platform, what it was good for, and what use is made of it', async () => {
  const { hub, city } = at;

  const report = (as: string, query: Sent<'platformReport'>['query'] = {}) =>
    city.as(as).call(routes.platformReport, { query });
  const rowsOf = (items: PlatformReport['items']) => items as ReportRow[];

  /** What has happened is counted by a function that runs every minute. */
  async function counted(wanted: (totals: PlatformReport['totals']) => boolean): Promise<PlatformReport> {
    await hub.advance(60);
    return eventually(
      () => report('eitc'),
      ({ totals }) => wanted(totals),
    );
  }

  await city.publish('quality', 'firms', firms);
  await city.publish('housing', 'permits', permits);
  const agreements = {
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

  await step('the authority sees departments, resources, agreements, pairs and all that was exchanged', async () => {
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
  await step('the authority sees it by pair', async () => {
    const { items } = await report('eitc', { by: 'pair' });
    expect(
      rowsOf(items).map(({ provider, consumer, deliveries, records }) => [provider, consumer, deliveries, records]),
    ).toEqual([
      ['housing', 'tax', 1, 3],
      ['quality', 'district-xicheng', 1, 2],
      ['quality', 'tax', 1, 2],
    ]);
  });
  await step('the authority sees it by theme; what belongs to two stands in both', async () => {
    const { items } = await report('eitc', { by: 'theme' });
    const delivered = rowsOf(items).filter(({ deliveries }) => deliveries > 0);
    expect(delivered.map(({ theme, deliveries }) => [theme, deliveries])).toEqual([
      ['construction', 1],
      ['economy', 3],
    ]);
  });
  await step('the authority sees which rule rejected whose records, and why whole uploads were refused', async () => {
    const { items } = await report('eitc', { by: 'rule' });
    expect(items as RuleRow[]).toEqual([
      { rule: 'header', provider: 'housing', violations: 0, uploadsRefused: 1 },
      { rule: 'pattern', provider: 'quality', violations: 1, uploadsRefused: 0 },
    ]);
  });
  await step('the authority gets the same as CSV, page by page', async () => {
    const sent = { query: { by: 'pair', limit: 2 } } as const;
    const first = await city.as('eitc').text(routes.platformReport, 'csv', sent);
    expect(first.headers.get('content-type')).toMatch(/^text\/csv/);
    const [head, ...lines] = first.text.trimEnd().split('\r\n');
    expect(head).toMatch(/^provider,consumer,deliveries,records,bytes,onTime,late,/);
    expect(lines.map((line) => line.split(',').slice(0, 4).join(' '))).toEqual([
      'housing tax 1 3',
      'quality district-xicheng 1 2',
    ]);
    expect(first.cursor).toBeDefined();
    const rest = await city.as('eitc').text(routes.platformReport, 'csv', sent, first.cursor);
    expect(
      rest.text
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').slice(0, 2).join(' ')),
    ).toEqual(['quality tax']);
    expect(rest.cursor).toBeUndefined();
  });
  await step('the authority is refused a period that ends before it begins', async () => {
    const refused = await city.as('eitc').ask(routes.platformReport, { query: { from: '2026-12', to: '2026-11' } });
    expect(refused).toMatchObject({ status: 422, problem: { code: 'invalid-period' } });
  });

  const own: [string, string[][], object][] = [
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
  ];
  for (const [as, pairs, wanted] of own)
    await step(`${as} sees what it provided or received, and nothing else`, async () => {
      const { items, totals } = await report(as, { by: 'pair' });
      expect(rowsOf(items).map(({ provider, consumer }) => [provider, consumer])).toEqual(pairs);
      expect(totals).toMatchObject(wanted);
    });
  await step('a department does not see whose records other rules rejected', async () => {
    expect((await report('tax', { by: 'rule' })).items).toEqual([]);
  });

  const params = { agreementId: agreements.tax.agreementId };
  const month = async () => new Date((await hub.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);

  await step(
    'what it was good for is said by the consumer, read by the provider, and summed for the authority',
    async () => {
      const body = { period: await month(), casesSolved: 117, amountRecovered: 12_500_000, words: '查明未登记企业' };
      await city.as('tax').call(routes.stateBenefit, { params, body: { ...body, casesSolved: 100 } });
      await city.as('tax').call(routes.stateBenefit, { params, body });
      const { items } = await city.as('quality').call(routes.listBenefits, { params });
      expect(items).toMatchObject([body]);
      const { totals } = await eventually(
        () => report('eitc'),
        ({ totals: { casesSolved } }) => casesSolved === 117,
      );
      expect(totals).toMatchObject({ casesSolved: 117, amountRecovered: 12_500_000 });
      expect((await report('district-xicheng')).totals.casesSolved).toBe(0);
    },
  );
  for (const [as, status, code] of [
    ['quality', 403, 'not-the-consumer'],
    ['press', 404, 'not-found'],
  ] as const)
    await step(`it is not for ${as} to say: ${status} ${code}`, async () => {
      const body = { period: await month(), words: 'x' };
      const refused = await city.as(as).ask(routes.stateBenefit, { params, body });
      expect(refused).toMatchObject({ status, problem: { code } });
    });

  await step('what use is made of it tells what was fetched and what was not', async () => {
    const usage = async (as: string, { agreementId }: Agreement) =>
      city.as(as).call(routes.readUsage, { params: { agreementId } });
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

  const terminal = await Terminal.beside(hub);
  const as = (department: string, line: string, lang = 'en') =>
    terminal.hub(line, { env: { AWS_PROFILE: department, HUB_LANG: lang } });

  await step('the command line shows the report in both languages', async () => {
    const english = await as('eitc', 'report --by pair');
    expect(english).toMatchObject({ code: 0, err: '' });
    expect(english.out).toMatch(/deliveries +3 +\(3 on time, 0 late\)/);
    expect(english.out).toMatch(/quality +district-xicheng +1 +2/);
    const chinese = await as('eitc', 'report --by pair', 'zh');
    expect(chinese.out).toContain('（及时 3，迟到 0）');
  });
  await step('the command line saves it as CSV', async () => {
    const saved = await as('eitc', 'report --by theme --csv themes.csv');
    expect(saved).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ rows in themes\.csv\n$/) });
    const [head, ...lines] = (await terminal.read('themes.csv')).trimEnd().split('\r\n');
    expect(head).toMatch(/^\ufefftheme,deliveries,/);
    expect(lines.map((line) => line.split(',').slice(0, 2).join(' '))).toEqual(
      expect.arrayContaining(['construction 1', 'economy 3']),
    );
  });
  await step(
    'the command line shows the use of an agreement, states what it was good for, and shows that',
    async () => {
      const { agreementId } = agreements.permits;
      expect((await as('tax', `usage ${agreementId}`)).out).toMatch(/fetched +1 \/ 1/);
      const { to: period } = await report('tax');
      const said = await as('tax', `benefit ${agreementId} --period ${period} --hours 12 --words 'less typing'`);
      expect(said).toMatchObject({ code: 0 });
      expect((await as('housing', `benefit ${agreementId}`)).out).toMatch(/12 +less typing/);
      expect(await as('tax', `benefit ${agreementId} --hours 12`)).toMatchObject({ code: 2 });
    },
  );

  await step(
    'after ninety days the grant that nobody used is listed for the authority and its parties, and no other',
    async () => {
      await hub.advance(91 * DAY);
      const unused = async (as: string) => {
        const { items } = await city.as(as).call(routes.listUnusedGrants, { query: { days: 90 } });
        return items.map(({ agreementId, reason }) => [agreementId, reason]);
      };
      const never = [agreements.xicheng.agreementId, 'never-fetched'];
      expect(await unused('district-xicheng')).toEqual([never]);
      expect(await unused('eitc')).toContainEqual(never);
      expect(await unused('press')).toEqual([]);
      expect(await unused('tax')).toEqual(
        [agreements.tax, agreements.permits].map(({ agreementId }) => [agreementId, 'not-fetched-lately']),
      );
    },
  );
  await terminal.close();
});

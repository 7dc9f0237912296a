import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { distinct, giveBack, lookThrough } from '../../clients/cli/mailbox/look-through.ts';
import type { Item, ListId, Sent } from '../../clients/protocol/route-types.ts';
import { routes, type Called } from '../../clients/protocol/routes.ts';
import type { DutyId } from '../../schemas/contracts/duties.ts';
import { eventually } from '../support/city.ts';
import { aPlace } from '../support/place.ts';
import { step, STORY_MS } from '../support/step.ts';
import { Recording } from './recording.ts';
import { Terminal } from './terminal.ts';

const stations = {
  title: '派出所',
  titleEn: 'Police stations',
  description: 'Stations and the streets that they serve.',
  provider: 'public-security',
  shareType: 'conditional',
  shareCondition: '履行法定职责需要',
  updateCycle: 'irregular',
  schema: {
    primaryKey: ['code'],
    fields: [
      { name: 'code', title: '编码', type: 'string', sensitivity: 'public', constraints: { required: true } },
      { name: 'name', title: '名称', type: 'string', sensitivity: 'public' },
      { name: 'officers', title: '警员数', type: 'integer' },
      { name: 'phone', title: '电话', type: 'string', sensitivity: 'personal' },
    ],
  },
};
const rows =
  'code,name,officers,phone\n1101,东华门,12,01065250110\n1102,景山,9,01064040110\n3101,外滩,20,02163210110\n';

const at = aPlace();

/**
 * Two departments and the authority from a demand to the last statement, with what they type and see. The README of
 * agreements shows these recordings.
 */
test(
  'the life of an agreement looks as recorded',
  async () => {
    const { hub, city } = at;
    await city.publish('public-security', 'stations', stations);
    const terminal = await Terminal.beside(hub);
    const screen = new Recording(terminal);
    let id = '';

    const newest = async <Id extends ListId>(list: Called<Id>): Promise<Item<Id>> => {
      const items: Item<Id>[] = [];
      for await (const item of city.as('tax').list(list, {} as Sent<Id>)) items.push(item);
      return items.at(-1)!;
    };
    const recorded = (name: string) => screen.matches(`agreement-${name}`, { deadlines: true });

    /** Notices are on their way for a moment after what they tell of. */
    async function lying(department: string, count: number): Promise<void> {
      const mailbox = await city.mailbox(department);
      try {
        await eventually(
          async () => {
            const seen = await lookThrough(mailbox, { waitSeconds: 1 });
            await giveBack(mailbox, seen);
            return distinct(seen).length;
          },
          (found) => found >= count,
        );
      } finally {
        mailbox.close();
      }
    }

    /** Lists of duties are renewed every minute. */
    async function listed(department: string, duty: DutyId): Promise<void> {
      await hub.advance(61);
      await eventually(
        () => city.as(department).call(routes.listDuties, { query: { side: 'own', duty } }),
        ({ items }) => items.length > 0,
      );
    }

    const received = (count: number) =>
      eventually(
        () => city.as('tax').call(routes.listDeliveries, { query: { agreementId: id } }),
        ({ items }) => items.filter(({ state }) => state === 'noticed').length >= count,
      );

    await step('1. from a demand to a proposal', async () => {
      await screen.type(
        'tax',
        "demand state --title '派出所名录' --fields '编码;名称;电话' --ask public-security --purpose '入户核查' --basis '税收征收管理法 第五十四条'",
      );
      const { demandId } = await newest(routes.listDemands);
      await screen.type('tax', `demand matches ${demandId}`);
      await screen.type('tax', `demand match ${demandId} stations`);
      await terminal.file(
        'terms.yaml',
        'fields: [code, name, officers, phone]\nfilter: [{field: code, op: prefix, value: "11"}]\nmask: {phone: last4}\npurpose: 入户核查\nlegalBasis: 税收征收管理法 第五十四条\n',
      );
      await screen.type(
        'tax',
        `agreements propose stations --demand ${demandId} --terms terms.yaml --from 2026-01-01 --until 2099-12-31 --security '专网存放，专人管理'`,
      );
      ({ agreementId: id } = await newest(routes.listAgreements));
      await screen.type('tax', `demand show ${demandId}`);
      await recorded('1-proposal');
    });

    await step('2. other terms, what they change, and consent', async () => {
      await lying('public-security', 2);
      await screen.type('public-security', 'poll --dismiss');
      await screen.type('public-security', 'poll --wait 0');
      await listed('public-security', 'reply-to-request');
      await screen.type('public-security', 'duties');
      await screen.type('public-security', `agreements counter ${id} --fields code,name,phone --frequency weekly`);
      await screen.type('tax', `agreements comment ${id} '每周一次太少'`);
      await screen.type('tax', `agreements accept ${id} --terms-version 1`, 1);
      await screen.type('tax', `agreements counter ${id} --frequency on-arrival`);
      await screen.type('public-security', `agreements differences ${id} --from 1`);
      await screen.type('public-security', `agreements accept ${id} --terms-version 3`);
      await recorded('2-negotiation');
    });

    await step('3. both read, look at a sample and sign; the authority files', async () => {
      expect((await city.upload('public-security', 'stations', rows)).state).toBe('accepted');
      await screen.type('tax', `agreements preview ${id}`);
      await screen.type('tax', `agreements sign ${id}`);
      await screen.type('public-security', `agreements sign ${id}`);
      await listed('eitc', 'file');
      await screen.type('eitc', 'duties --own');
      await screen.type('eitc', `agreements text ${id}`);
      await screen.type('tax', `agreements file ${id} --number BJ-2026-0001`, 1);
      const { code } = await terminal.hub(`agreements text ${id} --html page.html --lang zh`, {
        env: { AWS_PROFILE: 'eitc' },
      });
      expect({ code, page: (await terminal.read('page.html')).includes('<html') }).toEqual({ code: 0, page: true });
      await recorded('3-signatures');
    });

    await step('4. in force: the data come', async () => {
      await screen.type('eitc', `agreements file ${id} --number BJ-2026-0001`);
      await received(1);
      await lying('tax', 5);
      await screen.type('tax', 'poll');
      const { deliveryId } = await newest(routes.listDeliveries);
      await screen.type('tax', `fetch ${deliveryId}`);
      await screen.type('tax', 'poll --dismiss --type agreement');
      await screen.type('tax', 'poll --wait 0');
      await screen.type(
        'tax',
        `corrections report ${deliveryId} --key code=1101 --field name --reason outdated --words '已更名为东华门街道所'`,
      );
      const { correctionId } = await newest(routes.listCorrections);
      await screen.type(
        'public-security',
        `corrections answer ${correctionId} --decision will-correct --words '下次上报更正'`,
      );
      await screen.type('tax', 'corrections');
      await recorded('4-in-force');
    });

    await step('5. an amendment beside the terms in force', async () => {
      await screen.type('tax', `agreements amend ${id} --fields code,name,officers,phone --retain 90`);
      await screen.type('public-security', `agreements accept ${id}`);
      await screen.type('tax', `agreements sign ${id}`);
      await screen.type('tax', `agreements show ${id}`);
      await screen.type('public-security', `agreements sign ${id}`);
      await screen.type('eitc', `agreements file ${id} --number BJ-2026-0001-A`);
      await received(2);
      await recorded('5-amendment');
    });

    await step('6. two suspend it, and each lifts its own', async () => {
      const { deliveryId } = await newest(routes.listDeliveries);
      await screen.type('public-security', `agreements suspend ${id} --reason '系统改造'`);
      await screen.type('eitc', `agreements suspend ${id} --reason '安全检查'`);
      await screen.type('tax', `fetch ${deliveryId}`, 1);
      await screen.type('tax', `agreements resume ${id} --reason '急用'`, 1);
      await screen.type('public-security', `agreements resume ${id} --reason '改造完成'`);
      await screen.type('eitc', `agreements resume ${id} --reason '检查完成'`);
      await recorded('6-suspension');
    });

    await step('7. a dispute: opened, answered, decided', async () => {
      await screen.type('tax', `agreements dispute open ${id} --words '更正申请未办理'`);
      await screen.type('tax', `agreements dispute answer ${id} --words '自问自答'`, 1);
      await screen.type('public-security', `agreements dispute answer ${id} --words '下次上报更正'`);
      await screen.type('eitc', `agreements dispute decide ${id} --words '五个工作日内更正'`);
      await recorded('7-dispute');
    });

    await step('8. the end, and what is owed after it', async () => {
      const { deliveryId } = await newest(routes.listDeliveries);
      await screen.type('tax', `agreements terminate ${id} --reason '职责已变更'`);
      await screen.type('tax', `fetch ${deliveryId}`, 1);
      await screen.type('public-security', `agreements amend ${id} --retain 30`, 1);
      await screen.type('public-security', `agreements duties ${id}`);
      await screen.type('tax', `agreements dispose ${id} --method deleted --words '数据库及备份均已删除'`);
      await screen.type('tax', `agreements dispose ${id} --method deleted --words '再次'`, 1);
      await screen.type('tax', `agreements show ${id} --lang zh`);
      await recorded('8-end');
    });
    await step('a history of several pages is told whole, by its parties and to nobody else', async () => {
      const said = Array.from({ length: 101 }, (_, index) => `说明 ${index + 1}`);
      for (const text of said)
        await city.as('tax').call(routes.commentOnAgreement, { params: { agreementId: id }, body: { text } });
      const as = (department: string, line: string) => terminal.hub(line, { env: { AWS_PROFILE: department } });
      const { history } = await city.as('tax').call(routes.readAgreement, { params: { agreementId: id } });
      const { out } = await as('public-security', `agreements history ${id} --json`);
      expect(JSON.parse(out)).toEqual({ items: history });
      const lines = (await as('public-security', `agreements history ${id}`)).out.trimEnd().split('\n');
      expect(lines.slice(-101).map((line) => / comment +v\d+ +(.*)$/.exec(line)?.[1])).toEqual(said);
      expect(await as('press', `agreements history ${id}`)).toMatchObject({ code: 1, out: '' });
    });

    await step(
      'a standing offer is stated, shown and withdrawn; a scheme is proposed, accepted and signed as one act',
      async () => {
        const as = (department: string, line: string) => terminal.hub(line, { env: { AWS_PROFILE: department } });
        await city.publish('public-security', 'posts', { ...stations, shareType: 'unconditional' });
        await terminal.file(
          'offer.yaml',
          'fields: [code, name]\nmaxDays: 366\nmaxRetainDays: 365\naudience: [press]\n',
        );
        expect(await as('public-security', 'offer state posts offer.yaml')).toMatchObject({ code: 0 });
        expect((await as('press', 'offer show posts')).out).toMatch(/fields +code, name\n/);
        expect((await as('tax', 'offer show posts')).err).toContain('not-found');
        expect(await as('public-security', 'offer withdraw posts')).toMatchObject({ code: 0 });

        const terms = {
          fields: ['code'],
          purpose: '新闻核实',
          legalBasis: '政务数据共享条例 第十二条',
          validFrom: '2026-01-01',
          validTo: '2099-12-31',
        };
        const scheme = {
          name: '一期',
          proposals: [
            { resourceId: 'posts', terms },
            { resourceId: 'stations', terms },
          ],
        };
        await terminal.file(
          'scheme.json',
          JSON.stringify({ ...scheme, proposals: [...scheme.proposals, { resourceId: 'none', terms }] }),
        );
        const proposed = await as('press', 'scheme propose scheme.json');
        expect(proposed.out).toMatch(/posts +public-security +press +\S+ +proposed/);
        expect(proposed.out).toContain('resource-not-found');
        expect((await as('press', 'scheme propose scheme.json')).out).toBe(proposed.out);
        const schemeId = /hub scheme accept (\S+)/.exec(proposed.out)?.[1] ?? 'none';
        const own = await as('press', `scheme accept ${schemeId}`);
        expect([own.code, own.out, own.err.match(/You proposed|own-proposal/g)]).toEqual([2, '', ['You proposed']]);
        expect(own.err).toContain('hub agreements terminate ID');
        expect((await as('public-security', `scheme accept ${schemeId}`)).out.match(/ agreed/g)).toHaveLength(2);
        expect((await as('press', `scheme sign ${schemeId}`)).out.match(/ agreed/g)).toHaveLength(2);
        expect((await as('public-security', `scheme sign ${schemeId}`)).out.match(/ signed/g)).toHaveLength(2);
        expect((await as('public-security', `scheme sign ${schemeId}`)).code).toBe(2);
        expect((await as('eitc', `agreements --scheme ${schemeId}`)).out.match(/ signed/g)).toHaveLength(2);
      },
    );

    await step('a provider offers what is its own, to one department and to several as one act', async () => {
      const as = (department: string, line: string) => terminal.hub(line, { env: { AWS_PROFILE: department } });
      const idIn = (out: string, pattern: RegExp) => pattern.exec(out)?.[1] ?? 'none';
      const words = '--purpose 入户核查 --basis 第十二条 --from 2026-01-01 --until 2099-12-31';
      const one = await as('public-security', `agreements propose posts --to tax --fields code ${words}`);
      expect(one.out).toContain('owed  tax: accept the terms or propose others');
      const agreementId = idIn(one.out, /hub agreements accept (\S+)/);
      expect((await as('tax', `agreements accept ${agreementId}`)).out).toContain('is agreed.');
      expect((await as('press', `agreements propose posts --to tax --fields code ${words}`)).err).toContain(
        'not-the-provider',
      );

      const terms = `{fields: [code], purpose: 入户核查, legalBasis: 第十二条, validFrom: 2026-01-01, validTo: 2099-12-31}`;
      const part = (consumer: string, its: string) => `  - {resourceId: posts, consumer: ${consumer}, terms: ${its}}\n`;
      const parts = [
        part('tax', `&terms ${terms}`),
        part('press', '{<<: *terms, fields: [name]}'),
        part('nobody', '*terms'),
      ];
      await terminal.file('shared.yaml', `name: 共享\nproposals:\n${parts.join('')}`);
      const all = await as('public-security', 'scheme propose shared.yaml');
      expect(all.out).toMatch(/posts +public-security +tax +\S+ +proposed/);
      expect(all.out).toMatch(/posts +nobody +invalid-terms/);
      const schemeId = idIn(all.out, /hub scheme accept (\S+)/);
      const shown = await as('tax', `scheme show ${schemeId}`);
      expect([shown.out.includes(' tax '), shown.out.includes('press')]).toEqual([true, false]);
      const [, agreed = ''] = / press +(\S+)/.exec(all.out) ?? [];
      expect((await as('press', `agreements show ${agreed}`)).out).toMatch(/fields +name\n/);
      expect((await as('tax', `scheme accept ${schemeId}`)).out.match(/ agreed/g)).toHaveLength(1);
      expect((await as('press', `scheme accept ${schemeId}`)).out.match(/ agreed/g)).toHaveLength(1);
      expect((await as('public-security', `scheme sign ${schemeId}`)).out.match(/ agreed/g)).toHaveLength(2);
      expect((await as('tax', `scheme sign ${schemeId}`)).out.match(/ signed/g)).toHaveLength(1);
    });

    await terminal.close();
  },
  STORY_MS,
);

/** Whole commands may be left out; within what one says a line with nothing but dots stands for what was. */
test('the README of agreements shows what the screens say', async () => {
  const page = await readFile(join(import.meta.dirname, '../../functions/agreements/README.md'), 'utf8');
  const folder = join(import.meta.dirname, 'screens');
  const names = (await readdir(folder)).filter((name) => name.startsWith('agreement-')).toSorted();
  const screens = (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
  const pieces = [...page.matchAll(/```text\n(.*?)```/gs)].flatMap(([, block]) =>
    (block ?? '').split(/^…\n|^(?=[a-z-]+\$ hub )/m),
  );
  expect(pieces.length).toBeGreaterThan(10);
  for (const piece of pieces) expect(screens).toContain(piece.trim());
});

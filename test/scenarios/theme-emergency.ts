import { expect } from '@jest/globals';
import { conclude } from '../../clients/protocol/parties.ts';
import type { Body } from '../../clients/protocol/route-types.ts';
import { routes } from '../../clients/protocol/routes.ts';
import type { Demand } from '../../schemas/contracts/demands.ts';
import type { Coverage } from '../../schemas/contracts/themes.ts';
import { Terminal } from '../cli/terminal.ts';
import { eventually } from '../support/city.ts';
import type { Place } from '../support/place.ts';
import { step } from '../support/step.ts';

const provision = {
  population: {
    provider: 'public-security',
    title: '人口基础信息',
    fields: [
      { name: 'person_no', title: '公民身份号码', sensitivity: 'sensitive' },
      { name: 'full_name', title: '姓名', sensitivity: 'personal' },
      { name: 'division', title: '行政区划代码', sensitivity: 'public' },
    ],
    csv: 'person_no,full_name,division\n110105194912310023,张三,110102\n',
  },
  'legal-entities': {
    provider: 'quality',
    title: '法人单位基础信息',
    fields: [
      { name: 'org_code', title: '组织机构代码' },
      { name: 'name', title: '机构名称' },
    ],
    csv: 'org_code,name\n00251805-7,长安商贸\n',
  },
  'map-layers': {
    provider: 'surveying',
    title: '地图图层目录',
    fields: [
      { name: 'layer', title: '图层名称' },
      { name: 'scale', title: '比例尺' },
    ],
    csv: 'layer,scale\n道路,1:2000\n',
  },
  buildings: {
    provider: 'housing',
    title: '房屋建筑信息',
    fields: [
      { name: 'building_no', title: '建筑编号' },
      { name: 'floors', title: '层数', type: 'integer' },
    ],
    csv: 'building_no,floors\nB1,12\n',
  },
  'hazard-sources': {
    provider: 'work-safety',
    title: '重大危险源信息',
    fields: [
      { name: 'source_no', title: '危险源编号' },
      { name: 'kind', title: '类别', constraints: { enum: ['危险化学品', '烟花爆竹'] } },
    ],
    csv: 'source_no,kind\nH1,烟花爆竹\n',
  },
  shelters: {
    provider: 'civil-affairs',
    title: '应急避难场所信息',
    fields: [
      { name: 'shelter_no', title: '场所编号' },
      { name: 'capacity', title: '容纳人数', type: 'integer' },
    ],
    csv: 'shelter_no,capacity\nS1,3000\n',
  },
  equipment: {
    provider: 'urban-management',
    title: '应急装备物资信息',
    fields: [
      { name: 'item_no', title: '装备编号' },
      { name: 'quantity', title: '数量', type: 'integer' },
    ],
    csv: 'item_no,quantity\nE1,40\n',
  },
} as const;
type ResourceName = keyof typeof provision;
const names = Object.keys(provision) as ResourceName[];
const later: ReadonlySet<ResourceName> = new Set(['shelters', 'equipment']);

const needs: Record<ResourceName, Pick<Body<'stateDemand'>, 'title' | 'fields' | 'description' | 'from'>> = {
  population: { title: '人口基础信息', fields: [{ name: '姓名' }, { name: '行政区划代码' }] },
  'legal-entities': { title: '法人单位名录', fields: [{ name: '组织机构代码' }, { name: '机构名称' }] },
  'map-layers': { title: '地图图层', description: '指挥用的地图图层目录' },
  buildings: { title: '房屋建筑', fields: [{ name: '建筑编号' }, { name: '层数' }] },
  'hazard-sources': { title: '重大危险源', description: '含危险化学品和烟花爆竹' },
  shelters: { title: '应急避难场所', fields: [{ name: '场所编号' }, { name: '容纳人数' }], from: ['civil-affairs'] },
  equipment: { title: '应急装备物资', fields: [{ name: '装备编号' }, { name: '数量' }], from: ['urban-management'] },
};

/** The emergency office's theme (scenario 4): its catalogs, what is unmet, and the agreements that come of it. */
export async function emergencyTheme({ hub, city }: Place): Promise<void> {
  const demands = {} as Record<ResourceName, string>;
  const sheet = (as = 'emergency') => city.as(as).call(routes.readCoverage, { params: { themeId: 'emergency' } });
  const needOf = ({ items }: Coverage, name: ResourceName) => items.find(({ demandId }) => demandId === demands[name]);
  const matchesOf = async (name: ResourceName) =>
    (await city.as('emergency').call(routes.listMatches, { params: { demandId: demands[name] } })).items;
  const publish = (name: ResourceName) => {
    const { provider, title, fields } = provision[name];
    return city.publish(provider, name, {
      title,
      provider,
      themes: ['emergency'],
      shareType: 'unconditional',
      updateCycle: 'daily',
      schema: { fields },
    });
  };

  await step('the emergency office defines the theme with the 14 command offices and the 18 districts', async () => {
    const { items } = await city.as('emergency').call(routes.listDepartments, {});
    const members = items.map(({ id }) => id).filter((id) => /^(command|district)-/.test(id));
    expect(members).toHaveLength(32);
    const body = {
      name: '应急指挥',
      nameEn: 'Emergency response',
      lead: 'emergency',
      members,
      purpose: '突发事件应对',
    };
    const theme = await city.as('emergency').call(routes.defineTheme, { params: { themeId: 'emergency' }, body });
    expect(theme).toMatchObject({ themeId: 'emergency', lead: 'emergency', members });
  });

  await step('it compiles the demand catalog: what the theme needs, and from whom where that is known', async () => {
    for (const name of names) {
      const body = {
        purpose: '突发事件应对',
        legalBasis: '突发事件应对法 第三十三条',
        frequency: 'on-arrival',
        ...needs[name],
      } as const;
      demands[name] = (
        await city.as('emergency').call(routes.stateThemeDemand, { params: { themeId: 'emergency' }, body })
      ).demandId;
    }
    const { items } = await city.as('command-flood').call(routes.listDemands, { query: { theme: 'emergency' } });
    expect(items.map(({ demandId }) => demandId).toSorted()).toEqual(Object.values(demands).toSorted());
    expect((await city.as('civil-affairs').call(routes.listDemands, { query: { role: 'asked' } })).items).toMatchObject(
      [{ title: '应急避难场所', state: 'open' }],
    );
    expect((await city.as('press').call(routes.listDemands, {})).items).toEqual([]);
  });

  await step('it sees which needs the catalog can meet, and why, and which are unmet', async () => {
    for (const name of names.filter((each) => !later.has(each))) await publish(name);
    const { items } = await city.as('emergency').call(routes.listResources, { query: { theme: 'emergency' } });
    expect(items.map(({ resourceId }) => resourceId).toSorted()).toEqual(
      names.filter((each) => !later.has(each)).toSorted(),
    );
    for (const name of names) {
      const [best] = await matchesOf(name);
      expect({ name, best: best?.resourceId }).toEqual({ name, best: later.has(name) ? undefined : name });
    }
    expect((await matchesOf('hazard-sources'))[0]?.reasons).toContainEqual({
      kind: 'codes',
      field: 'kind',
      values: ['危险化学品', '烟花爆竹'],
    });
    expect((await sheet()).summary).toMatchObject({ needs: 7, catalogued: 0, agreed: 0 });
  });

  await step('of those that are asked one publishes what is needed and names it', async () => {
    await publish('shelters');
    const sent = { params: { demandId: demands.shelters }, body: { resourceId: 'shelters' } };
    const matched = await city.as('civil-affairs').call(routes.matchDemand, sent);
    expect(matched).toMatchObject({ state: 'matched', match: { by: 'civil-affairs' } });
  });
  await step('of those that are asked one declines, and the demand is declined', async () => {
    const sent = { params: { demandId: demands.equipment }, body: { reason: '尚未建立台账' } };
    const declined = await city.as('urban-management').call(routes.declineDemand, sent);
    expect(declined).toMatchObject({ state: 'declined', declines: [{ department: 'urban-management' }] });
    expect(needOf(await sheet(), 'equipment')).toMatchObject({ state: 'declined', gap: 'declined' });
  });

  await step('it turns its demands into agreements, each drafted by the hub in one call', async () => {
    for (const name of names.filter((each) => each !== 'equipment')) {
      const { provider } = provision[name];
      const sent = { params: { demandId: demands[name] }, body: { resourceId: name } };
      const draft = await city.as('emergency').call(routes.draftAgreement, sent);
      expect(draft).toMatchObject({ resourceId: name, demandId: demands[name] });
      const parties = { consumer: city.as('emergency'), provider: city.as(provider), authority: city.as('eitc') };
      const agreement = await conclude(parties, draft, `T-emergency-${name}`);
      expect(agreement).toMatchObject({ state: 'active', demandId: demands[name], provider });
    }
    const coverage = await sheet();
    expect(coverage.summary).toMatchObject({ needs: 7, catalogued: 6, agreed: 6, delivered: 0, declined: 1 });
    expect(needOf(coverage, 'population')).toMatchObject({ state: 'negotiating', gap: 'not-delivered' });
  });

  await step('a demand with an agreement takes no second one', async () => {
    const sent = { params: { demandId: demands.population }, body: {} };
    expect(await city.as('emergency').ask(routes.draftAgreement, sent)).toMatchObject({
      status: 409,
      problem: { code: 'wrong-state' },
    });
    expect(await city.as('emergency').ask(routes.withdrawDemand, sent)).toMatchObject({ status: 409 });
  });

  await step('what was agreed arrives, and the sheet shows it to every member and to nobody else', async () => {
    for (const name of names.filter((each) => each !== 'equipment'))
      expect((await city.upload(provision[name].provider, name, provision[name].csv)).state).toBe('accepted');
    const delivered = await city.receive('emergency', 6);
    expect(delivered.map(({ notice }) => notice.resourceId).toSorted()).toEqual(
      names.filter((each) => each !== 'equipment').toSorted(),
    );
    const population = delivered.find(({ notice }) => notice.resourceId === 'population');
    expect(population?.text).toBe('full_name,division\n张三,110102\n');

    const coverage = await eventually(
      () => sheet('district-xicheng'),
      ({ summary }) => summary.delivered === 6,
    );
    expect(coverage.summary).toEqual({
      needs: 7,
      catalogued: 6,
      agreed: 6,
      delivered: 6,
      current: 6,
      overdue: 0,
      declined: 1,
      withdrawn: 0,
    });
    expect(needOf(coverage, 'shelters')).toMatchObject({
      state: 'satisfied',
      current: true,
      provider: 'civil-affairs',
    });
    expect((await city.as('auditor').ask(routes.readCoverage, { params: { themeId: 'emergency' } })).status).toBe(200);
    expect(
      (await city.as('public-security').ask(routes.readCoverage, { params: { themeId: 'emergency' } })).status,
    ).toBe(404);
  });

  await step('the sheet comes as CSV, one line for each need', async () => {
    const sent = { params: { themeId: 'emergency' } };
    const { headers, text } = await city.as('emergency').text(routes.readCoverage, 'csv', sent);
    expect(headers.get('content-type')).toContain('text/csv');
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(8);
    expect(lines[0]).toContain('demandId');
  });

  await step('where an agreement ends, its need is unmet again', async () => {
    const { agreementId } = await city
      .as('emergency')
      .call(routes.readDemand, { params: { demandId: demands.buildings } });
    await city
      .as('housing')
      .call(routes.terminateAgreement, { params: { agreementId: agreementId! }, body: { reason: '系统改造' } });
    const coverage = await sheet();
    expect(needOf(coverage, 'buildings')).toMatchObject({ state: 'matched', agreed: false, gap: 'not-agreed' });
    expect(coverage.summary).toMatchObject({ agreed: 5, delivered: 5 });
  });

  const terminal = await Terminal.beside(hub, 'emergency');
  const typed = async (line: string, code = 0) => {
    const printed = await terminal.hub(line);
    expect({ line, ...printed }).toMatchObject({ line, code });
    return printed.out;
  };

  await step('the sheet is a table, and a file for spreadsheets', async () => {
    const screen = await typed('theme coverage emergency');
    expect(screen).toMatch(/应急避难场所 +emergency +shelters +civil-affairs +\d{4}-/);
    expect(screen).toContain('7 needs: 6 catalogued, 5 agreed, 5 delivered, 5 current, 0 overdue');
    await typed('theme coverage emergency --csv sheet.csv');
    expect((await terminal.read('sheet.csv')).split('\r\n')[0]).toMatch(/^\ufeff.*demandId/);
  });

  await step('theme and demands go out as a workbook, and come back', async () => {
    await typed('theme export emergency --xlsx emergency.xlsx');
    expect(await typed('theme import emergency.xlsx --check')).toContain('Every cell can be taken.');
    expect(await typed('theme import emergency.xlsx')).toContain('0 demands stated, 7 were there');
    await expect(terminal.hub('theme import sheet.csv')).resolves.toMatchObject({ code: 1 });
  });

  await step('a need becomes a proposal in four commands', async () => {
    const needed =
      "--title 危险化学品 --fields '危险源编号;类别' --ask work-safety --purpose 预案 --basis 突发事件应对法";
    const { demandId } = JSON.parse(await typed(`demand state --in emergency ${needed} --json`)) as Demand;
    expect(await typed(`demand matches ${demandId}`)).toMatch(
      /hazard-sources .*fields 2\/2.*codes of kind: 危险化学品/,
    );
    const draft = await typed(`demand agree ${demandId} --resource hazard-sources --print`);
    expect(JSON.parse(draft)).toMatchObject({ demandId, terms: { fields: ['source_no', 'kind'] } });
    expect(await typed(`demand agree ${demandId} --filter kind=危险化学品`)).toContain('is proposed');
    expect(await typed('demand --theme emergency --state negotiating')).toContain(demandId);
    expect(await typed(`demand show ${demandId}`)).toContain('hub agreements show');
  });
  await terminal.close();
}

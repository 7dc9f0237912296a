import { usual } from '../support/city.ts';
import { csvOf, legalEntities } from '../support/legal-entities.ts';
import { population } from '../support/population-register.ts';

export const resourceId = 'emergency-sites';
/** The 14 command offices with what each is there for. */
const kinds = {
  'work-safety': '危险化学品',
  flood: '水库',
  'forest-fire': '森林防火区',
  utilities: '燃气设施',
  earthquake: '危旧房屋',
  fire: '易燃易爆场所',
  construction: '深基坑',
  traffic: '危险路段',
  'rail-transit': '轨道交通站',
  electricity: '变电站',
  'public-health': '病原微生物实验室',
  epizootic: '养殖场',
  snow: '桥梁坡道',
  'civil-defence': '人防工程',
};
/** The 18 districts with their divisions. */
const districts = {
  xicheng: '110102',
  chaoyang: '110105',
  fengtai: '110106',
  haidian: '110108',
  shunyi: '110113',
  dongcheng: '110101',
  chongwen: '110103',
  xuanwu: '110104',
  shijingshan: '110107',
  mentougou: '110109',
  fangshan: '110111',
  tongzhou: '110112',
  changping: '110114',
  daxing: '110115',
  huairou: '110116',
  pinggu: '110117',
  miyun: '110228',
  yanqing: '110229',
};

export const conditional = { shareType: 'conditional', shareCondition: '突发事件应对' };
const division = { name: 'division', title: '行政区划代码' };
export const sources = {
  residents: {
    provider: 'public-security',
    title: '常住人口',
    fields: [
      { name: 'id_no', title: '公民身份号码', sensitivity: 'personal' },
      { ...division, name: 'household_division' },
    ],
    primaryKey: ['id_no'],
    asked: { fields: ['household_division'], reshare: 'derived' },
  },
  entities: {
    provider: 'quality',
    title: '法人单位',
    fields: [
      { name: 'org_code', title: '组织机构代码' },
      { name: 'name', title: '机构名称' },
      { name: 'phone', title: '值班电话' },
      { name: 'representative', title: '法定代表人', sensitivity: 'personal' },
    ],
    primaryKey: ['org_code'],
    asked: { fields: ['org_code', 'name', 'phone'], mask: { phone: 'last4' }, reshare: 'derived' },
  },
  hazards: {
    provider: 'work-safety',
    title: '重大危险源',
    fields: [
      { name: 'site', title: '危险源编号' },
      { name: 'kind', title: '类别', constraints: { enum: Object.values(kinds) } },
      division,
      { name: 'org_code', title: '组织机构代码' },
    ],
    primaryKey: ['site'],
    asked: { fields: ['site', 'kind', 'division', 'org_code'], reshare: 'derived' },
  },
  shelters: {
    provider: 'civil-affairs',
    title: '避难场所',
    fields: [{ name: 'shelter', title: '场所编号' }, division],
    primaryKey: ['shelter'],
    asked: { fields: ['shelter', 'division'], reshare: 'no' },
  },
} as const;
type Source = keyof typeof sources;
export const names = Object.keys(sources) as Source[];
export const idOf = (name: Source) => `emergency-${name}`;

const fields = ['site', 'kind', 'division', 'operator', 'phone', 'people'];
export const lost = ['operator', 'phone'];
export const columns = `h.site, h.kind, h.division, e.name AS operator, e.phone,
  (SELECT count(*) FROM residents r WHERE r.household_division = h.division) AS people`;
const tables = 'FROM hazards h LEFT JOIN entities e ON e.org_code = h.org_code';

export const theDatabase = (read: readonly Source[], select: string, more: readonly object[] = []) => ({
  title: '应急指挥主题库',
  provider: 'emergency',
  ...conditional,
  updateCycle: 'irregular',
  schema: {
    primaryKey: ['site'],
    fields: [...fields.map((name) => ({ name, type: name === 'people' ? 'integer' : 'string' })), ...more],
  },
  derivation: {
    inputs: Object.fromEntries(read.map((name) => [name, { resourceId: idOf(name) }])),
    sql: `SELECT ${select} ${tables}`,
  },
});

interface Area {
  readonly field: 'division' | 'kind';
  readonly value: string;
  readonly fields: readonly string[];
}
const districtsArea = (value: string): Area => ({ field: 'division', value, fields });
const commandsArea = (value: string): Area => ({ field: 'kind', value, fields: ['site', 'division', 'people'] });
/** Each office with its own area. */
export const offices: Readonly<Record<string, Area>> = Object.fromEntries([
  ...Object.entries(districts).map(([of, value]) => [`district-${of}`, districtsArea(value)] as const),
  ...Object.entries(kinds).map(([of, value]) => [`command-${of}`, commandsArea(value)] as const),
]);
export const duties = { security: 'in-house network, named officers' };
export const termsOf = ({ field, value, fields: asked }: Area) => ({
  fields: asked,
  filter: [{ field, op: 'eq', value }],
  duties,
});
/** As the sources let it pass. */
export const masked = (area: Area) => ({
  ...termsOf(area),
  ...(area.fields.includes('phone') && { mask: { phone: 'last4' } }),
});
/** One part of what the emergency office shares as one act. */
export const to = (consumer: string, terms: object) => ({ resourceId, consumer, terms: usual(terms) });

const people = population(300);
const firms = legalEntities(60);
const turn = (values: Readonly<Record<string, string>>, index: number): string => {
  const each = Object.values(values);
  return each[index % each.length]!;
};
const sites = Array.from({ length: 240 }, (_, index) => ({
  site: `H${index + 1}`,
  kind: turn(kinds, index),
  division: turn(districts, index),
  org_code: firms[(index * 7) % firms.length]!.org_code,
}));
export const files: Readonly<Record<Exclude<Source, 'shelters'>, readonly Readonly<Record<string, string>>[]>> = {
  residents: people,
  entities: firms,
  hazards: sites,
};
export const uploaded = Object.keys(files) as (keyof typeof files)[];

/** The rows of an office's area, as the statement says, reckoned from what was uploaded. */
export const areaOf = (office: string, hasEntities: boolean): string => {
  const { field, value, fields: asked } = offices[office]!;
  const rows = sites
    .filter((site) => site[field] === value)
    .map((site) => {
      const firm = firms.find(({ org_code }) => org_code === site.org_code)!;
      const count = people.filter(({ household_division }) => household_division === site.division).length;
      const ofFirm = { operator: firm.name, phone: `****${firm.phone.slice(-4)}` };
      return { ...site, ...(hasEntities && ofFirm), people: String(count) };
    });
  return csvOf(rows, asked);
};

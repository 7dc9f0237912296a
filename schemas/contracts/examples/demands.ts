import { agreementId, terms } from './things.ts';

const demandId = '01JDBV2D9P4T6W8Y0A3C5E7G1K';

const theme = {
  themeId: 'emergency',
  name: '应急指挥',
  nameEn: 'Emergency response',
  lead: 'emergency',
  members: ['command-flood', 'district-xicheng'],
  purpose: '突发事件应对所需数据的统一汇集',
  definedAt: '2026-12-01T01:00:00.000Z',
  changedAt: '2026-12-01T01:00:00.000Z',
};
const { themeId: _themeId, definedAt: _definedAt, changedAt: _changedAt, ...themeBody } = theme;

const body = {
  title: '法人单位',
  fields: [{ name: 'org_code', title: '组织机构代码' }, { name: '机构名称' }],
  description: '危险化学品企业及其周边单位的名称和代码',
  from: ['quality', 'commerce'],
  mode: 'delivery',
  frequency: 'daily',
  purpose: '危险源周边单位通知',
  legalBasis: '突发事件应对法 第三十三条',
  neededBy: '2026-12-31',
};
const open = {
  demandId,
  themeId: 'emergency',
  demander: 'emergency',
  ...body,
  state: 'open',
  statedAt: '2026-12-01T01:05:00.000Z',
  changedAt: '2026-12-01T01:05:00.000Z',
  declines: [] as object[],
};
const matched = {
  ...open,
  state: 'matched',
  changedAt: '2026-12-01T01:08:00.000Z',
  match: { resourceId: 'legal-entities', provider: 'quality', by: 'emergency', at: '2026-12-01T01:08:00.000Z' },
};
const { themeId: _theme, ...alone } = open;

export const exampleOf = {
  defineTheme: { request: themeBody, response: theme },
  listThemes: { response: { items: [theme] } },
  readTheme: { response: theme },
  readCoverage: {
    response: {
      themeId: 'emergency',
      asOf: '2026-12-02T01:00:00.000Z',
      summary: {
        needs: 1,
        catalogued: 1,
        agreed: 1,
        delivered: 1,
        current: 1,
        overdue: 0,
        declined: 0,
        withdrawn: 0,
      },
      items: [
        {
          demandId,
          title: '法人单位',
          demander: 'emergency',
          state: 'satisfied',
          mode: 'delivery',
          frequency: 'daily',
          neededBy: '2026-12-31',
          overdue: false,
          catalogued: true,
          resourceId: 'legal-entities',
          provider: 'quality',
          shareType: 'conditional',
          cataloguedAt: '2026-12-01T01:00:00.000Z',
          agreed: true,
          agreementState: 'active',
          agreedAt: '2026-12-01T01:40:00.000Z',
          delivered: true,
          deliveredAt: '2026-12-01T01:51:04.000Z',
          datasetVersion: 7,
          current: true,
          datasetAt: '2026-12-01T01:51:02.000Z',
        },
      ],
    },
  },
  stateThemeDemand: { request: body, response: open },
  stateDemand: { request: body, response: alone },
  listDemands: { response: { items: [open], cursor: demandId } },
  readDemand: { response: { ...matched, state: 'negotiating', agreementId } },
  listMatches: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          version: 1,
          title: '法人基础信息',
          titleEn: 'Legal entities',
          provider: 'quality',
          shareType: 'conditional',
          score: 0.83,
          reasons: [
            { kind: 'words', words: ['法人'] },
            {
              kind: 'fields',
              found: [
                { wanted: 'org_code', field: 'org_code', by: 'name' },
                { wanted: '机构名称', field: 'name', by: 'title' },
              ],
              missing: [],
            },
            { kind: 'asked', provider: 'quality' },
          ],
        },
      ],
    },
  },
  matchDemand: { request: { resourceId: 'legal-entities' }, response: matched },
  draftAgreement: {
    request: { terms: { filter: terms.filter } },
    response: { resourceId: 'legal-entities', terms, demandId },
  },
  declineDemand: {
    request: { reason: '本单位不掌握该数据' },
    response: {
      ...open,
      declines: [{ department: 'commerce', at: '2026-12-01T02:00:00.000Z', reason: '本单位不掌握该数据' }],
    },
  },
  withdrawDemand: {
    request: { reason: '需求已取消' },
    response: {
      ...open,
      state: 'withdrawn',
      changedAt: '2026-12-02T01:00:00.000Z',
      withdrawal: { at: '2026-12-02T01:00:00.000Z', reason: '需求已取消' },
    },
  },
};

import { agreementId, sha, terms } from './things.ts';

const schemeId = '01JDBV0H7N6Z8W3Q5X9R2T5SCH';
const offer = {
  fields: ['org_code', 'name', 'division'],
  mask: {},
  modes: ['delivery'],
  contents: ['snapshot'],
  formats: ['csv', 'ndjson'],
  frequencies: ['on-arrival', 'daily'],
  maxDays: 366,
  maxRetainDays: 365,
};
const stated = {
  ...offer,
  resourceId: 'legal-entities',
  provider: 'quality',
  resourceVersion: 1,
  statedAt: '2026-12-01T01:05:00.000Z',
};
const part = {
  resourceId: 'legal-entities',
  agreementId,
  provider: 'quality',
  consumer: 'emergency',
  state: 'proposed',
  termsVersion: 1,
  termsDigest: sha,
};
const scheme = {
  schemeId,
  name: '应急指挥平台一期',
  proposedBy: 'emergency',
  startedAt: '2026-12-01T01:10:00.000Z',
  items: [
    part,
    {
      resourceId: 'secret-plans',
      consumer: 'emergency',
      refusal: {
        code: 'sharing-refused',
        detail: 'The catalog marks this resource as not to be shared; its entry names the law that says so.',
      },
    },
  ],
};

export const exampleOf = {
  compareTerms: {
    response: {
      agreementId,
      from: 1,
      to: 2,
      items: [
        { path: '/terms/fields/2', kind: 'added', to: 'division' },
        { path: '/terms/filter/0/value', kind: 'changed', from: '110102', to: '1101' },
        { path: '/terms/frequency', kind: 'changed', from: 'on-arrival', to: 'daily' },
      ],
    },
  },
  readText: {
    response: {
      agreementId,
      termsVersion: 1,
      termsDigest: sha,
      language: 'zh',
      title: '数据共享协议：法人基础信息',
      sections: [
        {
          id: 'data',
          heading: '二、提供的信息项',
          sentences: [{ path: '/terms/fields/0', text: '第 1 项：“组织机构代码”（org_code），公开信息。' }],
        },
      ],
    },
  },
  readOdrl: {
    response: {
      '@context': ['http://www.w3.org/ns/odrl.jsonld', { hub: 'urn:exchange-hub:odrl:1:' }],
      '@type': 'Agreement',
      uid: `urn:exchange-hub:agreement:${agreementId}:terms:1`,
      profile: 'urn:exchange-hub:odrl:1',
      assigner: 'urn:exchange-hub:department:quality',
      assignee: 'urn:exchange-hub:department:tax',
      permission: [
        {
          action: 'use',
          constraint: [{ leftOperand: 'purpose', operator: 'eq', rightOperand: 'tax registration' }],
        },
      ],
      prohibition: [{ action: 'distribute' }],
      obligation: [{ action: 'delete' }],
    },
  },
  previewTerms: {
    response: {
      agreementId,
      termsVersion: 1,
      datasetVersion: 7,
      rows: 912,
      exact: true,
      fields: [
        { name: 'org_code', title: '组织机构代码', sensitivity: 'public' },
        { name: 'capital', sensitivity: 'internal' },
      ],
      sample: [{ org_code: '00251805-7', capital: '5**' }],
    },
  },
  listPrecedents: {
    response: {
      items: [
        {
          agreementId,
          resourceId: 'legal-entities',
          consumer: 'tax',
          resourceVersion: 1,
          termsVersion: 1,
          filedAt: '2026-12-01T01:40:00.000Z',
          terms,
        },
      ],
    },
  },
  stateOffer: { request: offer, response: stated },
  readOffer: { response: stated },
  withdrawOffer: { response: stated },
  proposeScheme: {
    request: { name: scheme.name, proposals: [{ resourceId: 'legal-entities', terms }] },
    response: scheme,
  },
  readScheme: { response: scheme },
  acceptScheme: {
    request: { agreements: [{ agreementId, termsVersion: 1 }] },
    response: { schemeId, items: [{ agreementId, state: 'agreed' }] },
  },
  signScheme: {
    request: { agreements: [{ agreementId, termsVersion: 1, termsDigest: sha }] },
    response: { schemeId, items: [{ agreementId, state: 'agreed' }] },
  },
};

import { agreementId, sha, uploadId, definition, version } from './things.ts';

const catalogued = {
  ...version,
  deprecation: {
    retireOn: '2027-06-30',
    reason: 'merged with the register of social organisations',
    replacedBy: 'organisations',
    at: '2026-12-01T03:00:00.000Z',
    by: 'quality',
  },
};
const EU = 'http://publications.europa.eu/resource/authority';
const agent = {
  '@id': 'departments#quality',
  '@type': 'foaf:Agent',
  'foaf:name': [
    { '@value': '质量技术监督局', '@language': 'zh' },
    { '@value': 'Quality and Technical Supervision', '@language': 'en' },
  ],
};
const title = [
  { '@value': '法人基础信息', '@language': 'zh' },
  { '@value': 'Legal entities', '@language': 'en' },
];

export const exampleOf = {
  me: {
    response: {
      department: 'tax',
      roles: ['department'],
      mailbox: { queueUrl: 'https://sqs.example/123456789012/hub-prod-mailbox-tax' },
      hubVersion: '0.3.0',
    },
  },
  listDepartments: {
    response: { items: [{ id: 'tax', name: '地方税务局', nameEn: 'Local Taxation', roles: ['department'] }] },
  },
  listCategories: {
    response: {
      items: [
        { code: '1', name: '基础信息资源', nameEn: 'Base registers' },
        { code: '1-02', name: '法人单位', nameEn: 'Legal entities' },
        { code: '1-02-001', name: '法人基本信息', nameEn: 'Legal entities, base data' },
      ],
    },
  },
  publishResource: {
    request: definition,
    response: {
      ...version,
      resourceCode: '102001/0003',
      similar: [
        {
          resourceId: 'companies',
          title: '法人基本信息',
          provider: 'commerce',
          reason: 'fields-and-title',
          score: 0.82,
        },
      ],
    },
  },
  compareResource: {
    request: definition,
    response: {
      resourceId: 'legal-entities',
      resourceVersion: 1,
      verdict: 'breaking',
      changes: [
        {
          kind: 'field-removed',
          path: '/schema/fields',
          fields: ['capital'],
          old: 'capital',
          message: 'the field capital is gone',
          files: 'breaking',
          extracts: 'breaking',
        },
      ],
      agreements: [
        {
          agreementId,
          consumer: 'tax',
          termsVersion: 1,
          resourceVersion: 1,
          inForce: true,
          verdict: 'breaking',
          fields: ['capital'],
          kinds: ['field-removed'],
        },
      ],
    },
  },
  readResource: { response: { ...version, resourceCode: '102001/0003' } },
  deprecateResource: {
    request: {
      retireOn: '2027-06-30',
      reason: 'merged with the register of social organisations',
      replacedBy: 'organisations',
    },
    response: catalogued,
  },
  retireResource: {
    request: { reason: 'merged with the register of social organisations' },
    response: {
      ...catalogued,
      retiredAt: '2027-06-29T16:00:12.000Z',
      retirement: {
        reason: 'merged with the register of social organisations',
        by: 'quality',
        replacedBy: 'organisations',
      },
    },
  },
  listLateResources: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          title: '法人基础信息',
          provider: 'quality',
          updateCycle: 'daily',
          datasetAt: '2026-12-01T01:51:02.000Z',
          due: '2026-12-02',
          daysLate: 6,
        },
      ],
    },
  },
  readCatalog: {
    response: {
      '@context': {
        dcat: 'http://www.w3.org/ns/dcat#',
        dct: 'http://purl.org/dc/terms/',
        foaf: 'http://xmlns.com/foaf/0.1/',
        xsd: 'http://www.w3.org/2001/XMLSchema#',
      },
      '@id': 'catalog',
      '@type': ['dcat:Catalog', 'hydra:Collection'],
      'dct:title': [{ '@value': '政务信息资源目录', '@language': 'zh' }],
      'dct:description': [{ '@value': '各部门通过交换平台共享的信息资源。', '@language': 'zh' }],
      'dct:publisher': { ...agent, '@id': 'departments#eitc' },
      'dct:language': [{ '@id': `${EU}/language/ZHO` }],
      'dcat:themeTaxonomy': { '@id': 'categories' },
      'dcat:service': [],
      'dcat:dataset': [
        {
          '@id': 'resources/legal-entities',
          '@type': 'dcat:Dataset',
          'dct:title': title,
          'dct:description': [{ '@value': 'One row for each registered legal entity.', '@language': 'zh' }],
          'dct:identifier': ['legal-entities', '102001/0003'],
          'dct:publisher': agent,
          'dct:language': { '@id': `${EU}/language/ZHO` },
          'dct:accrualPeriodicity': { '@id': `${EU}/frequency/DAILY` },
          'dct:accessRights': { '@id': `${EU}/access-right/RESTRICTED` },
          'dct:issued': { '@value': '2026-12-01T01:00:00.000Z', '@type': 'xsd:dateTime' },
          'dcat:version': '1',
          'dcat:distribution': [
            {
              '@id': 'resources/legal-entities#distribution',
              '@type': 'dcat:Distribution',
              'dct:title': title,
              'dcat:accessURL': { '@id': 'resources/legal-entities' },
              'dcat:accessService': { '@id': 'catalog#service' },
            },
          ],
        },
      ],
    },
  },
  listResources: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          version: 1,
          title: '法人基础信息',
          titleEn: 'Legal entities',
          provider: 'quality',
          category: '1-02-001',
          resourceCode: '102001/0003',
          themes: ['economy'],
          shareType: 'conditional',
          modes: ['delivery'],
          updateCycle: 'daily',
          publishedAt: '2026-12-01T01:00:00.000Z',
        },
      ],
    },
  },
  listDatasets: {
    response: {
      items: [
        {
          resourceId: 'legal-entities',
          datasetVersion: 7,
          resourceVersion: 1,
          uploadId,
          rows: 18_211,
          bytes: 901_222,
          sha256: sha,
          committedAt: '2026-12-01T01:51:02.000Z',
          representation: { state: 'made' },
        },
      ],
    },
  },
};

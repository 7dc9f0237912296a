import type { Openness, ShareType, UpdateCycle } from '../../../schemas/contracts/definition.ts';
import type { DcatCatalog, DcatDataset } from '../../../schemas/contracts/dcat.ts';
import type { Department } from '../../../schemas/contracts/hub.ts';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { findCategory } from '../../../schemas/registry/categories.ts';
import { findDepartment } from '../../../schemas/registry/departments.ts';
import type { Standing } from './standing.ts';

const CONTEXT: DcatCatalog['@context'] = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  cursor: null,
};

/** The authority tables that DCAT-AP wants its codes from (https://op.europa.eu/en/web/eu-vocabularies). */
const EU = 'http://publications.europa.eu/resource/authority';

const FREQUENCY: Readonly<Record<UpdateCycle, string>> = {
  realtime: 'UPDATE_CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  semiannual: 'ANNUAL_2',
  yearly: 'ANNUAL',
  irregular: 'IRREG',
};

/** Relative to the document, which is at `/v1/catalog`. */
const iri = {
  catalog: 'catalog',
  service: 'catalog#service',
  endpoint: '.',
  resource: (id: ResourceId) => `resources/${id}`,
  agent: (id: DepartmentId) => `departments#${id}`,
  scheme: 'categories',
  concept: (code: string) => `categories#${code}`,
};

const id = (iriOf: string) => ({ '@id': iriOf });
const zh = (text: string) => ({ '@value': text, '@language': 'zh' as const });
const en = (text: string) => ({ '@value': text, '@language': 'en' as const });
const both = (chinese: string, english?: string) => [
  zh(chinese),
  ...(english === undefined || english === '' ? [] : [en(english)]),
];
const moment = (instant: string) => ({ '@value': instant, '@type': 'xsd:dateTime' as const });

const agentOf = (department: DepartmentId): DcatDataset['dct:publisher'] => {
  const { name, nameEn } = findDepartment(department) ?? { name: department, nameEn: undefined };
  return { '@id': iri.agent(department), '@type': 'foaf:Agent', 'foaf:name': both(name, nameEn) };
};

/** The public may have it, or departments under agreements, or nobody. */
function accessRights(shareType: ShareType, open: Openness | undefined): string {
  if (open?.type === 'yes') return `${EU}/access-right/PUBLIC`;
  return `${EU}/access-right/${shareType === 'refused' ? 'NON_PUBLIC' : 'RESTRICTED'}`;
}

/** A resource as a dataset. DCAT-AP wants a description: where there is none the title has to do. */
export function datasetOf({ latest, deprecation }: Standing): DcatDataset {
  const { resourceId, version, provider, publishedAt, resourceCode, definition } = latest;
  const { title, titleEn, description, shareType, open, updateCycle, related = [] } = definition;
  const replacement = deprecation?.replacedBy;
  return {
    '@id': iri.resource(resourceId),
    '@type': 'dcat:Dataset',
    'dct:title': both(title, titleEn),
    'dct:description': [zh(description || title)],
    'dct:identifier': [resourceId, ...(resourceCode === undefined ? [] : [resourceCode])],
    'dct:publisher': agentOf(provider),
    ...sourcesOf(latest),
    ...contactOf(latest),
    ...themeOf(latest),
    'dct:language': id(`${EU}/language/ZHO`),
    'dct:accrualPeriodicity': id(`${EU}/frequency/${FREQUENCY[updateCycle]}`),
    'dct:accessRights': id(accessRights(shareType, open)),
    ...lawOf(latest),
    'dct:issued': moment(publishedAt),
    'dcat:version': String(version),
    ...(related.length > 0 && { 'dct:relation': related.map((other) => id(iri.resource(other))) }),
    ...(replacement !== undefined && { 'dct:isReplacedBy': id(iri.resource(replacement)) }),
    'dcat:distribution': [
      {
        '@id': `${iri.resource(resourceId)}#distribution`,
        '@type': 'dcat:Distribution',
        'dct:title': both(title, titleEn),
        'dcat:accessURL': id(iri.resource(resourceId)),
        'dcat:accessService': id(iri.service),
      },
    ],
  };
}

function sourcesOf({ definition }: ResourceVersion): Pick<DcatDataset, 'dct:creator'> {
  const sources = new Set(
    definition.schema.fields.flatMap(({ provider }) => (provider === undefined ? [] : [provider])),
  );
  return sources.size > 0 ? { 'dct:creator': [...sources].map((source) => id(iri.agent(source))) } : {};
}

function contactOf({ definition: { contact } }: ResourceVersion): Pick<DcatDataset, 'dcat:contactPoint'> {
  if (!contact) return {};
  const { unit, phone, email } = contact;
  return {
    'dcat:contactPoint': {
      '@type': 'vcard:Organization',
      'vcard:fn': unit,
      ...(phone !== undefined && { 'vcard:hasTelephone': id(`tel:${phone.replaceAll(/[^\d+]/g, '')}`) }),
      ...(email !== undefined && { 'vcard:hasEmail': id(`mailto:${email}`) }),
    },
  };
}

function themeOf({
  definition: { category, themes },
}: ResourceVersion): Pick<DcatDataset, 'dcat:theme' | 'dcat:keyword'> {
  const found = category === undefined ? undefined : findCategory(category);
  return {
    ...(found && {
      'dcat:theme': {
        '@id': iri.concept(found.code),
        '@type': 'skos:Concept',
        'skos:prefLabel': both(found.name, found.nameEn),
        'skos:notation': found.code,
        'skos:inScheme': id(iri.scheme),
      },
    }),
    ...(themes.length > 0 && { 'dcat:keyword': themes.map(en) }),
  };
}

const lawOf = ({ definition: { legalBasis } }: ResourceVersion): Pick<DcatDataset, 'dcatap:applicableLegislation'> =>
  legalBasis === undefined || legalBasis === ''
    ? {}
    : { 'dcatap:applicableLegislation': { '@type': 'eli:LegalResource', 'eli:title': zh(legalBasis) } };

interface CatalogPage {
  readonly datasets: readonly DcatDataset[];
  /** When the newest entry of the whole catalog was published. */
  readonly modified: string | undefined;
  readonly limit: number;
  /** Where this page ends, if another follows. */
  readonly position: string | undefined;
  /** What the next one is asked for with. */
  readonly next: string | undefined;
  readonly publisher: Pick<Department, 'id'>;
}

/** A page of the catalog: every page is a catalog with the same IRI, so that their union is the whole. */
export function catalogOf({ datasets, modified, limit, position, next, publisher }: CatalogPage): DcatCatalog {
  return {
    '@context': CONTEXT,
    '@id': iri.catalog,
    '@type': ['dcat:Catalog', 'hydra:Collection'],
    'dct:title': both('政务信息资源目录', 'Catalog of shared government data'),
    'dct:description': both(
      '各部门通过交换平台共享的信息资源。',
      'What departments share through the exchange hub, under filed agreements.',
    ),
    'dct:publisher': agentOf(publisher.id),
    'dct:language': [id(`${EU}/language/ZHO`), id(`${EU}/language/ENG`)],
    ...(modified !== undefined && { 'dct:modified': moment(modified) }),
    'dcat:themeTaxonomy': id(iri.scheme),
    'dcat:service': [
      {
        '@id': iri.service,
        '@type': 'dcat:DataService',
        'dct:title': both('数据交换平台', 'Exchange hub'),
        'dct:description': both('按共享协议交付信息资源的接口。', 'Delivers resources under sharing agreements.'),
        'dcat:endpointURL': id(iri.endpoint),
        'dct:publisher': id(iri.agent(publisher.id)),
        'dct:accessRights': id(`${EU}/access-right/RESTRICTED`),
        'dcat:servesDataset': datasets.map((dataset) => id(dataset['@id'])),
      },
    ],
    'dcat:dataset': [...datasets],
    ...(next !== undefined && {
      'hydra:view': {
        '@type': 'hydra:PartialCollectionView',
        'hydra:next': id(`catalog?limit=${limit}&cursor=${next}`),
      },
    }),
    ...(position !== undefined && { cursor: position }),
  };
}

import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { DcatCatalog } from '../../schemas/contracts/dcat.ts';
import { UpdateCycle } from '../../schemas/contracts/definition.ts';
import { catalogOf, datasetOf } from '../../functions/catalog/domain/dcat.ts';
import { aDefinition, aResourceVersion, department, instant, resource } from '../support/builders.ts';

type Definition = Parameters<typeof aDefinition>[0];
const BASE = 'https://hub.example/prod/v1/catalog';
const eu = (table: string, code: string) => `http://publications.europa.eu/resource/authority/${table}/${code}`;

const dataset = (definition: Definition = {}) =>
  datasetOf({ latest: aResourceVersion({ resourceCode: '102001/0003', definition: aDefinition(definition) }) });
const full = dataset({
  category: '1-02-001',
  shareType: 'conditional',
  shareCondition: '履职所需',
  legalBasis: '政务数据共享条例 第十二条',
  related: ['streets'],
  contact: { unit: '信息中心', phone: '010-12345678', email: 'data@quality.example' },
});
const catalog = (datasets = [full], next?: string) =>
  catalogOf({ datasets, modified: instant, limit: 50, position: next, next, publisher: { id: department('eitc') } });

describe('what DCAT-AP 3 asks for', () => {
  // Written from the profile's own tables (classes, properties, M: mandatory, R: recommended), not from the hub's schema.
  const iri = z.looseObject({ '@id': z.string().min(1) });
  const literal = z.looseObject({ '@value': z.string().min(1) });
  const text = z.array(literal).min(1);
  const agent = z.looseObject({ '@type': z.literal('foaf:Agent'), 'foaf:name': text });
  const profile = {
    catalog: z.looseObject({
      'dct:title': text,
      'dct:description': text,
      'dct:publisher': agent,
      'dcat:dataset': z.array(iri),
      'dcat:service': z.array(iri),
      'dct:language': z.array(iri),
      'dct:modified': literal,
      'dcat:themeTaxonomy': iri,
    }),
    dataset: z.looseObject({
      '@type': z.literal('dcat:Dataset'),
      'dct:title': text,
      'dct:description': text,
      'dct:publisher': agent,
      'dcat:contactPoint': z.looseObject({ 'vcard:fn': z.string(), 'vcard:hasEmail': iri }),
      'dcat:distribution': z
        .array(z.looseObject({ '@type': z.literal('dcat:Distribution'), 'dcat:accessURL': iri }))
        .min(1),
      'dcat:keyword': text,
      'dcat:theme': z.looseObject({ '@type': z.literal('skos:Concept'), 'skos:prefLabel': text }),
    }),
    service: z.looseObject({
      '@type': z.literal('dcat:DataService'),
      'dct:title': text,
      'dcat:endpointURL': iri,
      'dcat:servesDataset': z.array(iri),
    }),
  };
  test('is there: mandatory and recommended properties of catalog, dataset and service', () => {
    const made = JSON.parse(JSON.stringify(catalog())) as ReturnType<typeof catalog>;
    expect(profile.catalog.safeParse(made).error?.issues).toBeUndefined();
    expect(profile.dataset.safeParse(made['dcat:dataset'][0]).error?.issues).toBeUndefined();
    expect(profile.service.safeParse(made['dcat:service'][0]).error?.issues).toBeUndefined();
  });
  test('is what the contract says that it is', () => {
    expect(() => DcatCatalog.parse(JSON.parse(JSON.stringify(catalog([full], 'abc'))))).not.toThrow();
    expect(() => DcatCatalog.parse(JSON.parse(JSON.stringify(catalog([]))))).not.toThrow();
  });
  test('a description is never empty', () => {
    expect(dataset({ description: '' })['dct:description']).toEqual([{ '@value': '法人基础信息', '@language': 'zh' }]);
  });
});

describe('as JSON-LD', () => {
  const keysOf = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(keysOf);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
  };
  const classesOf = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(classesOf);
    if (typeof value !== 'object' || value === null) return [];
    const { '@type': own = [], ...inner } = value as Readonly<Record<string, unknown>>;
    return [...(Array.isArray(own) ? own : [own]).map(String), ...Object.values(inner).flatMap(classesOf)];
  };
  test('every property and class has a prefix that the context explains', () => {
    const { '@context': context, ...rest } = catalog([full], 'abc');
    const used = [...keysOf(rest), ...classesOf(rest)].filter((term) => !term.startsWith('@') && term !== 'cursor');
    for (const term of used) expect(context[term.slice(0, term.indexOf(':'))]).toMatch(/^http/);
    expect(context['cursor']).toBeNull();
  });
  test('relative IRIs lead to where the hub answers', () => {
    const made = catalog();
    const at = (iri: string) => new URL(iri, BASE).href;
    expect(at(made['@id'])).toBe(BASE);
    expect(at(full['@id'])).toBe('https://hub.example/prod/v1/resources/legal-entities');
    expect(at(full['dct:publisher']['@id'])).toBe('https://hub.example/prod/v1/departments#quality');
    expect(at(made['dcat:themeTaxonomy']['@id'])).toBe('https://hub.example/prod/v1/categories');
    expect(at(made['dcat:service'][0]!['dcat:endpointURL']['@id'])).toBe('https://hub.example/prod/v1/');
  });
  test('names the next page where there is one', () => {
    expect(catalog()['hydra:view']).toBeUndefined();
    expect(catalog([full], 'abc')['hydra:view']?.['hydra:next']).toEqual({ '@id': 'catalog?limit=50&cursor=abc' });
  });
});

test.each(UpdateCycle.options)('the cycle %s is a code of the EU’s frequency table', (updateCycle) => {
  const known = ['UPDATE_CONT', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'ANNUAL_2', 'ANNUAL', 'IRREG'];
  expect(known.map((code) => eu('frequency', code))).toContain(
    dataset({ updateCycle })['dct:accrualPeriodicity']['@id'],
  );
});

test.each<[string, Definition, string]>([
  ['open to the public', { open: { type: 'yes' } }, 'PUBLIC'],
  ['open on conditions', { open: { type: 'conditional', condition: '实名' } }, 'RESTRICTED'],
  ['shared between departments', {}, 'RESTRICTED'],
  ['not shared', { shareType: 'refused', legalBasis: '保密法' }, 'NON_PUBLIC'],
])('access to what is %s', (_, definition, code) => {
  expect(dataset(definition)['dct:accessRights']).toEqual({ '@id': eu('access-right', code) });
});

test('a dataset says whom it comes from, by which law, and what belongs to it', () => {
  const mixed = dataset({
    legalBasis: '统计法',
    schema: {
      fields: [
        { name: 'a', provider: 'tax' },
        { name: 'b', provider: 'health' },
        { name: 'c', provider: 'tax' },
      ],
    },
  });
  expect(mixed['dct:creator']).toEqual([{ '@id': 'departments#tax' }, { '@id': 'departments#health' }]);
  expect(mixed['dcatap:applicableLegislation']?.['eli:title']).toEqual({ '@value': '统计法', '@language': 'zh' });
  expect(full['dct:relation']).toEqual([{ '@id': 'resources/streets' }]);
  expect(full['dcat:contactPoint']).toMatchObject({
    'vcard:hasTelephone': { '@id': 'tel:01012345678' },
    'vcard:hasEmail': { '@id': 'mailto:data@quality.example' },
  });
  expect(full['dct:identifier']).toEqual(['legal-entities', '102001/0003']);
});

test('a deprecated dataset names what replaces it', () => {
  const deprecation = {
    retireOn: '2027-01-31',
    reason: 'merged',
    replacedBy: resource('organisations'),
    at: instant,
    by: department('quality'),
  };
  expect(datasetOf({ latest: aResourceVersion(), deprecation })['dct:isReplacedBy']).toEqual({
    '@id': 'resources/organisations',
  });
});

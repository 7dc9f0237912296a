import * as z from 'zod';
import { Cursor } from './paging.ts';

/**
 * The catalog as linked data: DCAT-AP 3 (https://semiceu.github.io/DCAT-AP/releases/3.0.0/) in JSON-LD 1.1, in the form
 * that the hub writes. IRIs are relative to the address of the document, so that each leads to where the hub answers it.
 */
const Iri = z.strictObject({ '@id': z.string() });
const Words = z.strictObject({ '@value': z.string(), '@language': z.enum(['zh', 'en']) });
const Moment = z.strictObject({ '@value': z.string(), '@type': z.literal('xsd:dateTime') });

const DcatAgent = z.strictObject({
  '@id': z.string(),
  '@type': z.literal('foaf:Agent'),
  'foaf:name': z.array(Words).min(1),
});

const DcatContact = z.strictObject({
  '@type': z.literal('vcard:Organization'),
  'vcard:fn': z.string(),
  'vcard:hasTelephone': Iri.optional(),
  'vcard:hasEmail': Iri.optional(),
});

const DcatConcept = z.strictObject({
  '@id': z.string(),
  '@type': z.literal('skos:Concept'),
  'skos:prefLabel': z.array(Words).min(1),
  'skos:notation': z.string(),
  'skos:inScheme': Iri,
});

const DcatLaw = z.strictObject({ '@type': z.literal('eli:LegalResource'), 'eli:title': Words });

const DcatDistribution = z.strictObject({
  '@id': z.string(),
  '@type': z.literal('dcat:Distribution'),
  'dct:title': z.array(Words).min(1),
  'dcat:accessURL': Iri,
  'dcat:accessService': Iri,
});

export const DcatDataset = z.strictObject({
  '@id': z.string(),
  '@type': z.literal('dcat:Dataset'),
  'dct:title': z.array(Words).min(1),
  'dct:description': z.array(Words).min(1),
  'dct:identifier': z.array(z.string()).min(1),
  'dct:publisher': DcatAgent,
  /** Departments that some of its fields come from. */
  'dct:creator': z.array(Iri).optional(),
  'dcat:contactPoint': DcatContact.optional(),
  'dcat:theme': DcatConcept.optional(),
  'dcat:keyword': z.array(Words).optional(),
  'dct:language': Iri,
  'dct:accrualPeriodicity': Iri,
  'dct:accessRights': Iri,
  'dcatap:applicableLegislation': DcatLaw.optional(),
  'dct:issued': Moment,
  'dcat:version': z.string(),
  'dct:relation': z.array(Iri).optional(),
  'dct:isReplacedBy': Iri.optional(),
  'dcat:distribution': z.array(DcatDistribution).min(1),
});
export type DcatDataset = z.infer<typeof DcatDataset>;

const DcatService = z.strictObject({
  '@id': z.string(),
  '@type': z.literal('dcat:DataService'),
  'dct:title': z.array(Words).min(1),
  'dct:description': z.array(Words).min(1),
  'dcat:endpointURL': Iri,
  'dct:publisher': Iri,
  'dct:accessRights': Iri,
  'dcat:servesDataset': z.array(Iri),
});

export const DcatCatalog = z.strictObject({
  '@context': z.record(z.string(), z.union([z.string(), z.null()])),
  '@id': z.string(),
  '@type': z.array(z.enum(['dcat:Catalog', 'hydra:Collection'])),
  'dct:title': z.array(Words).min(1),
  'dct:description': z.array(Words).min(1),
  'dct:publisher': DcatAgent,
  'dct:language': z.array(Iri).min(1),
  'dct:modified': Moment.optional(),
  'dcat:themeTaxonomy': Iri,
  'dcat:service': z.array(DcatService),
  /** Those of this page. */
  'dcat:dataset': z.array(DcatDataset),
  'hydra:view': z
    .strictObject({ '@type': z.literal('hydra:PartialCollectionView'), 'hydra:next': Iri.optional() })
    .optional(),
  /** As in every list of the hub: what the next page is asked for with. No part of the linked data. */
  cursor: Cursor.optional(),
});
export type DcatCatalog = z.infer<typeof DcatCatalog>;

import * as z from 'zod';
import { CategoryList } from '../categories.ts';
import { Comparison } from '../compatibility.ts';
import { DcatCatalog } from '../dcat.ts';
import { ResourceDefinition } from '../definition.ts';
import { exampleOf } from '../examples/catalog.ts';
import { DepartmentList, Me } from '../hub.ts';
import { ResourceId } from '../ids.ts';
import { Numeral, PageQuery } from '../paging.ts';
import {
  CataloguedResource,
  DatasetList,
  DeprecateBody,
  LateList,
  LateQuery,
  PublishBody,
  PublishedResource,
  ResourceList,
  ResourceQuery,
  ResourceVersion,
  RetireBody,
} from '../resources.ts';
import { everyone, members, route } from './route.ts';

export const catalogRoutes = {
  me: route('me', {
    capability: 'catalog',
    roles: everyone,
    summary: 'Who am I',
    description:
      'The department and roles that the signature stands for, where its mailbox is, and which version of the software the hub is.',
    response: Me,
    example: exampleOf.me,
  }),
  listDepartments: route('listDepartments', {
    capability: 'catalog',
    roles: everyone,
    summary: 'The registry of departments',
    description:
      'Every department that takes part, with its roles, and those that were closed, with who succeeds them.',
    response: DepartmentList,
    example: exampleOf.listDepartments,
  }),
  listCategories: route('listCategories', {
    capability: 'catalog',
    roles: everyone,
    summary: 'The category tree',
    description:
      'The code table of the registry: 类, 项, 目 and 细目 in order of code. Resources belong to a 目 or 细目.',
    response: CategoryList,
    example: exampleOf.listCategories,
  }),
  publishResource: route('publishResource', {
    capability: 'catalog',
    roles: members,
    summary: 'Publish a resource version',
    description:
      'The first call creates the resource; a later one with a changed definition adds a version; the same definition again answers the version that is there. A breaking change is refused with every change that concerns somebody and every agreement that it breaks, unless the body accepts it; those agreements can then be amended for `graceDays` more days. The answer to a first version names what else the catalog has that is like it.',
    params: z.strictObject({ resourceId: ResourceId }),
    body: PublishBody,
    response: PublishedResource,
    errors: {
      'not-the-provider': 403,
      'resource-retired': 409,
      'breaking-change': 409,
      'changed-meanwhile': 409,
      'invalid-definition': 422,
    },
    example: exampleOf.publishResource,
  }),
  compareResource: route('compareResource', {
    capability: 'catalog',
    roles: members,
    summary: 'Compare a definition with the newest version',
    description:
      'What publishing this definition would change, whom each change concerns, and which agreements it would break with which of their fields. Publishes nothing.',
    params: z.strictObject({ resourceId: ResourceId }),
    body: ResourceDefinition,
    response: Comparison,
    errors: { 'not-found': 404, 'not-the-provider': 403, 'invalid-definition': 422 },
    example: exampleOf.compareResource,
  }),
  listResources: route('listResources', {
    capability: 'catalog',
    roles: everyone,
    summary: 'Search the catalog',
    description:
      'All given criteria hold together. `text` looks for every one of its words in id, code, titles, description and field names, and answers best first; otherwise the list is in order of id. Complete in pages, and a publication is in it at once. Retired resources are left out unless `retired=include`.',
    query: ResourceQuery,
    response: ResourceList,
    formats: ['csv'],
    example: exampleOf.listResources,
  }),
  readResource: route('readResource', {
    capability: 'catalog',
    roles: everyone,
    summary: 'Read the newest version of a resource',
    description:
      'The definition as published, with its version number, digest and code, and whether the resource is deprecated or retired.',
    params: z.strictObject({ resourceId: ResourceId }),
    response: CataloguedResource,
    errors: { 'not-found': 404 },
    example: exampleOf.readResource,
  }),
  readResourceVersion: route('readResourceVersion', {
    capability: 'catalog',
    roles: everyone,
    summary: 'Read one version of a resource',
    description: 'Published versions never change.',
    params: z.strictObject({ resourceId: ResourceId, version: Numeral.int().min(1) }),
    response: ResourceVersion,
    errors: { 'not-found': 404 },
    example: exampleOf.readResource,
  }),
  deprecateResource: route('deprecateResource', {
    capability: 'catalog',
    roles: members,
    summary: 'Say that a resource will be retired',
    description:
      'By the provider, with the day, the reason and what replaces it. The catalog shows it, consumers with an agreement get a notice, and on the day the hub retires it. It can be stated anew until then.',
    params: z.strictObject({ resourceId: ResourceId }),
    body: DeprecateBody,
    response: CataloguedResource,
    errors: {
      'not-found': 404,
      'not-the-provider': 403,
      'resource-retired': 409,
      'changed-meanwhile': 409,
      'invalid-deprecation': 422,
    },
    example: exampleOf.deprecateResource,
  }),
  retireResource: route('retireResource', {
    capability: 'catalog',
    roles: members,
    summary: 'Retire a resource',
    description:
      'By the provider, at once and for good: no uploads, no new versions, no new agreements. Agreements in force go on until they end, with what was delivered last; their consumers get a notice.',
    params: z.strictObject({ resourceId: ResourceId }),
    body: RetireBody,
    response: CataloguedResource,
    errors: { 'not-found': 404, 'not-the-provider': 403, 'resource-retired': 409, 'changed-meanwhile': 409 },
    example: exampleOf.retireResource,
  }),
  listLateResources: route('listLateResources', {
    capability: 'catalog',
    roles: everyone,
    summary: 'Resources whose next dataset is overdue',
    description:
      'By the update cycle that their providers declared, and a grace that depends on the cycle; the longest late first. A department sees what it provides and what it consumes under an agreement in force; authority and auditor see all.',
    query: LateQuery,
    response: LateList,
    formats: ['csv'],
    example: exampleOf.listLateResources,
  }),
  readCatalog: route('readCatalog', {
    capability: 'catalog',
    roles: everyone,
    summary: 'The catalog as linked data',
    description:
      'DCAT-AP 3 in JSON-LD, a page at a time: each page is the same catalog with other datasets. IRIs are relative to the address of the document.',
    query: PageQuery,
    response: DcatCatalog,
    example: exampleOf.readCatalog,
  }),
  listDatasets: route('listDatasets', {
    capability: 'catalog',
    roles: everyone,
    summary: 'Dataset versions of a resource',
    description: 'Newest first; for the provider and for parties to an active agreement on it.',
    params: z.strictObject({ resourceId: ResourceId }),
    query: PageQuery,
    response: DatasetList,
    errors: { 'not-found': 404 },
    example: exampleOf.listDatasets,
  }),
} as const;

import type { Endpoint } from '../kernel/endpoint.ts';
import { compareHandler } from './publish/compare.handler.ts';
import { deprecateResourceHandler } from './ends/deprecate-resource.handler.ts';
import { listCategoriesHandler } from './list-categories.handler.ts';
import { listDatasetsHandler } from './list-datasets.handler.ts';
import { listDepartmentsHandler } from './list-departments.handler.ts';
import { listLateResourcesHandler } from './list-late-resources.handler.ts';
import { listResourcesHandler } from './list-resources.handler.ts';
import { meHandler } from './me.handler.ts';
import type { Ports } from './ports.ts';
import { publishHandler } from './publish/publish.handler.ts';
import { readCatalogHandler } from './read-catalog.handler.ts';
import { readResourceVersionHandler } from './read-resource-version.handler.ts';
import { readResourceHandler } from './read-resource.handler.ts';
import { retireResourceHandler } from './ends/retire-resource.handler.ts';

/** Every route of the capability `catalog`. */
export const catalogEndpoints = (ports: Ports): readonly Endpoint[] =>
  [
    meHandler,
    listDepartmentsHandler,
    listCategoriesHandler,
    publishHandler,
    compareHandler,
    listResourcesHandler,
    readResourceHandler,
    readResourceVersionHandler,
    deprecateResourceHandler,
    retireResourceHandler,
    listDatasetsHandler,
    listLateResourcesHandler,
    readCatalogHandler,
  ].map((handler) => handler(ports));

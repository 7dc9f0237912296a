import type { Endpoint } from '../kernel/http.ts';
import { listDatasetsHandler } from './list-datasets.handler.ts';
import { listDepartmentsHandler } from './list-departments.handler.ts';
import { listResourcesHandler } from './list-resources.handler.ts';
import { meHandler } from './me.handler.ts';
import type { Ports } from './ports.ts';
import { publishHandler } from './publish.handler.ts';
import { readResourceVersionHandler } from './read-resource-version.handler.ts';
import { readResourceHandler } from './read-resource.handler.ts';

/** Every route of the capability `catalog`. */
export const catalogEndpoints = (ports: Ports): readonly Endpoint[] =>
  [
    meHandler,
    listDepartmentsHandler,
    publishHandler,
    listResourcesHandler,
    readResourceHandler,
    readResourceVersionHandler,
    listDatasetsHandler,
  ].map((handler) => handler(ports));

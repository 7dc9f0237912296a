import * as z from 'zod';
import { ResourceId } from '../contracts/ids.ts';
import { PublishBody } from '../contracts/resources.ts';

/** A definition that a deployment carries: the body of `PUT /v1/resources/{resourceId}`, kept as `{resourceId}.json`. */
export const DeclaredDefinition = z.strictObject({ resourceId: ResourceId, body: PublishBody });
export type DeclaredDefinition = z.infer<typeof DeclaredDefinition>;

/** All of a deployment, in order of resource id; travels beside the code of the function that publishes them. */
export const DeclaredCatalog = z.array(DeclaredDefinition);

/** Name of that file in the function's folder. */
export const DECLARED_CATALOG_FILE = 'catalog.json';

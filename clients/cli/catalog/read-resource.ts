import type { CataloguedResource } from '../../../schemas/contracts/resources.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';

/** A version of a resource: the newest, with what is said of its end, unless another is named. */
export const readResource = (
  client: HubClient,
  resourceId: string,
  version: number | string | undefined,
): Promise<CataloguedResource> =>
  version === undefined
    ? client.call(routes.readResource, { params: { resourceId } })
    : client.call(routes.readResourceVersion, { params: { resourceId, version } });

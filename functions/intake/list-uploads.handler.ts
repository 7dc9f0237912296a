import { routes } from '../../schemas/contracts/routes.ts';
import { endpoint } from '../kernel/endpoint.ts';
import { done } from '../kernel/outcome.ts';
import { present } from './domain/present.ts';
import type { Uploads } from './ports.ts';

/** URLs of reports are given upload by upload. */
export const listUploads = ({ uploads }: { readonly uploads: Uploads }) =>
  endpoint(routes.listUploads, async ({ caller, query }) => {
    const page = await uploads.list(caller.department, query);
    return done({ ...page, items: page.items.map(present) });
  });

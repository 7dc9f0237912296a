import { routes } from '../../../schemas/contracts/routes.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done } from '../../kernel/outcome.ts';
import { shownCorrection } from './correction-act.ts';
import type { Corrections } from '../ports.ts';

/** A department's own: what it reported, and what was reported about its data. */
export const listCorrections = ({ corrections }: { readonly corrections: Corrections }) =>
  endpoint(routes.listCorrections, async ({ caller, query }) => {
    const { items, cursor } = await corrections.listOf(caller.department, query);
    return done({ items: items.map(shownCorrection), ...(cursor !== undefined && { cursor }) });
  });

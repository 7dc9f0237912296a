import type { Middleware } from '../middleware.ts';
import { done, type Outcome } from '../outcome.ts';
import { cursorAt, listOf, opened, sealed } from './cursors.ts';
import type { Paged, Repeatable } from './requests.ts';

/** Handlers know positions, callers cursors: each is turned into the other, for the list that is asked for. */
export const paged: Middleware<Repeatable, Paged, Outcome<unknown, string>> = (next) => async (request) => {
  const { endpoint, params, caller } = request;
  const list = listOf(endpoint.route, params, request.query, caller.department);
  const query = opened(list, request.query);
  if (!query.ok) return query;
  const outcome = await next({
    ...request,
    query: query.value,
    cursorAt: (position) => cursorAt(list, position),
  });
  return outcome.ok ? done(sealed(list, outcome.value)) : outcome;
};

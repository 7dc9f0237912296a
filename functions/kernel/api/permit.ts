import type { Middleware } from '../middleware.ts';
import { refuse } from '../outcome.ts';
import type { Answer, Known } from './requests.ts';

/** Only roles that may call the route at all; who may touch which thing is the handler's decision. */
export const permitted: Middleware<Known, Known, Answer> = (next) => async (request) => {
  const { caller, endpoint } = request;
  if (!endpoint.route.roles.some((role) => caller.roles.includes(role))) return refuse('role-not-permitted');
  return next(request);
};

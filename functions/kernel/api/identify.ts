import { callerOf, type HubIdentity } from '../caller.ts';
import type { Middleware } from '../middleware.ts';
import { refuse } from '../outcome.ts';
import type { Answer, Known, Routed } from './requests.ts';

/** Only departments: API Gateway has verified the signature, and says whose it is. */
export const identified =
  (hub: HubIdentity): Middleware<Routed, Known, Answer> =>
  (next) =>
  async (request) => {
    const caller = callerOf(request.event.requestContext.identity.userArn, hub);
    if (!caller) return refuse('not-a-department');
    request.note({ department: caller.department });
    return next({ ...request, caller });
  };

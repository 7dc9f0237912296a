import { endpoint, type Endpoint } from '../../../functions/kernel/endpoint.ts';
import type { Paged } from '../../../functions/kernel/api/requests.ts';
import { refuse } from '../../../functions/kernel/outcome.ts';
import { routes } from '../../../schemas/contracts/routes.ts';
import { anAgreement, department } from '../../support/builders.ts';
import { eventOf, type ApiCall } from '../../support/memory/api-call.ts';

export const params = { agreementId: anAgreement().agreementId };

/** Ends an agreement that nobody knows. */
export const ending: Endpoint = endpoint(routes.terminateAgreement, async () => refuse('not-found'));

export const anEvent = (changes: Partial<ApiCall> = {}) =>
  eventOf({ as: 'tax', route: ending.route, params, body: { reason: 'x' }, ...changes });

/** A request that has come all the way; what it notes is kept in `noted`. */
export function aRequest(changes: Partial<Paged> = {}) {
  const noted: object[] = [];
  const request: Paged = {
    event: anEvent(),
    note: (about) => void noted.push(about),
    endpoint: ending,
    caller: { department: department('tax'), roles: ['department'], session: 'clerk-7' },
    params,
    query: {},
    body: { reason: 'x' },
    idempotencyKey: undefined,
    answer: () => undefined,
    refer: () => undefined,
    cursorAt: (position) => position,
    ...changes,
  };
  return { request, noted };
}

/** What stands at the end of a middleware under test: counts the requests that come through, and keeps the last one. */
export function anEnd<Request, Answer>(answer: Answer | ((request: Request) => Promise<Answer>)) {
  const seen: Request[] = [];
  const next = async (request: Request): Promise<Answer> => {
    seen.push(request);
    return typeof answer === 'function' ? (answer as (request: Request) => Promise<Answer>)(request) : answer;
  };
  return { next, seen };
}

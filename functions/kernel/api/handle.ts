import type { Route } from '../../../schemas/contracts/routes.ts';
import { traceOf } from '../about.ts';
import { Fault } from '../fault.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import type { Outcome } from '../outcome.ts';
import type { Paged } from './requests.ts';

/** The route's handler on the call; of a repetition, what makes its answer anew of the effect. */
export async function handled(request: Paged): Promise<Outcome<unknown, string>> {
  const { endpoint, caller, params, query, answer, refer, cursorAt, note, effect } = request;
  const call: Call<Route> = { caller, params, query, body: request.body as never, answer, refer, cursorAt, note };
  const outcome = await (effect ? again(endpoint)(call, effect) : endpoint.handle(call));
  if (outcome.ok) note(traceOf(outcome.value));
  return outcome;
}

function again({ route, again }: Endpoint): NonNullable<Endpoint['again']> {
  if (!again) throw new Fault(`${route.id} makes no answer anew`);
  return again;
}

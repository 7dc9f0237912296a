import type { RouteId } from '../../schemas/contracts/routes.ts';
import { places, type Place } from '../../schemas/contracts/routes/places.ts';

/** A route as a client has it: what is sent and answered there only the compiler knows, so that no schema is loaded. */
export interface Called<Id extends RouteId> extends Place {
  readonly id: Id;
}

export const routes = Object.fromEntries(Object.entries(places).map(([id, place]) => [id, { id, ...place }])) as {
  readonly [Id in RouteId]: Called<Id>;
};

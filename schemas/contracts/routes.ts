import { agreementsRoutes } from './routes/agreements.ts';
import { catalogRoutes } from './routes/catalog.ts';
import { comparisonsRoutes } from './routes/comparisons.ts';
import { reconciliationsRoutes } from './routes/reconciliations.ts';
import { watchesRoutes } from './routes/watches.ts';
import { correctionsRoutes } from './routes/corrections.ts';
import { deliveryRoutes } from './routes/delivery.ts';
import { demandsRoutes } from './routes/demands.ts';
import { derivationsRoutes } from './routes/derivations.ts';
import { dutiesRoutes } from './routes/duties.ts';
import { intakeRoutes } from './routes/intake.ts';
import { lookupsRoutes } from './routes/lookups.ts';
import type { places } from './routes/places.ts';
import { reportsRoutes } from './routes/reports.ts';
import type { Route } from './routes/route.ts';
import { termsRoutes } from './routes/terms.ts';

export { commonErrors, type Capability, type RefusalStatus, type Route, type TextFormat } from './routes/route.ts';

/** The source of everything about the API: OpenAPI document, gateway definition, role permissions, local hub. */
export const routes = {
  ...catalogRoutes,
  ...derivationsRoutes,
  ...demandsRoutes,
  ...agreementsRoutes,
  ...termsRoutes,
  ...dutiesRoutes,
  ...intakeRoutes,
  ...deliveryRoutes,
  ...correctionsRoutes,
  ...lookupsRoutes,
  ...comparisonsRoutes,
  ...watchesRoutes,
  ...reconciliationsRoutes,
  ...reportsRoutes,
} as const satisfies Readonly<Record<keyof typeof places, Route>>;

export type RouteId = keyof typeof routes;
export const allRoutes: readonly Route[] = Object.values(routes);

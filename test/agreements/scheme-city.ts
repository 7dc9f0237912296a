import { schemeEndpoints } from '../../functions/agreements/schemes/endpoints.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import type { Scheme, SchemePart, SchemeSteps } from '../../schemas/contracts/schemes.ts';
import { aDefinition, aResourceVersion, department, resource, terms } from '../support/builders.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { memorySchemes } from '../support/memory/schemes.ts';
import { anAgreementsApi } from './api.ts';

export const districts = ['xicheng', 'dongcheng', 'chaoyang'];
export const buildingsOf = (district: string) => `buildings-${district}`;
/** The emergency office's own. */
export const sites = 'emergency-sites';
export const body = {
  name: '应急指挥平台一期',
  proposals: districts.map((district) => ({
    resourceId: buildingsOf(district),
    terms: terms({ validTo: '2027-11-30' }),
  })),
};

/** A city in which each district provides a resource of its own, and the emergency office one. */
export function aCity() {
  const hub = anAgreementsApi();
  const provides = (resourceId: string, provider = department('emergency')) => {
    const definition = aDefinition({ provider });
    hub.catalog.give(aResourceVersion({ resourceId: resource(resourceId), provider, definition }));
  };
  for (const district of districts) provides(buildingsOf(district), department(`district-${district}`));
  provides(sites);
  const schemes = memorySchemes(hub.journal);
  const { clock, log } = hub;
  const metrics = { count: () => undefined, seconds: () => undefined };
  const handler = api(schemeEndpoints({ ...hub.ports, schemes }), {
    answers: hub.journal,
    clock,
    log,
    metrics,
    identity: testHub,
  });
  const call = <T>(route: keyof typeof routes, as: string, more: Omit<ApiCall, 'as' | 'route'> = {}) =>
    callApi<T>(handler, { as, route: routes[route], ...more });
  const keyed = (key: string | undefined) => key !== undefined && { headers: { 'idempotency-key': key } };
  const propose = (sent: object = body, key?: string) =>
    call<Scheme>('proposeScheme', 'emergency', { body: sent, ...keyed(key) });
  const steps = (route: 'acceptScheme' | 'signScheme') => (schemeId: string) =>
    function taken(as: string, agreements: readonly object[], key?: string) {
      return call<SchemeSteps>(route, as, { params: { schemeId }, body: { agreements }, ...keyed(key) });
    };
  return { ...hub, schemes, call, propose, acceptOf: steps('acceptScheme'), signOf: steps('signScheme') };
}

export type City = ReturnType<typeof aCity>;

/** Every agreement that there is. */
export const stored = (city: City): Agreement[] => [...city.agreements.items.values()].map(({ value }) => value);

export const named = (items: readonly SchemePart[], ...keys: (keyof SchemePart)[]) =>
  items.map((item) => Object.fromEntries(keys.map((key) => [key, item[key]])));

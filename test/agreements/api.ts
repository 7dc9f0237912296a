import { agreementEndpoints } from '../../functions/agreements/endpoints.ts';
import type { Ports } from '../../functions/agreements/ports.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { InheritedTerms } from '../../schemas/contracts/derivations.ts';
import type { DemandId, DepartmentId } from '../../schemas/contracts/ids.ts';
import type { Offer } from '../../schemas/contracts/offers.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { aResourceVersion } from '../support/builders.ts';
import { memoryAgreements } from '../support/memory/agreements.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryResources } from '../support/memory/resources.ts';

/** The agreements API on memory, with one resource in the catalog: `legal-entities` of `quality`. */
export function anAgreementsApi() {
  const journal = memoryJournal();
  const agreements = memoryAgreements(journal);
  const catalog = memoryResources(journal);
  catalog.give(aResourceVersion());
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const log = recordingLog();
  /** What the rest of the hub knows: changed by a test. */
  const known: {
    retired: boolean;
    inherited?: InheritedTerms[];
    offer?: Offer;
    demand?: { id: DemandId; of: DepartmentId };
  } = { retired: false };
  const ports: Ports = {
    agreements,
    catalog: {
      latest: (id) => catalog.latest(id),
      version: (id, version) => catalog.version(id, version),
      inherited: async () => known.inherited ?? [],
      isRetired: async () => known.retired,
    },
    inForce: agreements.inForce,
    demands: { isOpenOf: async (id, department) => known.demand?.id === id && known.demand.of === department },
    offers: { find: async () => known.offer },
    clock,
    ids: countingIds(100),
    timeZone: 'Asia/Shanghai',
  };
  const endpoints = agreementEndpoints(ports);
  const handler = api(endpoints, { answers: journal, clock, log, metrics: recordingMetrics(), identity: testHub });
  return {
    ports,
    agreements,
    catalog,
    known,
    clock,
    log,
    journal,
    call: <T = Record<string, unknown>>(
      route: keyof typeof routes,
      as: string,
      call: Omit<ApiCall, 'as' | 'route'> = {},
    ) => callApi<T>(handler, { as, route: routes[route], ...call }),
  };
}

import { demandEndpoints } from '../../functions/demands/endpoints.ts';
import { api } from '../../functions/kernel/api/api.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { aResourceVersion } from '../support/builders.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { memoryDemandCatalog, memoryDemands, memorySharing } from '../support/memory/demands.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { aTheme } from './a-demand.ts';

/** The demands API on memory, with one theme, `emergency`, and one resource in the catalog, `legal-entities` of `quality`. */
export function aDemandsApi() {
  const journal = memoryJournal();
  const store = memoryDemands(journal);
  const sharing = memorySharing();
  const catalog = memoryDemandCatalog();
  store.giveTheme(aTheme());
  catalog.give(aResourceVersion());
  const clock = testClock('2026-12-01T01:10:00.000Z');
  const endpoints = demandEndpoints({
    ...store,
    sharing,
    catalog,
    clock,
    ids: countingIds(100),
    timeZone: 'Asia/Shanghai',
  });
  const log = recordingLog();
  const handler = api(endpoints, { answers: journal, clock, log, metrics: recordingMetrics(), identity: testHub });
  return {
    store,
    sharing,
    catalog,
    clock,
    journal,
    log,
    call: <T = Record<string, unknown>>(
      route: keyof typeof routes,
      as: string,
      call: Omit<ApiCall, 'as' | 'route'> = {},
    ) => callApi<T>(handler, { as, route: routes[route], ...call }),
  };
}

import { agreementEndpoints } from '../../functions/agreements/endpoints.ts';
import { api } from '../../functions/kernel/http.ts';
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
  const endpoints = agreementEndpoints({
    agreements,
    catalog,
    clock,
    ids: countingIds(100),
    timeZone: 'Asia/Shanghai',
  });
  const handler = api(endpoints, { answers: journal, clock, log, metrics: recordingMetrics(), hub: testHub });
  return {
    agreements,
    catalog,
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

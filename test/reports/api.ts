import { api } from '../../functions/kernel/api/api.ts';
import { countHandler } from '../../functions/reports/count.handler.ts';
import { reportEndpoints } from '../../functions/reports/endpoints.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { countingIds, memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { memoryAnswers, memoryBenefits, memoryCatalog, memoryCounters, memoryReportedAgreements } from './memory.ts';

/** The reports API on memory, with the function that counts. */
export function aReportsApi() {
  const journal = memoryJournal();
  const counters = memoryCounters();
  const agreements = memoryReportedAgreements();
  const benefits = memoryBenefits(journal);
  const answers = memoryAnswers();
  const clock = testClock('2026-12-20T01:00:00.000Z');
  const log = recordingLog();
  const shared = { counters, catalog: memoryCatalog(), clock, timeZone: 'Asia/Shanghai' };
  const endpoints = reportEndpoints({
    ...shared,
    uses: counters.uses,
    agreements,
    benefits,
    answers,
    departments: 40,
    ids: countingIds(100),
  });
  const handler = api(endpoints, { answers: journal, clock, log, metrics: recordingMetrics(), identity: testHub });
  return {
    journal,
    counters,
    agreements,
    benefits,
    answers,
    clock,
    log,
    count: countHandler({ ...shared, log }),
    call: <T = Record<string, unknown>>(
      route: keyof typeof routes,
      as: string,
      call: Omit<ApiCall, 'as' | 'route'> = {},
    ) => callApi<T>(handler, { as, route: routes[route], ...call }),
  };
}

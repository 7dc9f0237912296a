import { dutyEndpoints } from '../../functions/duties/endpoints.ts';
import { watchHandler } from '../../functions/duties/watch.handler.ts';
import { api } from '../../functions/kernel/api/api.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { routes } from '../../schemas/contracts/routes.ts';
import { instant } from '../support/builders.ts';
import { callApi, testHub, type ApiCall } from '../support/memory/api-call.ts';
import { memoryDutyFacts, memoryOwings } from '../support/memory/duties.ts';
import { memoryJournal, recordingLog, recordingMetrics, testClock } from '../support/memory/kernel.ts';
import { membersOf } from '../support/memory/notices.ts';
import { authorities, timeZone } from './cases.ts';

/** The capability `duties` on memory; what there is, and time, are up to the test. */
export function aHub(now = instant) {
  const clock = testClock(now);
  const facts = memoryDutyFacts();
  const owings = memoryOwings();
  const log = recordingLog();
  const metrics = recordingMetrics();
  const ports = { facts, owings, clock, authorities, timeZone, log, metrics };
  const watch = watchHandler(ports);
  const handler = api(dutyEndpoints(ports), { answers: memoryJournal(), clock, log, metrics, identity: testHub });
  return {
    clock,
    facts,
    owings,
    log,
    metrics,
    ports,
    /** Somebody acted: the agreement or demand is now like this, and to be looked at. */
    act(...things: readonly (Agreement | StoredDemand)[]): void {
      for (const thing of things) {
        if ('agreementId' in thing) {
          facts.agreements.set(thing.agreementId, thing);
          owings.watch({ agreementId: thing.agreementId, nextAt: clock.now() });
        } else {
          facts.demands.set(thing.demandId, thing);
          owings.watch({ demandId: thing.demandId, nextAt: clock.now() });
        }
      }
    },
    watch,
    /** The start of a day in the hub's time zone, and the run that comes with it. */
    async dawn(day: string): Promise<void> {
      clock.set(new Date(Date.parse(`${day}T00:00:00.000+08:00`)).toISOString());
      await watch();
    },
    /** `day event duty department` of every notice so far; the day is the duty's last. */
    get told(): readonly string[] {
      return owings.notices.map(({ to, notice }) => {
        const { due, event, duty } = membersOf(notice);
        return `${String(due)} ${String(event)} ${String(duty)} ${to}`;
      });
    },
    call: <T = Record<string, unknown>>(
      route: 'listDuties' | 'readAgreementDuties',
      as: string,
      call: Omit<ApiCall, 'as' | 'route'> = {},
    ) => callApi<T>(handler, { as, route: routes[route], ...call }),
  };
}

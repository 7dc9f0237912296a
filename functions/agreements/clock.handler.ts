import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { atMost, each, tell } from '../kernel/each.ts';
import { change, momentOf } from './act.ts';
import { endForClosed } from './close.ts';
import { tick } from './domain/clock.ts';
import { fittingVersion } from './fitting.ts';
import type { ClockPorts } from './ports.ts';
import { tellOfVersion } from './tell-of-version.ts';

const TICKS_A_RUN = 500;
const MARKS_A_RUN = 100;
const WIDTH = 4;

/** The registry changes by a deployment: looking once an hour is soon enough. */
const isFullHour = (at: string): boolean => at.slice(14, 16) === '00';

/**
 * Every minute: what dates, newer resource versions and the registry do to agreements. An agreement that fails keeps no
 * other from its turn; what is left over is found again by the next run.
 */
export const clockHandler = (ports: ClockPorts) => async (): Promise<void> => {
  const at = ports.clock.now();
  let agreements = 0;
  const acted = (count: number) => void (agreements += count);
  // Dates first, which are few: a version that concerns many agreements must not make them wait.
  const faults = [
    ...(await each(atMost(TICKS_A_RUN, ports.ticks.due(at)), WIDTH, async (id) => acted(await tickOne(ports, id)))),
    ...(await each(atMost(MARKS_A_RUN, ports.breaking.due(at)), 1, async (mark) =>
      acted(await tellOfVersion(ports, mark)),
    )),
    ...(isFullHour(at) ? await each(ports.closed, 1, async (one) => acted(await endForClosed(ports, one))) : []),
  ];
  tell(ports.log, 'clock failed', faults);
  ports.log.info('clock looked', { agreements, failed: faults.length });
};

/** How many agreements a date acted on: the index is behind at times, and somebody else may have been quicker. */
async function tickOne(ports: ClockPorts, id: AgreementId): Promise<number> {
  const outcome = await change(ports, id, {}, async (agreement) => {
    // Before it suspends it looks again: the word of a repair may still be on its way.
    const fitting = agreement.outdated && (await fittingVersion(ports.catalog, agreement));
    return tick(agreement, momentOf(ports), fitting?.version);
  });
  if (outcome.ok) ports.log.info('a date acted', { agreementId: id, outcome: outcome.value.state });
  return outcome.ok ? 1 : 0;
}

import type { Duty, Matter } from '../../schemas/contracts/duties.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { StoredDuties, StoredDuty, StoredWatch } from '../../schemas/stored/duties.ts';
import { traceOf } from '../kernel/about.ts';
import { atMost, each } from '../kernel/each.ts';
import { addDays, after, startOfDay } from '../kernel/time.ts';
import { owedNow, todayOf } from './owed-now.ts';
import type { Look, WatchPorts } from './ports.ts';
import { remindersOf } from './reminders.ts';

/** Looks of one run; what is left has its turn a minute later. */
const LOOKS_A_RUN = 1000;
const WIDTH = 8;
/** A look that failed comes again after this long, behind those that have not had their turn. */
const PAUSE = { minutes: 5 };

/** What a run came to. */
interface Tally {
  looks: number;
  duties: number;
  notices: number;
}

/**
 * Every minute: looks at agreements and demands that somebody acted on, and at each that is not over once a day. Writes
 * down what is owed and tells whom it concerns. A run that is repeated, or late, finds what the other one did.
 */
export const watchHandler = (ports: WatchPorts) => async (): Promise<void> => {
  const now = ports.clock.now();
  const tally: Tally = { looks: 0, duties: 0, notices: 0 };
  const look = (watch: StoredWatch) => lookAt(ports, watch, now, tally);
  const faults = await each(atMost(LOOKS_A_RUN, ports.owings.due(now)), WIDTH, look, (watch, error) => {
    ports.log.error('duties not looked at', { ...traceOf(watch), error });
    return ports.owings.postpone(watch, after(now, PAUSE));
  });
  ports.log.info('duties looked at', { ...tally, failed: faults.length });
};

async function lookAt(ports: WatchPorts, watch: StoredWatch, now: string, tally: Tally): Promise<void> {
  const matter = matterOf(watch);
  const before = await ports.owings.find(matter);
  const today = todayOf(ports);
  const found = await owedNow(ports, matter, before?.value.receivedUpTo);
  const duties = found.duties.map((duty) => remembered(duty, before?.value));
  const notices = distinct(duties.flatMap((duty) => remindersOf(duty, today, ports.authorities, now)));
  const look: Look = {
    watch,
    before,
    ...(found.over
      ? { after: undefined, nextAt: undefined }
      : {
          after: told(matter, duties, today, found.receivedUpTo),
          nextAt: startOfDay(addDays(today, 1), ports.timeZone),
        }),
    notices,
  };
  if (!(await ports.owings.keep(look))) return;
  tally.looks += 1;
  tally.duties += duties.length;
  tally.notices += notices.length;
  count(ports, duties, today);
}

const matterOf = ({ agreementId, demandId }: StoredWatch): Matter => ({
  ...(agreementId !== undefined && { agreementId }),
  ...(demandId !== undefined && { demandId }),
});

/** A duty with what was told of it: the same by the same department until the same day is the same duty. */
function remembered({ overdue: _overdue, ...duty }: Duty, before: StoredDuties | undefined): StoredDuty {
  const same = before?.duties.find(
    (other) => other.duty === duty.duty && other.by === duty.by && other.due === duty.due,
  );
  return { ...duty, ...(same?.told !== undefined && { told: same.told }) };
}

const told = (matter: Matter, duties: readonly StoredDuty[], today: string, receivedUpTo: number): StoredDuties => ({
  ...matter,
  duties: duties.map((duty) => ({ ...duty, told: today })),
  receivedUpTo,
});

const distinct = (notices: readonly OutgoingNotice[]): readonly OutgoingNotice[] => [
  ...new Map(notices.map((notice) => [notice.notice.noticeId, notice])).values(),
];

/** Each duty that is past its last day, once: on the first look that finds it so. */
function count({ metrics }: WatchPorts, duties: readonly StoredDuty[], today: string): void {
  const overdue = duties.filter(
    ({ binding, due, told }) => binding && due < today && (told === undefined || told <= due),
  );
  const missed = overdue.filter(({ duty }) => duty === 'provide');
  if (overdue.length > 0) metrics.count('DutiesOverdue', overdue.length);
  if (missed.length > 0) metrics.count('ProvisionsMissed', missed.length);
}

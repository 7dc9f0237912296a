import type { Department } from '../../../schemas/contracts/hub.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import { each } from '../../kernel/each.ts';
import type { Log } from '../../kernel/ports.ts';
import { dayIn } from '../../kernel/time.ts';
import type { Ports } from '../ports.ts';
import { retireByHub } from './retire-by-hub.ts';

export interface ClosedPorts extends Pick<Ports, 'resources' | 'clock' | 'ids' | 'timeZone'> {
  readonly log: Log;
  /** The registry. */
  readonly departments: readonly Department[];
}

/** Departments that take no part any more. */
export function closedOnes({ departments, clock, timeZone }: ClosedPorts): readonly Department[] {
  const today = dayIn(timeZone, clock.now());
  return departments.filter(({ closed }) => closed !== undefined && closed <= today);
}

/**
 * Retires what closed departments provided: nobody is left to do it, and who succeeds them publishes what goes on. Answers
 * what failed, which keeps no other from being retired.
 */
export async function retireOfClosed(ports: ClosedPorts): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (const department of closedOnes(ports)) {
    const reason = reasonOf(department);
    const retired = await each(await standingOf(ports, department), 1, async (resourceId) => {
      if (await retireByHub(ports, resourceId, 'registry', () => reason))
        ports.log.info('resource of a closed department retired', { resourceId, provider: department.id });
    });
    faults.push(...retired);
  }
  return faults;
}

const reasonOf = ({ name, nameEn, closed, successor }: Department): string =>
  [
    `${name}已于 ${closed} 撤销${successor === undefined ? '' : `，职责由 ${successor} 承继`}。`,
    `${nameEn} was closed on ${closed}${successor === undefined ? '' : `; its duties are those of ${successor} now`}.`,
  ].join(' ');

async function standingOf({ resources }: ClosedPorts, { id }: Department): Promise<readonly ResourceId[]> {
  const { entries } = await resources.catalog();
  return entries
    .filter(({ summary }) => summary.provider === id && summary.retiredAt === undefined)
    .map(({ summary }) => summary.resourceId);
}

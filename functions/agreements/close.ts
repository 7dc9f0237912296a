import type { AgreementSummary } from '../../schemas/contracts/agreements.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import { each, raise } from '../kernel/each.ts';
import { isOver } from '../reading/agreement.ts';
import { change, momentOf } from './act.ts';
import { terminate } from './domain/steps/end.ts';
import { hubItself } from './domain/standing.ts';
import type { ClockPorts, ClosedDepartment } from './ports.ts';

const PAGE = 100;
const WIDTH = 4;

/**
 * Ends the agreements of a department that takes no part any more, on both sides of them; answers how many. A successor
 * has its own: nobody is bound by what another department signed.
 */
export async function endForClosed(ports: ClockPorts, { id, closed }: ClosedDepartment): Promise<number> {
  if (closed > momentOf(ports).today) return 0;
  let ended = 0;
  const faults = await each(agreementsOf(ports, id), WIDTH, async ({ agreementId, state }) => {
    if (isOver({ state })) return;
    const outcome = await change(ports, agreementId, {}, (agreement) =>
      terminate(agreement, hubItself, `the department ${id} was closed on ${closed}`, momentOf(ports)),
    );
    if (outcome.ok) ended++;
  });
  raise(`ending the agreements of ${id}`, faults);
  return ended;
}

async function* agreementsOf({ agreements }: ClockPorts, id: DepartmentId): AsyncGenerator<AgreementSummary> {
  let cursor: string | undefined;
  do {
    const page = await agreements.listOf(id, { limit: PAGE, cursor });
    yield* page.items;
    cursor = page.cursor;
  } while (cursor !== undefined);
}

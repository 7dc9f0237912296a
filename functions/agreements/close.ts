import type { AgreementSummary } from '../../schemas/contracts/agreements.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import { change, momentOf } from './act.ts';
import { terminate } from './domain/end.ts';
import { phaseOf } from './domain/phase.ts';
import { hubItself } from './domain/standing.ts';
import type { ClockPorts, ClosedDepartment } from './ports.ts';

const PAGE = 100;

/**
 * Ends the agreements of a department that takes no part any more, on both sides of them; answers how many. A successor
 * has its own: nobody is bound by what another department signed.
 */
export async function endForClosed(ports: ClockPorts, { id, closed }: ClosedDepartment): Promise<number> {
  if (closed > momentOf(ports).today) return 0;
  let ended = 0;
  for await (const { agreementId, state } of agreementsOf(ports, id)) {
    if (phaseOf({ state }) === 'over') continue;
    const outcome = await change(ports, agreementId, {}, (agreement) =>
      terminate(agreement, hubItself, `the department ${id} was closed on ${closed}`, momentOf(ports)),
    );
    if (outcome.ok) ended++;
  }
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

import type { ComparisonId } from '../../schemas/contracts/ids.ts';
import { deathsAt } from '../support/long.ts';
import type { TestHub } from './hub.ts';

/**
 * Sends a comparison for each death, has it die beside that write, each `step`th of them up to the last, and leaves it to `after`.
 * @returns how many died
 */
export async function runsThatDie(
  hub: TestHub,
  step: number,
  send: () => Promise<ComparisonId>,
  after: (id: ComparisonId) => Promise<void>,
): Promise<number> {
  let deaths = 0;
  for (let write = 1, isOver = false; !isOver; write += step)
    for (const when of deathsAt(write)) {
      const id = await send();
      hub.life.killAt(write, when);
      const died = await hub.run(id).then(
        () => false,
        () => true,
      );
      isOver ||= hub.life.writes() < write;
      hub.life.revive();
      if (died) deaths++;
      await after(id);
    }
  return deaths;
}

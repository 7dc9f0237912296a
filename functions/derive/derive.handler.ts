import { DeriveEvent } from '../../schemas/contracts/events.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { each, raise, tell } from '../kernel/each.ts';
import { held, type HoldingPorts } from '../kernel/holding.ts';
import { consume } from '../kernel/queue.ts';
import { after } from '../kernel/time.ts';
import type { RunPorts } from './ports.ts';
import { runDerivation } from './run.ts';
import { tellOfMissing } from './tell.ts';

export type DerivePorts = RunPorts & HoldingPorts;

/** When a resource is looked at that nobody came to. */
const UNSEEN = { seconds: 60 };

export const deriveHandler = (ports: DerivePorts) =>
  consume(
    DeriveEvent,
    held((event) => react(ports, event), ports),
    ports,
  );

async function react(ports: DerivePorts, event: DeriveEvent): Promise<void> {
  switch (event.type) {
    case 'dataset-committed':
      return lookAgain(ports, event.resourceId);
    case 'agreement-changed': {
      const agreement = await ports.facts.agreement(event.agreementId);
      if (!agreement) return;
      await tellOfMissing(ports, agreement);
      return lookAgain(ports, agreement.resourceId);
    }
    case 'resource-published':
    case 'resource-due':
      return runDerivation(ports, event.resourceId);
  }
}

/** One after the other; what fails with one holds up no other, and what there is no time for the sweeper finds. */
async function lookAgain(ports: DerivePorts, resourceId: ResourceId): Promise<void> {
  const derived = await ports.facts.derivedOf(resourceId);
  const at = after(ports.clock.now(), UNSEEN);
  for (const id of derived) await ports.marks.mark(id, at);
  const faults = await each(derived, 1, (id) => runDerivation(ports, id));
  tell(ports.log, 'derivation failed', faults);
  raise(`deriving what rests on ${resourceId}`, faults);
}

import { DeriveEvent } from '../../schemas/contracts/events.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { held, type HoldingPorts } from '../kernel/holding.ts';
import { consume } from '../kernel/queue.ts';
import { after } from '../kernel/time.ts';
import type { DeriveQueue, RunPorts } from './ports.ts';
import { runDerivation } from './run.ts';

export interface DerivePorts extends RunPorts, HoldingPorts {
  readonly queue: DeriveQueue;
}

/** When a resource is looked at whose message was lost. */
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
      const resourceId = await ports.facts.resourceOf(event.agreementId);
      return resourceId && lookAgain(ports, resourceId);
    }
    case 'resource-published':
    case 'resource-due':
      return runDerivation(ports, event.resourceId);
  }
}

/** Each that is derived of the resource comes by itself: what fails with one holds up no other. */
async function lookAgain({ facts, marks, queue, clock }: DerivePorts, resourceId: ResourceId): Promise<void> {
  const derived = await facts.derivedOf(resourceId);
  const at = after(clock.now(), UNSEEN);
  for (const id of derived) await marks.mark(id, at);
  await queue.send(derived);
}

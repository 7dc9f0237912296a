import { RepresentEvent } from '../../../schemas/contracts/events.ts';
import type { ResourceId } from '../../../schemas/contracts/ids.ts';
import { each, raise } from '../../kernel/each.ts';
import { held, type HoldingPorts } from '../../kernel/holding.ts';
import { consume } from '../../kernel/queue.ts';
import { after } from '../../kernel/time.ts';
import { settling } from '../representation/settling.ts';
import { dropRepresentation } from './drop.ts';
import { makeRepresentation, type MakePorts } from './make.ts';
import type { RepresentMarks } from './ports.ts';

export type RepresentPorts = MakePorts & HoldingPorts & { readonly marks: RepresentMarks };

export const representHandler = (ports: RepresentPorts) =>
  consume(
    RepresentEvent,
    held(({ resourceId }) => represent(ports, resourceId), ports),
    ports,
  );

/** When to look again at what others are at, or whose time has not come. */
const PAUSE = { minutes: 5 };

/** Of a resource whose newest dataset or definition is another: makes what is missing, removes what is left over. */
async function represent(ports: RepresentPorts, resourceId: ResourceId): Promise<void> {
  const { facts, representations, marks, clock } = ports;
  const resource = await facts.resource(resourceId);
  if (!resource) return;
  const { head, modes } = resource;
  const standing = { head, modes, representations: await representations.list(resourceId) };
  const { make, drop, isOpen } = settling(standing, clock.now());
  if (make) await makeRepresentation(ports, resourceId, make.datasetVersion, make.was);
  const faults = await each(drop, 1, (one) => dropRepresentation(ports, one));
  raise(`removing representations of ${resourceId}`, faults);
  if (isOpen || make) await marks.postpone(resourceId, after(clock.now(), PAUSE));
  else await marks.clear(head);
}

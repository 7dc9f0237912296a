import type { DepartmentId, ResourceId } from '../../schemas/contracts/ids.ts';
import type { OutgoingNotice } from '../../schemas/contracts/notices.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { ResourceMark } from '../../schemas/stored/catalog.ts';
import { each, raise } from '../kernel/each.ts';
import { noticeTo } from '../kernel/notice.ts';
import type { Log } from '../kernel/ports.ts';
import type { Marks, Ports } from './ports.ts';
import { retireByHub } from './ends/retire-by-hub.ts';

export interface SpreadPorts extends Pick<Ports, 'resources' | 'agreements' | 'clock' | 'ids' | 'timeZone'> {
  readonly marks: Marks;
  readonly derivations: {
    /** The version of a derived resource whose last run found that a source of it has ended, and it with that. */
    endedWithSource(id: ResourceId): Promise<number | undefined>;
  };
  readonly log: Log;
}

/** A transaction takes 100 writes, and a notice is one. */
const AT_ONCE = 50;

/**
 * Tells the consumers of resources that end, and retires those whose day has come. A run that was cut off is made good by
 * the next one: its notices carry the ids that they had.
 * @throws Fault when some could not be done; they stay marked
 */
export const spreadHandler = (ports: SpreadPorts) => async (): Promise<void> => {
  const spread = async (mark: ResourceMark) => {
    const { event } = mark;
    await doing[event](ports, mark);
    await ports.marks.forget(mark);
  };
  const faults = await each(ports.marks.due(ports.clock.now()), 1, spread, ({ resourceId }, error) =>
    ports.log.error('the end of a resource is not spread', { resourceId, error }),
  );
  raise('spreading ends of resources', faults);
};

const doing: Readonly<Record<ResourceMark['event'], (ports: SpreadPorts, mark: ResourceMark) => Promise<void>>> = {
  deprecated: (ports, mark) => tellConsumers(ports, mark, 'deprecated'),
  retired: (ports, mark) => tellConsumers(ports, mark, 'retired'),
  retire: (ports, mark) => retireOnItsDay(ports, mark),
  'source-ended': (ports, mark) => retireWithItsSource(ports, mark),
};

/** For everybody who reads the catalog: whose data it was made of is the owner's to tell. */
const SOURCE_ENDED =
  '加工所依据的数据来源已终止，按提供方的选择随之停用。 What it was made of has ended, and so does it, as its provider chose.';

/** Unless its owner has published another version since, or has the source again. */
async function retireWithItsSource(ports: SpreadPorts, { resourceId }: ResourceMark): Promise<void> {
  const stopped = await ports.derivations.endedWithSource(resourceId);
  const retired =
    stopped !== undefined &&
    (await retireByHub(ports, resourceId, 'spread', ({ latest }) =>
      latest.version === stopped ? SOURCE_ENDED : undefined,
    ));
  if (retired) ports.log.info('resource retired with its source', { resourceId });
}

/** Only what the deprecation says now: it may have been stated anew, with another day. */
async function retireOnItsDay(ports: SpreadPorts, { resourceId, retireOn }: ResourceMark): Promise<void> {
  const retired = await retireByHub(ports, resourceId, 'spread', ({ deprecation }) =>
    deprecation?.retireOn === retireOn ? deprecation?.reason : undefined,
  );
  if (retired) ports.log.info('resource retired on its day', { resourceId });
}

async function tellConsumers(
  { marks, agreements, log }: SpreadPorts,
  mark: ResourceMark,
  event: 'deprecated' | 'retired',
): Promise<void> {
  const waiting = await agreements.notOver(mark.resourceId);
  const consumers = [...new Set(waiting.map(({ consumer }) => consumer))];
  for (let from = 0; from < consumers.length; from += AT_ONCE)
    await marks.tell(consumers.slice(from, from + AT_ONCE).map((consumer) => noticeOf(consumer, mark, event)));
  log.info('consumers told of the end of a resource', { resourceId: mark.resourceId, notices: consumers.length });
}

const noticeOf = (
  consumer: DepartmentId,
  { resourceId, at, by, retireOn }: ResourceMark,
  event: 'deprecated' | 'retired',
): OutgoingNotice =>
  noticeTo(consumer, [resourceId, at], {
    type: 'resource',
    event,
    at,
    ...(by !== undefined && { by }),
    resourceId,
    ...(retireOn !== undefined && { due: retireOn }),
    path: pathOf(places.readResource, { resourceId }),
  });

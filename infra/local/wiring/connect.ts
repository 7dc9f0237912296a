import type { ObjectCreated, StreamRecord } from '../aws/contracts.ts';
import type { Model } from '../template/model.ts';
import { eventSourcesOf } from './event-sources.ts';
import type { WiringOptions } from './options.ts';
import { giveBack, nameOf, pollQueue, type QueueSource } from './queue-source.ts';
import { eventBus, objectCreatedEvent, stackCompleteEvent } from './rules.ts';
import { runSchedule, type Timing } from './schedules.ts';
import type { Stoppable } from './stoppable.ts';
import { rulesOf, schedulesOf } from './targets.ts';

/** What the template's event sources, rules and schedules make of things that happen. */
export interface Wiring {
  onObjectCreated(object: ObjectCreated): Promise<void>;
  onStreamRecords(tableName: string, records: readonly StreamRecord[]): Promise<void>;
  /**
   * Gives back what an earlier run held, starts polling and the schedules, and tells rules that the stacks are there.
   */
  start(timing: Timing): Promise<void>;
  stop(): Promise<void>;
}

/** @throws TemplateFault where a source, target or permission is missing: what AWS would say at deployment or never. */
export function wiringOf(options: WiringOptions): Wiring {
  const { model, clock, inFlight } = options;
  const stopping = new AbortController();
  const { queues, streams } = eventSourcesOf(options, stopping.signal);
  const bus = eventBus(rulesOf(options), stopping.signal);
  const schedules = schedulesOf(options);
  const announcing = announcingBuckets(model);
  const running: Stoppable[] = [];
  return {
    onObjectCreated: async (object) => {
      if (announcing.has(object.bucket)) await bus(objectCreatedEvent(object, model.world));
    },
    onStreamRecords: async (tableName, records) => {
      // Each mapping reads at its own pace in AWS; here the next records wait for the slowest.
      await Promise.all(streams.filter(({ table }) => table === tableName).map(({ read }) => read(records)));
    },
    start: async (timing) => {
      for (const { queueName, receiptHandles } of inFlight.left()) await giveBackTo(queues, queueName, receiptHandles);
      running.push(...queues.map(pollQueue), ...schedules.map((schedule) => runSchedule(schedule, clock, timing)));
      for (const stack of model.stacks) await bus(stackCompleteEvent(stack, clock.now(), model.world));
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(running.map((each) => each.stop()));
    },
  };
}

/** Buckets whose new objects are told to EventBridge. */
const announcingBuckets = (model: Model): ReadonlySet<string> =>
  new Set(
    model.all('AWS::S3::Bucket').flatMap(({ name, properties }) => {
      const told = properties.NotificationConfiguration?.EventBridgeConfiguration;
      return told && told.EventBridgeEnabled !== false ? [name] : [];
    }),
  );

async function giveBackTo(
  queues: readonly QueueSource[],
  queueName: string,
  receiptHandles: readonly string[],
): Promise<void> {
  const source = queues.find(({ queueArn }) => nameOf(queueArn) === queueName);
  if (source) await giveBack(source, receiptHandles);
}

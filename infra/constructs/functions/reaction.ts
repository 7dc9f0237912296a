import type { Construct } from 'constructs';
import type { Reaction as ReactionName } from '../../../schemas/contracts/events.ts';
import type { Watch } from '../alarms/alarms.ts';
import { crashes, throttles } from '../alarms/function-alarms.ts';
import { HubFunction, type HubFunctionProps } from './hub-function.ts';
import { permissionsOn } from '../permissions.ts';
import { failedWork, lateWork } from '../alarms/queue-alarms.ts';
import { WorkQueue } from './work-queue.ts';

export interface ReactionProps extends HubFunctionProps {
  readonly function: ReactionName;
  /** Batches at once. */
  readonly atOnce: number;
  /** One event may take minutes: it comes alone, and others may wait a while. */
  readonly takesMinutes?: true;
  /** What it does, for its alarms: "Sending a notice". */
  readonly does: string;
}

/** As many as SQS hands out without waiting for more to come. */
const BATCH_SIZE = 10;

/** A third of the time in which a delivery is promised. */
const MINUTES = 5;

/**
 * A function that reacts to what was committed: the router's events for it, in a queue of its own, so that whatever fails
 * or is slow here concerns nobody else.
 */
export class Reaction extends HubFunction {
  readonly queue: WorkQueue;
  private readonly does: string;
  private readonly lateMinutes: number | undefined;

  constructor(scope: Construct, id: string, { atOnce, does, takesMinutes, ...props }: ReactionProps) {
    const { names, timeout } = props;
    const queue = new WorkQueue(scope, `${id}Events`, { queueName: names.queue(props.function), timeout });
    super(scope, id, {
      ...props,
      environment: { HUB_EVENT_QUEUE_URL: queue.url, ...props.environment },
      permissions: [
        ...permissionsOn(names).records(),
        queue.consuming(),

        ...props.permissions,
      ],
    });
    this.queue = queue;
    this.does = does;
    this.lateMinutes = takesMinutes ? undefined : MINUTES;
    queue.feeds(this, atOnce, takesMinutes ? 1 : BATCH_SIZE);
  }

  get watches(): readonly Watch[] {
    const { hubName, queue, does, lateMinutes } = this;
    return [
      failedWork(`${hubName}-dlq`, queue.failed, does),
      lateWork(hubName, queue.queue, hubName, lateMinutes),
      crashes(this),
      throttles(this),
    ];
  }
}

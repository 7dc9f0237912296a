import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { accepted } from './accepted.ts';
import type { Watch } from './alarms.ts';
import { crashes, notRunning, throttles } from './function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyMinute, type Invocations } from './invocations.ts';
import type { Sending } from './intake-functions.ts';
import { Permission, permissionsOn } from './permissions.ts';
import { failedWork } from './queue-alarms.ts';
import { streamLate, TableStream, type TableChange } from './table-stream.ts';
import { FailedQueue } from './work-queue.ts';

export interface NoticeFunctionsProps extends Deployment {
  readonly streamArn: string;
  readonly mailboxUrlPrefix: string;
  readonly intake: Sending;
}

/** After which changes of uploads and segments something is begun: functions/intake/domain/follow.ts, and a test of it. */
export const followedChanges: readonly TableChange[] = [
  { kinds: ['upload'], from: ['awaiting', 'received', 'checking', 'held'], to: ['accepted', 'refused'] },
  { kinds: ['upload'], from: ['checking'], to: ['received'] },
  { kinds: ['upload-segment'], from: ['checking'], to: ['checked'] },
  { kinds: ['upload-segment'], from: ['checked'], to: ['received'] },
];

/**
 * Notices that are no deliveries, from the table, where they were committed with their cause, to mailboxes; a sweeper. The
 * same reader of the stream begins what comes after a check: a shard takes two readers, and dispatch is the other.
 */
export class NoticeFunctions extends Construct {
  readonly send: HubFunction;
  readonly sweep: HubFunction;
  readonly sendFailed: FailedQueue;
  private readonly props: NoticeFunctionsProps;

  constructor(scope: Construct, id: string, props: NoticeFunctionsProps) {
    super(scope, id);
    this.props = props;
    const { names, streamArn, intake } = props;
    const failed = new FailedQueue(this, 'SendFailed', names.queue('notices-failed'));
    accepted(failed, 'AwsSolutions-SQS3', 'It is such a queue: of the stream’s event source.');
    this.sendFailed = failed;
    this.send = this.sender(
      'Send',
      'notices',
      [
        ...permissionsOn(names).stream(streamArn),
        new Permission(['sqs:SendMessage'], [failed.queueArn]),
        ...intake.permissions,
      ],
      { environment: intake.environment },
    );
    new TableStream(this, 'Committed', {
      streamArn,
      changes: [{ kinds: ['message'] }, ...followedChanges],
      target: this.send,
      failed,
    });
    this.sweep = this.sender('Sweep', 'notices-sweep', [], { invocations: everyMinute });
  }

  get watches(): readonly Watch[] {
    const { send, sweep, sendFailed } = this;
    return [
      failedWork('notices-failed', sendFailed, 'Sending a notice'),
      streamLate('notices-late', send),
      crashes(send),
      throttles(send),
      crashes(sweep, 2),
      throttles(sweep),
      notRunning(sweep),
    ];
  }

  private sender(
    id: string,
    name: 'notices' | 'notices-sweep',
    permissions: readonly Permission[],
    {
      environment = {},
      invocations,
    }: { readonly environment?: Readonly<Record<string, string>>; readonly invocations?: Invocations } = {},
  ): HubFunction {
    const { names, mailboxUrlPrefix } = this.props;
    const may = permissionsOn(names);
    return new HubFunction(this, id, {
      ...this.props,
      function: name,
      ...(invocations && { invocations }),
      timeout: Duration.minutes(2),
      memoryMb: 512,
      environment: { HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix, ...environment },
      permissions: [...may.records(), may.mailboxes(), ...permissions],
    });
  }
}

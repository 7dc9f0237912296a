import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { accepted } from './accepted.ts';
import type { Watch } from './alarms.ts';
import { crashes, notRunning, throttles } from './function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyMinute, type Invocations } from './invocations.ts';
import { Permission, permissionsOn } from './permissions.ts';
import { failedWork } from './queue-alarms.ts';
import { streamLate, TableStream } from './table-stream.ts';
import { FailedQueue } from './work-queue.ts';

export interface NoticeFunctionsProps extends Deployment {
  readonly streamArn: string;
  readonly mailboxUrlPrefix: string;
}

/** Notices that are no deliveries, from the table, where they were committed with their cause, to mailboxes; a sweeper. */
export class NoticeFunctions extends Construct {
  readonly send: HubFunction;
  readonly sweep: HubFunction;
  readonly sendFailed: FailedQueue;
  private readonly props: NoticeFunctionsProps;

  constructor(scope: Construct, id: string, props: NoticeFunctionsProps) {
    super(scope, id);
    this.props = props;
    const { names, streamArn } = props;
    const failed = new FailedQueue(this, 'SendFailed', names.queue('notices-failed'));
    accepted(failed, 'AwsSolutions-SQS3', 'It is such a queue: of the stream’s event source.');
    this.sendFailed = failed;
    this.send = this.sender('Send', 'notices', [
      ...permissionsOn(names).stream(streamArn),
      new Permission(['sqs:SendMessage'], [failed.queueArn]),
    ]);
    new TableStream(this, 'Committed', { streamArn, kinds: ['message'], target: this.send, failed });
    this.sweep = this.sender('Sweep', 'notices-sweep', [], everyMinute);
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
    invocations?: Invocations,
  ): HubFunction {
    const { names, mailboxUrlPrefix } = this.props;
    const may = permissionsOn(names);
    return new HubFunction(this, id, {
      ...this.props,
      function: name,
      ...(invocations && { invocations }),
      timeout: Duration.minutes(2),
      memoryMb: 512,
      environment: { HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix },
      permissions: [...may.records(), may.mailboxes(), ...permissions],
    });
  }
}

import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watch } from '../alarms/alarms.ts';
import { minutely } from '../alarms/function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyMinute } from './invocations.ts';
import { permissionsOn } from '../permissions.ts';
import { Reaction } from './reaction.ts';

export interface NoticeFunctionsProps extends Deployment {
  readonly mailboxUrlPrefix: string;
}

/** Notices that are no deliveries, from the table, where they were committed with their cause, to mailboxes; a sweeper. */
export class NoticeFunctions extends Construct {
  readonly send: Reaction;
  readonly sweep: HubFunction;

  constructor(scope: Construct, id: string, { mailboxUrlPrefix, ...deployment }: NoticeFunctionsProps) {
    super(scope, id);
    const may = permissionsOn(deployment.names);
    const common = { ...deployment, memoryMb: 512, environment: { HUB_MAILBOX_URL_PREFIX: mailboxUrlPrefix } };
    this.send = new Reaction(this, 'Send', {
      ...common,
      function: 'notices',
      timeout: Duration.seconds(30),
      permissions: [may.mailboxes()],
      atOnce: 5,
      does: 'Sending a notice',
    });
    this.sweep = new HubFunction(this, 'Sweep', {
      ...common,
      function: 'notices-sweep',
      timeout: Duration.minutes(2),
      permissions: [...may.records(), may.mailboxes()],
      invocations: everyMinute,
    });
  }

  get watches(): readonly Watch[] {
    const { send, sweep } = this;
    return [...send.watches, ...minutely(sweep)];
  }
}

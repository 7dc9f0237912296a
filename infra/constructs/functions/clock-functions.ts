import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { FunctionName } from '../../bundle/catalogue.ts';
import type { Watch } from '../alarms/alarms.ts';
import { minutely } from '../alarms/function-alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyMinute } from './invocations.ts';
import { permissionsOn } from '../permissions.ts';

/** What a date or a mark in the table makes them do is all in the table. */
const names = {
  /** Ends and suspends agreements whose day has come; tells them of resource versions that break them. */
  AgreementsClock: 'agreements-clock',
  /** Tells consumers of deprecated and retired resources. */
  CatalogSpread: 'catalog-spread',
  /** Reminds of what is owed, and of what is overdue. */
  DutiesWatch: 'duties-watch',
  /** Counts what happened. */
  ReportsCount: 'reports-count',
} as const satisfies Record<string, FunctionName>;

/** Functions that run every minute and work on records only. */
export class ClockFunctions extends Construct {
  readonly all: readonly HubFunction[];

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.all = Object.entries(names).map(
      ([name, hubName]) =>
        new HubFunction(this, name, {
          ...deployment,
          function: hubName,
          invocations: everyMinute,
          timeout: Duration.minutes(2),
          memoryMb: 512,
          permissions: permissionsOn(deployment.names).records(),
        }),
    );
  }

  get watches(): readonly Watch[] {
    return this.all.flatMap(minutely);
  }
}

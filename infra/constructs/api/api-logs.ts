import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import { lifetimeOf } from '../lifetime.ts';
import type { Names } from '../names.ts';

export interface ApiLogsProps {
  readonly names: Names;
  readonly apiId: string;
  readonly settings: Pick<Settings, 'logRetentionDays' | 'deletionProtection'>;
}

/** The API's two logs: a line a call, and errors of the gateway itself, which chooses that name. */
export class ApiLogs extends Construct {
  constructor(scope: Construct, id: string, { names, apiId, settings }: ApiLogsProps) {
    super(scope, id);
    const log = (name: string, logGroupName: string) =>
      new LogGroup(this, name, {
        logGroupName,
        retention: settings.logRetentionDays,
        removalPolicy: lifetimeOf(settings),
      });
    log('Access', names.accessLog);
    log('Errors', `API-Gateway-Execution-Logs_${apiId}/${names.stage}`);
  }
}

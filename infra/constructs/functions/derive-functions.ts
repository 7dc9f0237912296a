import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Watch } from '../alarms/alarms.ts';
import { minutely, nearTimeout } from '../alarms/function-alarms.ts';
import { permissionsOn } from '../permissions.ts';
import { database } from './database.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyMinute } from './invocations.ts';
import { Reaction } from './reaction.ts';
import { streaming } from './streaming.ts';

/** A run takes seconds to minutes: so many at once, whoever they are of. */
const AT_ONCE = 4;

/** From a new dataset, another state of an agreement or another definition to the dataset that is derived of them. */
export class DeriveFunctions extends Construct {
  readonly derive: Reaction;
  readonly sweep: HubFunction;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const { names } = deployment;
    const may = permissionsOn(names);
    this.derive = new Reaction(this, 'Derive', {
      ...deployment,
      function: 'derive',
      timeout: Duration.minutes(15),
      ...database,
      environment: { ...streaming, HUB_DATASETS_BUCKET: names.bucket('datasets'), ...database.environment },
      permissions: [
        may.objects(
          'datasets',
          ['datasets'],
          ['GetObject', 'GetObjectVersion', 'PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
      ],
      atOnce: AT_ONCE,
      takesMinutes: true,
      does: 'Making a resource of others',
    });
    this.sweep = new HubFunction(this, 'Sweep', {
      ...deployment,
      function: 'derive-sweep',
      invocations: everyMinute,
      timeout: Duration.minutes(2),
      memoryMb: 512,
      environment: { HUB_DERIVE_QUEUE_URL: this.derive.queue.url },
      permissions: [...may.records(), this.derive.queue.sending()],
    });
  }

  get watches(): readonly Watch[] {
    return [...this.derive.watches, nearTimeout(this.derive), ...minutely(this.sweep)];
  }
}

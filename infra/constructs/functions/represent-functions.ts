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

/** One of 10 million records takes minutes: so many datasets at once, whoever they are of. */
const AT_ONCE = 4;

/** From a new dataset, or a definition that offers lookups or comparisons, to the form of it that these read. */
export class RepresentFunctions extends Construct {
  readonly represent: Reaction;
  readonly sweep: HubFunction;

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    const { names } = deployment;
    const may = permissionsOn(names);
    this.represent = new Reaction(this, 'Represent', {
      ...deployment,
      function: 'represent',
      timeout: Duration.minutes(15),
      ...database,
      environment: { ...streaming, HUB_DATASETS_BUCKET: names.bucket('datasets'), ...database.environment },
      permissions: [
        may.objects('datasets', ['datasets'], ['GetObject', 'GetObjectVersion']),
        may.objects(
          'datasets',
          ['representations'],
          ['PutObject', 'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectVersion'],
        ),
      ],
      atOnce: AT_ONCE,
      takesMinutes: true,
      does: 'Making of a dataset what lookups and comparisons read',
    });
    this.sweep = new HubFunction(this, 'Sweep', {
      ...deployment,
      function: 'represent-sweep',
      invocations: everyMinute,
      timeout: Duration.minutes(2),
      memoryMb: 512,
      environment: { HUB_REPRESENT_QUEUE_URL: this.represent.queue.url },
      permissions: [...may.records(), this.represent.queue.sending()],
    });
  }

  get watches(): readonly Watch[] {
    return [...this.represent.watches, nearTimeout(this.represent), ...minutely(this.sweep)];
  }
}

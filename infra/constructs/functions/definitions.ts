import { Aws, Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import type { Watch } from '../alarms/alarms.ts';
import { HubFunction, type Deployment } from './hub-function.ts';
import { everyHour } from './invocations.ts';
import { permissionsOn } from '../permissions.ts';
import { RegularRuns } from './regular-runs.ts';

/** The sample catalog of the stage `dev` is for trying out how a provider publishes it. */
export const publishesDefinitions = ({
  publishDefinitions,
  stage,
}: Pick<Settings, 'publishDefinitions' | 'stage'>): boolean => publishDefinitions ?? stage !== 'dev';

/**
 * Publishes the definitions that the deployment carries: when CloudFormation says that this stack is complete
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/event-detail-stack-status-change.html), and every
 * hour, since a rule that was just made may not hear of it, and a try that failed wants another one.
 */
export class Definitions extends Construct {
  readonly publisher: HubFunction;

  get watches(): readonly Watch[] {
    return [refused(this.publisher)];
  }

  constructor(scope: Construct, id: string, deployment: Deployment) {
    super(scope, id);
    this.publisher = new HubFunction(this, 'Publisher', {
      ...deployment,
      function: 'definitions',
      invocations: everyHour,
      timeout: Duration.minutes(5),
      memoryMb: 512,
      permissions: permissionsOn(deployment.names).records(),
    });
    new Rule(this, 'Deployed', {
      description: 'The stack with the definitions has been deployed',
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: { 'stack-id': [Aws.STACK_ID], 'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] } },
      },
      targets: [new LambdaFunction(this.publisher)],
    });
    new RegularRuns(this, 'EveryHour', { every: 'rate(1 hour)', functions: [this.publisher] });
  }
}

/** It fails for nothing else that the next hour would not mend. */
const refused = (publisher: HubFunction): Watch => ({
  name: 'definitions-refused',
  metric: publisher.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
  atLeast: 1,
  meaning: 'A definition of the deployment was not published.',
  firstLook: 'the log of definitions: resourceId, code, and which rules or changes.',
  mend: 'breaking-change: undo it, or set "breaking": "accepted" in its file. Else mend the file, and deploy.',
});

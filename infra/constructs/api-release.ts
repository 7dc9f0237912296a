import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import { CfnDeployment, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';

export interface ApiReleaseProps {
  readonly apiId: string;
  readonly stageName: string;
  /** The definition as the API has it. */
  readonly body: object;
}

/** Publishes the API's definition. A deployment is a snapshot, so each definition gets one, told apart by its digest. */
export class ApiRelease extends Construct {
  constructor(scope: Construct, id: string, { apiId, stageName, body }: ApiReleaseProps) {
    super(scope, id);
    const digest = createHash('sha256')
      .update(JSON.stringify(Stack.of(this).resolve(body)))
      .digest('hex')
      .slice(0, 12);
    const deployment = new CfnDeployment(this, `Deployment-${digest}`, { restApiId: apiId });
    new CfnStage(this, 'Stage', { restApiId: apiId, deploymentId: deployment.ref, stageName });
  }
}

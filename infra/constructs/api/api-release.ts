import { createHash } from 'node:crypto';
import { Fn, Stack } from 'aws-cdk-lib';
import { CfnBasePathMapping, CfnDeployment, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import { accepted } from '../accepted.ts';
import { arnOf, type Names } from '../names.ts';

export interface ApiReleaseProps {
  readonly names: Names;
  readonly apiId: string;
  /** The definition and whatever else of the API a deployment is a snapshot of. */
  readonly released: object;
  readonly settings: Pick<Settings, 'throttleRate' | 'throttleBurst' | 'waf' | 'domainName'>;
}

/**
 * Publishes the API's definition. A deployment is a snapshot, so each definition gets one, told apart by its digest.
 * Its one stage throttles, logs who called what (never bodies or queries), and stands behind the web ACL, if there is
 * one.
 */
export class ApiRelease extends Construct {
  constructor(scope: Construct, id: string, { names, apiId, released, settings }: ApiReleaseProps) {
    super(scope, id);
    const digest = createHash('sha256')
      .update(JSON.stringify(Stack.of(this).resolve(released)))
      .digest('hex')
      .slice(0, 12);
    const deployment = new CfnDeployment(this, `Deployment-${digest}`, { restApiId: apiId });
    const stage = new CfnStage(this, 'Stage', {
      restApiId: apiId,
      deploymentId: deployment.ref,
      stageName: names.stage,
      accessLogSetting: { destinationArn: arnOf.logGroup(names.accessLog), format: JSON.stringify(accessLine) },
      methodSettings: [
        {
          httpMethod: '*',
          resourcePath: '/*',
          throttlingRateLimit: settings.throttleRate,
          throttlingBurstLimit: settings.throttleBurst,
          // The gateway's own errors; its data traces would hold bodies.
          loggingLevel: 'ERROR',
          dataTraceEnabled: false,
        },
      ],
    });
    if (settings.waf === false)
      accepted(stage, 'AwsSolutions-APIG3', 'The setting `waf` puts a web ACL before it; every call is signed anyway.');
    else this.protect(stage, settings.waf === true ? webAcl(names) : settings.waf, names, apiId);
    if (settings.domainName !== undefined)
      new CfnBasePathMapping(this, 'Domain', {
        domainName: settings.domainName,
        restApiId: apiId,
        stage: names.stage,
      }).addResourceDependency(stage);
  }

  private protect(stage: CfnStage, webAclArn: string, names: Names, apiId: string): void {
    new CfnWebACLAssociation(this, 'WebAcl', {
      webAclArn,
      resourceArn: arnOf.stage(apiId, names.stage),
    }).addResourceDependency(stage);
  }
}

const webAcl = (names: Names): string => Fn.importValue(names.exported('web-acl-arn'));

/**
 * Who called what, when, from where, and what came of it: what network logs must tell (Cybersecurity Law of China,
 * article 21). The route and not the path or its query, in which a caller may write anything.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 */
const accessLine = {
  at: '$context.requestTime',
  requestId: '$context.requestId',
  caller: '$context.identity.userArn',
  from: '$context.identity.sourceIp',
  route: '$context.httpMethod $context.resourcePath',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  error: '$context.error.responseType',
};

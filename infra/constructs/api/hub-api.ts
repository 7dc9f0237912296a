import { Aws } from 'aws-cdk-lib';
import { CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import { accepted } from '../accepted.ts';
import { apiPolicy } from './api-policy.ts';
import { lifetimeOf } from '../lifetime.ts';
import type { Names } from '../names.ts';

export interface HubApiProps {
  readonly names: Names;
  /** OpenAPI 3.0. */
  readonly definition: object;
  readonly settings: Pick<
    Settings,
    'privateVpcEndpointIds' | 'allowedCidrs' | 'tlsPolicy' | 'domainName' | 'deletionProtection'
  >;
}

/** The API: its id and address, whom it lets in, and its definition. Its stage is the service stack's (ApiRelease). */
export class HubApi extends Construct {
  readonly apiId: string;
  readonly url: string;
  /** All that a deployment takes a snapshot of: another one must be made when any of it changes. */
  readonly released: object;

  constructor(scope: Construct, id: string, { names, definition, settings }: HubApiProps) {
    super(scope, id);
    const { privateVpcEndpointIds, allowedCidrs } = settings;
    const isPrivate = privateVpcEndpointIds.length > 0;
    const shell = {
      policy: apiPolicy({ cidrs: allowedCidrs, vpcEndpointIds: privateVpcEndpointIds }),
      endpointConfiguration: isPrivate
        ? { types: ['PRIVATE'], vpcEndpointIds: [...privateVpcEndpointIds] }
        : { types: ['REGIONAL'] },
      ...tls(settings.tlsPolicy),
    };
    const api = new CfnRestApi(this, 'Resource', { name: names.api, body: definition, failOnWarnings: true, ...shell });
    api.applyRemovalPolicy(lifetimeOf(settings));
    accepted(
      api,
      'AwsSolutions-APIG2',
      'The hub validates with the contracts themselves and answers with every violation.',
    );
    this.apiId = api.ref;
    this.released = { definition, ...shell };
    this.url = urlOf(api.ref, names.stage, settings);
  }
}

/** Without it the regional default would still speak TLS 1.0; the newer policies want an access mode with them. */
export const tls = (securityPolicy: Settings['tlsPolicy']) => ({
  securityPolicy,
  ...(securityPolicy !== 'TLS_1_2' && { endpointAccessMode: 'BASIC' }),
});

/** A private API's own host name, made of both ids, needs no private DNS (API Gateway guide, "Invoke a private API"). */
function urlOf(apiId: string, stage: string, { domainName, privateVpcEndpointIds }: HubApiProps['settings']): string {
  if (domainName !== undefined) return `https://${domainName}`;
  const [endpoint] = privateVpcEndpointIds;
  const host = endpoint === undefined ? apiId : `${apiId}-${endpoint}`;
  return `https://${host}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${stage}`;
}

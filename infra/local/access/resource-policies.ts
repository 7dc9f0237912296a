import type { Statement } from '../policy/document.ts';
import { matches } from '../policy/wildcard.ts';
import type { Model } from '../template/model.ts';
import { arnOf } from '../template/world.ts';

export interface ResourcePolicy {
  /** ARN of the bucket, queue or API. */
  readonly resource: string;
  readonly statements: readonly Statement[];
}

export function resourcePoliciesOf(model: Model): ResourcePolicy[] {
  const { world } = model;
  const buckets = model.all('AWS::S3::BucketPolicy').map(({ properties }) => ({
    resource: `arn:${world.partition}:s3:::${properties.Bucket}`,
    statements: properties.PolicyDocument.Statement,
  }));
  const queues = model.all('AWS::SQS::QueuePolicy').flatMap(({ properties }) =>
    properties.Queues.map((url) => ({
      resource: arnOf(world, 'sqs', url.slice(url.lastIndexOf('/') + 1)),
      statements: properties.PolicyDocument.Statement,
    })),
  );
  const apis = model.all('AWS::ApiGateway::RestApi').flatMap(({ name, properties }) =>
    properties.Policy
      ? [
          {
            resource: arnOf(world, 'execute-api', name),
            statements: apiResources(properties.Policy.Statement, arnOf(world, 'execute-api', name)),
          },
        ]
      : [],
  );
  return [...buckets, ...queues, ...apis];
}

/** In an API's own policy `execute-api:/stage/…` is short for the ARN (API Gateway guide, "Resource policy examples"). */
const apiResources = (statements: readonly Statement[], api: string): Statement[] =>
  statements.map((statement) => ({
    ...statement,
    ...(statement.Resource && {
      Resource: statement.Resource.map((resource) => resource.replace(/^execute-api:/, api)),
    }),
  }));

export const about = (policy: ResourcePolicy, resource: string): boolean =>
  resource === policy.resource || resource.startsWith(`${policy.resource}/`);

/** Whether the statement speaks of this caller. Service principals are no callers of the local endpoint. */
export function speaksOf(
  { Principal }: Statement,
  caller: { readonly arn: string; readonly roleArn: string },
): boolean {
  if (Principal === undefined || Principal === '*') return true;
  return (Principal.AWS ?? []).some(
    (pattern) => pattern === '*' || matches(pattern, caller.arn) || pattern === caller.roleArn,
  );
}

import type { Statement } from '../policy/document.ts';
import { TemplateFault } from '../template/fault.ts';
import type { Known, Model } from '../template/model.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  /** Where the template says it, for error texts. */
  readonly place: string;
  readonly statements: readonly Statement[];
}

/** AWS managed policies without local effect: writing logs, which go to <data>/logs. */
const LOGS_ONLY = ['service-role/AWSLambdaBasicExecutionRole', 'service-role/AmazonAPIGatewayPushToCloudWatchLogs'];

/** Every role of the template with the statements of its inline, attached and managed policies. */
export function rolesOf(model: Model): Role[] {
  const attached = [...model.all('AWS::IAM::Policy'), ...model.all('AWS::IAM::ManagedPolicy')];
  return model.all('AWS::IAM::Role').map((role) => {
    const arn = `arn:${model.world.partition}:iam::${model.world.account}:role/${role.name}`;
    const own = (role.properties.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const byPolicy = attached
      .filter(({ properties }) => properties.Roles?.includes(role.name))
      .flatMap(({ properties }) => properties.PolicyDocument.Statement);
    const byArn = (role.properties.ManagedPolicyArns ?? []).flatMap((policy) => managed(model, role, policy));
    return {
      name: role.name,
      arn,
      place: `${role.stack}/${role.logicalId}`,
      statements: [...own, ...byPolicy, ...byArn],
    };
  });
}

function managed(model: Model, role: Known, arn: string): readonly Statement[] {
  const { partition, account } = model.world;
  if (LOGS_ONLY.some((name) => arn === `arn:${partition}:iam::aws:policy/${name}`)) return [];
  const policy = model
    .all('AWS::IAM::ManagedPolicy')
    .find(({ name }) => arn === `arn:${partition}:iam::${account}:policy/${name}`);
  if (!policy)
    throw new TemplateFault(
      `${role.stack}/${role.logicalId} (${role.type}): the local hub does not know the managed policy ${arn}`,
    );
  return policy.properties.PolicyDocument.Statement;
}

/** @throws TemplateFault when the template has no such role. */
export function roleNamed(roles: readonly Role[], arn: string): Role {
  const role = roles.find((each) => each.arn === arn);
  if (!role) throw new TemplateFault(`the template has no role ${arn}`);
  return role;
}

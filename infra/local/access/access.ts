import type { AwsCall, Principal, Verdict } from '../aws/contracts.ts';
import type { Statement } from '../policy/document.ts';
import { applies, decide, type Request } from '../policy/evaluate.ts';
import { TemplateFault } from '../template/fault.ts';
import type { Model } from '../template/model.ts';
import { about, resourcePoliciesOf, speaksOf } from './resource-policies.ts';
import { roleNamed, rolesOf, type Role } from './roles.ts';

export interface Access {
  readonly roles: readonly Role[];
  /** Identity and resource policies together, as IAM weighs them within one account. */
  readonly authorize: (call: Omit<AwsCall, 'service'>) => Verdict;
  /** What a service does on behalf of a role, e.g. the event source mapping: checked once, at start. */
  readonly require: (roleArn: string, actions: readonly string[], resource: string, whatFor: string) => void;
}

/** `hub-dev-dept-tax` of `…:assumed-role/hub-dev-dept-tax/local`: permissions hang on the role, whatever its session. */
const roleNameOf = (principal: Principal): string => principal.arn.split('/')[1] ?? '';

export function accessOf(model: Model): Access {
  const roles = rolesOf(model);
  const policies = resourcePoliciesOf(model);
  const byName = new Map(roles.map((role) => [role.name, role]));
  const context = {
    // Loopback stands in for TLS: what never leaves the machine cannot be read on the way.
    'aws:SecureTransport': 'true',
    'aws:PrincipalAccount': model.world.account,
    'aws:ResourceAccount': model.world.account,
  };

  const decisionFor = (role: Role, callerArn: string, action: string, resource: string) => {
    const request: Request = { action, resource, context };
    const identity = decide(role.statements, request);
    const spoken = policies
      .filter((policy) => about(policy, resource))
      .flatMap(({ statements }) =>
        statements.filter((statement) => speaksOf(statement, { arn: callerArn, roleArn: role.arn })),
      );
    return combined(identity, spoken, request);
  };

  return {
    roles,
    authorize: ({ principal, action, resource }) => {
      const role = byName.get(roleNameOf(principal));
      if (!role) return { allowed: false, why: 'the template has no such role' };
      const why = decisionFor(role, principal.arn, action, resource);
      return why === undefined
        ? { allowed: true }
        : { allowed: false, why: `${why} (role ${role.name}, ${role.place})` };
    },
    require: (roleArn, actions, resource, whatFor) => {
      const role = roleNamed(roles, roleArn);
      const missing = actions.filter((action) => decisionFor(role, role.arn, action, resource) !== undefined);
      if (missing.length > 0)
        throw new TemplateFault(
          `${whatFor}: role ${role.name} (${role.place}) lacks ${missing.join(', ')} on ${resource}`,
        );
    },
  };
}

/** Undefined where it is allowed, or why not, in AWS's words. */
function combined(
  identity: ReturnType<typeof decide>,
  spoken: readonly Statement[],
  request: Request,
): string | undefined {
  const explicit = spoken.filter((statement) => applies(statement, request));
  if (explicit.some(({ Effect }) => Effect === 'Deny')) return 'a resource-based policy explicitly denies it';
  if (identity === 'explicit-deny') return 'an identity-based policy explicitly denies it';
  if (identity === 'allowed' || explicit.some(({ Effect }) => Effect === 'Allow')) return undefined;
  return `no identity-based policy allows the ${request.action} action`;
}

import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Role } from '../../../schemas/contracts/hub.ts';
import { allRoutes } from '../../../schemas/contracts/routes.ts';
import { acceptedWildcards } from '../accepted.ts';
import { arnOf, type Names } from '../names.ts';

export interface RoutesPoliciesProps {
  readonly role: Role;
  readonly apiId: string;
  readonly names: Names;
}

/**
 * A managed policy takes 6,144 characters (IAM quotas), which is some 50 routes in the region with the longest name. A
 * role takes 10 of them: enough for a department that is the authority, too.
 */
const ROUTES_A_POLICY = 45;

/** Permission to call exactly the routes of one registry role; a path variable stands for anything. */
export class RoutesPolicies extends Construct {
  readonly all: readonly ManagedPolicy[];

  constructor(scope: Construct, id: string, { role, apiId, names }: RoutesPoliciesProps) {
    super(scope, id);
    const resources = allRoutes
      .filter((route) => route.roles.includes(role))
      .map(({ method, path }) => arnOf.route(apiId, names.stage, method, path.replaceAll(/\{\w+\}/g, '*')));
    const parts = Math.ceil(resources.length / ROUTES_A_POLICY);
    this.all = Array.from({ length: parts }, (_, part) =>
      this.policy(
        names.routesPolicy(role, part + 1),
        role,
        resources.filter((_route, index) => index % parts === part),
      ),
    );
  }

  private policy(name: string, role: Role, resources: readonly string[]): ManagedPolicy {
    const policy = new ManagedPolicy(this, name, {
      managedPolicyName: name,
      description: `Exchange hub: routes that the registry role ${role} may call`,
      statements: [new PolicyStatement({ actions: ['execute-api:Invoke'], resources: [...resources] })],
    });
    acceptedWildcards(policy, resources, 'A path variable stands for any id; the hub decides whose it is.');
    return policy;
  }
}

import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Role } from '../../schemas/contracts/hub.ts';
import { allRoutes } from '../../schemas/contracts/routes.ts';
import { acceptedWildcards } from './accepted.ts';
import { arnOf, type Names } from './names.ts';

/** Permission to call exactly the routes of one registry role; a path variable stands for anything. */
export class RoutesPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, { role, apiId, names }: { role: Role; apiId: string; names: Names }) {
    const permitted = allRoutes.filter((route) => route.roles.includes(role));
    const resources = permitted.map(({ method, path }) =>
      arnOf.route(apiId, names.stage, method, path.replaceAll(/\{\w+\}/g, '*')),
    );
    super(scope, id, {
      managedPolicyName: names.routesPolicy(role),
      description: `Exchange hub: the routes that the registry role ${role} may call`,
      statements: [new PolicyStatement({ actions: ['execute-api:Invoke'], resources })],
    });
    acceptedWildcards(this, resources, 'A path variable stands for any id; the hub decides whose it is.');
  }
}

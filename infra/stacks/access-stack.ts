import { Aws, CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { ApiDefinition, EndpointType, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { Role, type Department } from '../../schemas/contracts/hub.ts';
import { apiFunctionOf } from '../bundle/catalogue.ts';
import { allRoutes } from '../../schemas/contracts/routes.ts';
import { apiDefinition } from '../constructs/api-definition.ts';
import { DepartmentAccess } from '../constructs/department-access.ts';
import { arnOf, type Names } from '../constructs/names.ts';
import { RoutesPolicy } from '../constructs/routes-policy.ts';

export interface AccessStackProps extends StackProps {
  readonly names: Names;
  readonly departments: readonly Department[];
}

/**
 * What departments hold on to: the API's address, their mailboxes and their roles. The API names its functions, which
 * the service stack replaces at will, together with the deployment that publishes the definition.
 */
export class AccessStack extends Stack {
  readonly apiBody: object;

  constructor(scope: Construct, { names, departments, ...props }: AccessStackProps) {
    super(scope, names.stack('access'), {
      ...props,
      terminationProtection: true,
      description: 'Exchange hub: API, department roles and mailboxes',
    });
    this.apiBody = apiDefinition(`hub-${names.stage}`, allRoutes, ({ capability }) =>
      arnOf.invocation(arnOf.function(names.function(apiFunctionOf(capability)))),
    );
    const api = new SpecRestApi(this, 'Api', {
      restApiName: `hub-${names.stage}`,
      apiDefinition: ApiDefinition.fromInline(this.apiBody),
      endpointTypes: [EndpointType.REGIONAL],
      failOnWarnings: true,
      deploy: false,
      cloudWatchRole: false,
    });
    const policies = new Map(
      Role.options.map((role) => [
        role,
        new RoutesPolicy(this, `Routes-${role}`, { role, apiId: api.restApiId, names }),
      ]),
    );
    const access = departments.map(
      (department) =>
        new DepartmentAccess(this, `Department-${department.id}`, {
          department,
          routesPolicies: department.roles.map((role) => policies.get(role)!),
          names,
        }),
    );
    new CfnOutput(this, 'ApiId', { value: api.restApiId, exportName: names.exported('api-id') });
    new CfnOutput(this, 'ApiUrl', {
      value: `https://${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${names.stage}`,
    });
    new CfnOutput(this, 'MailboxUrlPrefix', {
      value: urlPrefixOf(access[0]!),
      exportName: names.exported('mailbox-url-prefix'),
    });
  }
}

/** Every mailbox's URL is this and the department's id: taken from a real one, whose host AWS chose. */
const urlPrefixOf = ({ mailbox }: DepartmentAccess): string =>
  `${Fn.select(0, Fn.split('-mailbox-', mailbox.queueUrl))}-mailbox-`;

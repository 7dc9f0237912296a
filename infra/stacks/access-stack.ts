import { CfnOutput, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Role } from '../../schemas/contracts/hub.ts';
import { allRoutes } from '../../schemas/contracts/routes.ts';
import { apiFunctionOf } from '../bundle/catalogue.ts';
import { apiDefinition } from '../constructs/api/api-definition.ts';
import { ApiDomain } from '../constructs/api/api-domain.ts';
import { ApiLogs } from '../constructs/api/api-logs.ts';
import { profileOf, trustAnchorOf } from '../constructs/api/certificate-access.ts';
import { DepartmentAccess } from '../constructs/departments/department-access.ts';
import { HubApi } from '../constructs/api/hub-api.ts';
import { guarded } from '../constructs/lifetime.ts';
import { arnOf, type Names } from '../constructs/names.ts';
import { RoutesPolicies } from '../constructs/api/routes-policy.ts';
import { WebAcl } from '../constructs/api/web-acl.ts';
import type { Settings } from '../settings.ts';

export interface AccessStackProps extends StackProps {
  readonly names: Names;
  readonly settings: Settings;
}

/**
 * What departments hold on to: the API's address, their mailboxes and their roles. The API names its functions, which
 * the service stack replaces at will, together with the deployment that publishes the definition.
 */
export class AccessStack extends Stack {
  /** What the API's deployment is a snapshot of. */
  readonly released: object;
  private readonly names: Names;
  private readonly settings: Settings;

  constructor(scope: Construct, { names, settings, ...props }: AccessStackProps) {
    super(scope, names.stack('access'), {
      ...props,
      terminationProtection: guarded(settings),
      description: 'Exchange hub: API, department roles and mailboxes',
    });
    this.names = names;
    this.settings = settings;
    const definition = apiDefinition(names.api, allRoutes, ({ capability }) =>
      arnOf.invocation(arnOf.function(names.function(apiFunctionOf(capability)))),
    );
    const api = new HubApi(this, 'Api', { names, definition, settings });
    this.released = api.released;
    new ApiLogs(this, 'ApiLogs', { names, apiId: api.apiId, settings });
    this.edges();
    const access = this.departments(api.apiId);
    new CfnOutput(this, 'ApiId', { value: api.apiId, exportName: names.exported('api-id') });
    new CfnOutput(this, 'ApiUrl', { value: api.url });
    new CfnOutput(this, 'MailboxUrlPrefix', {
      value: urlPrefixOf(access[0]!),
      exportName: names.exported('mailbox-url-prefix'),
    });
  }

  private edges(): void {
    const { domainName, certificateArn, hostedZoneId, tlsPolicy, throttleRate, waf } = this.settings;
    if (domainName !== undefined && certificateArn !== undefined) {
      const domain = new ApiDomain(this, 'Domain', { domainName, certificateArn, hostedZoneId, tlsPolicy });
      new CfnOutput(this, 'DomainTarget', { value: domain.target });
    }
    if (waf === true) {
      const { attrArn } = new WebAcl(this, 'WebAcl', { names: this.names, throttleRate });
      new CfnOutput(this, 'WebAclArn', { value: attrArn, exportName: this.names.exported('web-acl-arn') });
    }
  }

  private departments(apiId: string): DepartmentAccess[] {
    const { names, settings } = this;
    const policies = new Map(
      Role.options.map((role) => [role, new RoutesPolicies(this, `Routes-${role}`, { role, apiId, names })]),
    );
    const trustAnchor =
      settings.certificateAuthority === undefined
        ? undefined
        : trustAnchorOf(this, names, settings.certificateAuthority);
    const all = settings.departments.map((department) => ({
      department,
      access: new DepartmentAccess(this, `Department-${department.id}`, {
        department,
        routesPolicies: department.roles.flatMap((role) => policies.get(role)!.all),
        names,
        trustAnchorArn: trustAnchor?.attrTrustAnchorArn,
      }),
    }));
    const certified = all.filter(({ department }) => department.access?.certificate !== undefined);
    const roleArns = certified.flatMap(({ access: { roleArn } }) => (roleArn === undefined ? [] : [roleArn]));
    if (roleArns.length > 0) {
      new CfnOutput(this, 'TrustAnchorArn', { value: trustAnchor!.attrTrustAnchorArn });
      new CfnOutput(this, 'ProfileArn', { value: profileOf(this, names, roleArns).attrProfileArn });
    }
    return all.map(({ access }) => access);
  }
}

/** Every mailbox's URL is this and the department's id: taken from a real one, whose host AWS chose. */
const urlPrefixOf = ({ mailbox }: DepartmentAccess): string =>
  `${Fn.select(0, Fn.split('-mailbox-', mailbox.queueUrl))}-mailbox-`;

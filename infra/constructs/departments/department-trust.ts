import { Aws } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  AccountRootPrincipal,
  ArnPrincipal,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Access, RegistryEntry } from '../../../schemas/registry/entries.ts';

/**
 * Who may assume a department's role: the trust policy of its registry entry. Without access of its own it is whom this
 * account's own policies let.
 */
export function trustOf(
  { access, approvers = 1 }: Pick<RegistryEntry, 'access' | 'approvers'>,
  trustAnchorArn: string | undefined,
): PolicyStatement[] {
  const people = access === undefined ? [new AccountRootPrincipal()] : access.principals?.map(principalOf);
  const statements = people === undefined ? [] : byPrincipals(people, access, approvers);
  return [...statements, ...(access?.certificate ? [byCertificate(access.certificate, trustAnchorArn!)] : [])];
}

const principalOf = (principal: string): AccountPrincipal | ArnPrincipal =>
  /^\d+$/.test(principal) ? new AccountPrincipal(principal) : new ArnPrincipal(principal);

/** Tags are required one by one: a session without one of them is refused. */
function byPrincipals(
  principals: PolicyStatement['principals'],
  access: Access | undefined,
  approvers: 1 | 2,
): PolicyStatement[] {
  const { externalId, sessionTags = [], mfa = false, officerTag } = access ?? {};
  const equal = { ...(externalId !== undefined && { 'sts:ExternalId': externalId }) };
  const others = {
    ...(mfa && { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    ...(sessionTags.length > 0 && {
      StringLike: Object.fromEntries(sessionTags.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
    }),
  };
  const tagging = sessionTags.length > 0 ? ['sts:TagSession'] : [];
  const letIn = (StringEquals: Record<string, string>, more: readonly string[]) =>
    assuming(principals, { ...(Object.keys(StringEquals).length > 0 && { StringEquals }), ...others }, [
      ...tagging,
      ...more,
    ]);
  if (approvers === 1) return [letIn(equal, [])];
  return officersNames(officerTag).map(({ name, more }) => letIn({ ...equal, 'sts:RoleSessionName': name }, more));
}

/**
 * Where two officers sign, the name of a session is not the caller's to choose. It has to be what AWS knows of the caller
 * and the caller cannot change: the name of an IAM user, the source identity that the city's identity provider set when
 * its people signed in, or a tag that the provider set. A value that is not there matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_rolesessionname
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html (role chaining needs
 * the permission to set what was set)
 */
const officersNames = (officerTag: string | undefined) => [
  { name: '${aws:username}', more: [] },
  { name: '${aws:SourceIdentity}', more: ['sts:SetSourceIdentity'] },
  ...(officerTag === undefined
    ? []
    : [{ name: `\${aws:PrincipalTag/${officerTag}}`, more: ['sts:SetSourceIdentity'] }]),
];

/** https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html */
const byCertificate = (subject: NonNullable<Access['certificate']>, trustAnchorArn: string): PolicyStatement =>
  assuming(
    [new ServicePrincipal('rolesanywhere.amazonaws.com')],
    {
      ArnEquals: { 'aws:SourceArn': trustAnchorArn },
      StringEquals: {
        'aws:SourceAccount': Aws.ACCOUNT_ID,
        ...Object.fromEntries(
          Object.entries(subject).map(([part, value]) => [`aws:PrincipalTag/x509Subject/${part}`, value]),
        ),
      },
    },
    ['sts:TagSession', 'sts:SetSourceIdentity'],
  );

const assuming = (
  principals: PolicyStatement['principals'],
  conditions: Record<string, Record<string, unknown>>,
  more: readonly string[],
) => new PolicyStatement({ principals, actions: ['sts:AssumeRole', ...more], conditions });

import { Aws } from 'aws-cdk-lib';
import {
  AccountPrincipal,
  AccountRootPrincipal,
  ArnPrincipal,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { Access } from '../../schemas/registry/entries.ts';

/**
 * Who may assume a department's role: the trust policy of its registry entry. Without one it is whom this account's
 * own policies let.
 */
export function trustOf(access: Access | undefined, trustAnchorArn: string | undefined): PolicyStatement[] {
  if (access === undefined) return [assuming([new AccountRootPrincipal()], {}, [])];
  const { principals, certificate } = access;
  return [
    ...(principals ? [byPrincipals(access, principals)] : []),
    ...(certificate ? [byCertificate(certificate, trustAnchorArn!)] : []),
  ];
}

/** Tags are required one by one: a session without one of them is refused. */
function byPrincipals({ externalId, sessionTags, mfa }: Access, principals: readonly string[]): PolicyStatement {
  return assuming(
    principals.map((principal) =>
      /^\d+$/.test(principal) ? new AccountPrincipal(principal) : new ArnPrincipal(principal),
    ),
    {
      ...(externalId !== undefined && { StringEquals: { 'sts:ExternalId': externalId } }),
      ...(mfa && { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
      ...(sessionTags.length > 0 && {
        StringLike: Object.fromEntries(sessionTags.map((tag) => [`aws:RequestTag/${tag}`, '?*'])),
      }),
    },
    sessionTags.length > 0 ? ['sts:TagSession'] : [],
  );
}

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

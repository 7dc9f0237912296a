import { Aws, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { arnOf, type Names } from '../names.ts';
import { administrators } from './data-key.ts';

/**
 * What makes digests of the keys that people were looked up by: identity numbers are few enough to be tried one by one, so
 * that a plain digest of one would say whose it is. Only the functions that are called with keys have HMACs made of it; whoever reads the
 * table, its stream or a backup cannot. KMS does not rotate such keys by itself, and must not: what was looked up about
 * somebody is found by these digests.
 */
export class LookupsKey extends Key {
  constructor(scope: Construct, id: string, { names, removalPolicy }: { names: Names; removalPolicy: RemovalPolicy }) {
    const users = (['lookup-api', 'compare-api'] as const).map((name) => arnOf.role(names.functionRole(name)));
    super(scope, id, {
      alias: names.key('lookups'),
      description: `Exchange hub ${names.stage}: digests of what was looked up`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      pendingWindow: Duration.days(30),
      removalPolicy,
      policy: new PolicyDocument({ statements: [administrators(), calledWithKeys(users), nobodyElse(users)] }),
    });
  }
}

const calledWithKeys = (users: string[]) =>
  new PolicyStatement({
    sid: 'LookupsHaveDigestsMade',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:GenerateMac'],
    resources: ['*'],
    conditions: { ArnEquals: { 'aws:PrincipalArn': users } },
  });

const nobodyElse = (users: string[]) =>
  new PolicyStatement({
    sid: 'NobodyElseUsesIt',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:GenerateMac', 'kms:VerifyMac', 'kms:CreateGrant'],
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      ArnNotEquals: { 'aws:PrincipalArn': users },
    },
  });

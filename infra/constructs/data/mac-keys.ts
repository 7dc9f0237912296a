import { Aws, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../bundle/catalogue.ts';
import { arnOf, type Names } from '../names.ts';
import { administrators } from './data-key.ts';

interface MacKeyProps {
  readonly names: Names;
  readonly removalPolicy: RemovalPolicy;
}

/** A key of which functions have HMACs made, and nobody else. KMS does not rotate such keys by itself, and must not. */
class MacKey extends Key {
  constructor(
    scope: Construct,
    id: string,
    { names, removalPolicy }: MacKeyProps,
    {
      of,
      keeps,
      users,
    }: {
      readonly of: 'lookups' | 'attachments' | 'comparisons';
      readonly keeps: string;
      readonly users: readonly FunctionName[];
    },
  ) {
    const roles = users.map((user) => arnOf.role(names.functionRole(user)));
    super(scope, id, {
      alias: names.key(of),
      description: `Exchange hub ${names.stage}: ${keeps}`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      pendingWindow: Duration.days(30),
      removalPolicy,
      policy: new PolicyDocument({ statements: [administrators(), itsFunctions(roles), nobodyElse(roles)] }),
    });
  }
}

/**
 * What makes digests of the keys that people were looked up by: identity numbers are few enough to be tried one by one, so
 * that a plain digest of one would say whose it is. Only the functions that are called with keys have HMACs made of it; whoever reads the
 * table, its stream or a backup cannot. What was looked up about somebody is found by these digests.
 */
export class LookupsKey extends MacKey {
  constructor(scope: Construct, id: string, props: MacKeyProps) {
    super(scope, id, props, {
      of: 'lookups',
      keeps: 'digests of what was looked up',
      users: ['lookup-api', 'compare-api'],
    });
  }
}

/**
 * What makes digests of the names of attachments, by which they are stored and found, and the keys of the references that
 * stand in records in the place of names: for the functions that store attachments, write records or give attachments out.
 */
export class AttachmentsKey extends MacKey {
  constructor(scope: Construct, id: string, props: MacKeyProps) {
    super(scope, id, props, {
      of: 'attachments',
      keeps: 'digests of names of attachments, and references to them',
      users: ['check', 'deliver', 'compare', 'delivery-api', 'lookup-api'],
    });
  }
}

/**
 * What makes the secrets that keys of blind comparisons are sealed by until these end: for the function that is told a key, and for
 * the one that compares.
 */
export class ComparisonsKey extends MacKey {
  constructor(scope: Construct, id: string, props: MacKeyProps) {
    super(scope, id, props, {
      of: 'comparisons',
      keeps: 'keys of blind comparisons, sealed',
      users: ['compare-api', 'compare'],
    });
  }
}

const itsFunctions = (roles: readonly string[]) =>
  new PolicyStatement({
    sid: 'ItsFunctionsHaveDigestsMade',
    principals: [new AccountRootPrincipal()],
    actions: ['kms:GenerateMac'],
    resources: ['*'],
    conditions: { ArnEquals: { 'aws:PrincipalArn': roles } },
  });

const nobodyElse = (roles: readonly string[]) =>
  new PolicyStatement({
    sid: 'NobodyElseUsesIt',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:GenerateMac', 'kms:VerifyMac', 'kms:CreateGrant'],
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      ArnNotEquals: { 'aws:PrincipalArn': roles },
    },
  });

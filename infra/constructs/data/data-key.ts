import { Aws, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { AccountRootPrincipal, AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { arnOf, type Names } from '../names.ts';

export interface DataKeyProps {
  readonly names: Names;
  readonly removalPolicy: RemovalPolicy;
  /** May use the key through DynamoDB, to restore a backup of the table. */
  readonly recoveryRoleArn: string | undefined;
}

/** Everything that keeps the key alive, changes who may use it, or tells about it; nothing that uses it. */
const administration = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:ListKeyRotations',
  'kms:ListResourceTags',
  'kms:PutKeyPolicy',
  'kms:EnableKey',
  'kms:DisableKey',
  'kms:EnableKeyRotation',
  'kms:RotateKeyOnDemand',
  'kms:RevokeGrant',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
  'kms:CreateAlias',
  'kms:UpdateAlias',
  'kms:DeleteAlias',
];

const ofTheTable = ['Decrypt', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*', 'CreateGrant', 'DescribeKey'];
const anyUse = ['Decrypt', 'Encrypt', 'GenerateDataKey*', 'ReEncrypt*', 'CreateGrant'];
const kms = (actions: readonly string[]): string[] => actions.map((action) => `kms:${action}`);

/** The suffix after the region differs by partition. */
const through = (...services: readonly string[]) => ({
  'kms:ViaService': services.map((service) => `${service}.${Aws.REGION}.*`),
});

/**
 * The one key of everything that departments entrust to the hub. Only the hub's functions can use it, through S3 and
 * DynamoDB, as far as their own policies allow; CloudFormation can, through DynamoDB, for the table. Administrators
 * look after the key and cannot use it: they would have to change this policy or make a role of a function's name,
 * both of which alarm (trail-alarms.ts). The denial holds against grants, which no policy of a role shows.
 */
export class DataKey extends Key {
  constructor(scope: Construct, id: string, { names, removalPolicy, recoveryRoleArn }: DataKeyProps) {
    const functions = arnOf.role(names.functionRole('*'));
    const keepers = [arnOf.role('cdk-*-cfn-exec-role-*'), ...(recoveryRoleArn === undefined ? [] : [recoveryRoleArn])];
    super(scope, id, {
      alias: names.key('data'),
      description: `Exchange hub ${names.stage}: what departments upload and receive, and the records of it`,
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      removalPolicy,
      policy: new PolicyDocument({
        statements: [
          administrators(),
          functionsOnly(functions),
          tableKeepers(keepers),
          nobodyElse([functions, ...keepers]),
        ],
      }),
    });
  }
}

/** The account itself, in a key's policy, means: whoever a policy of the account lets. */
export const administrators = () =>
  new PolicyStatement({
    sid: 'AdministratorsKeepTheKey',
    principals: [new AccountRootPrincipal()],
    actions: administration,
    resources: ['*'],
  });

const functionsOnly = (functions: string) =>
  new PolicyStatement({
    sid: 'FunctionsUseItThroughServices',
    principals: [new AccountRootPrincipal()],
    actions: kms(['Decrypt', 'GenerateDataKey', 'DescribeKey']),
    resources: ['*'],
    conditions: { ArnLike: { 'aws:PrincipalArn': functions }, StringLike: through('s3', 'dynamodb') },
  });

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.howitworks.html */
const tableKeepers = (keepers: readonly string[]) =>
  new PolicyStatement({
    sid: 'DeploymentsKeepTheTable',
    principals: [new AccountRootPrincipal()],
    actions: kms(ofTheTable),
    resources: ['*'],
    conditions: { ArnLike: { 'aws:PrincipalArn': [...keepers] }, StringLike: through('dynamodb') },
  });

/** Principals of this account: DynamoDB's own upkeep of the table, by its grant, is nobody's of it. */
const nobodyElse = (users: readonly string[]) =>
  new PolicyStatement({
    sid: 'NobodyElseUsesIt',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: kms(anyUse),
    resources: ['*'],
    conditions: {
      StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      ArnNotLike: { 'aws:PrincipalArn': [...users] },
    },
  });

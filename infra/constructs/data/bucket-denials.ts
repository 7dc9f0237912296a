import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';

/** Where callers may be: a call from any of these is taken. */
export interface Networks {
  readonly cidrs: readonly string[];
  readonly vpcEndpointIds: readonly string[];
}

/**
 * Holds for whoever is in none of the networks: condition keys together, so each must fail. A call through an endpoint
 * has no public address, and one from the internet no endpoint; an absent key counts as "not one of these".
 */
export const inNoneOf = ({ cidrs, vpcEndpointIds }: Networks): Record<string, Record<string, readonly string[]>> => ({
  ...(cidrs.length > 0 && { NotIpAddress: { 'aws:SourceIp': cidrs } }),
  ...(vpcEndpointIds.length > 0 && { StringNotEquals: { 'aws:SourceVpce': vpcEndpointIds } }),
});

const isAnywhere = ({ cidrs, vpcEndpointIds }: Networks): boolean => cidrs.length + vpcEndpointIds.length === 0;

/** Condition keys of S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html */
const header = (name: string) => `s3:x-amz-server-side-encryption${name}`;

/** Who names an encryption must name the hub's key; `Null: false` holds when the header is there. */
export const foreignEncryption = (bucket: Bucket, key: IKey): PolicyStatement[] => [
  denial('ForeignKey', 's3:PutObject', [bucket.arnForObjects('*')], {
    Null: { [header('')]: 'false' },
    StringNotEquals: { [header('-aws-kms-key-id')]: key.keyArn },
  }),
  denial('CustomersKey', 's3:PutObject', [bucket.arnForObjects('*')], {
    Null: { [header('-customer-algorithm')]: 'false' },
  }),
];

/** A presigned URL that got into other hands is of no use outside of these networks. */
export const presignedFromElsewhere = (bucket: Bucket, networks: Networks): PolicyStatement[] =>
  isAnywhere(networks)
    ? []
    : [
        denial('PresignedFromElsewhere', 's3:*', [bucket.bucketArn, bucket.arnForObjects('*')], {
          ...inNoneOf(networks),
          StringEquals: { 's3:authType': 'REST-QUERY-STRING' },
        }),
      ];

const denial = (
  sid: string,
  action: string,
  resources: string[],
  conditions: Record<string, Record<string, unknown>>,
) =>
  new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [action],
    resources,
    conditions,
  });

import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type CfnBucket,
  type CorsRule,
  type LifecycleRule,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { AccessLogs } from './access-logs.ts';
import { foreignEncryption, presignedFromElsewhere, type Networks } from './bucket-denials.ts';

export interface HubBucketProps {
  readonly bucketName: string;
  readonly key: IKey;
  readonly accessLogs: AccessLogs;
  readonly removalPolicy: RemovalPolicy;
  /** Days until what was deleted or overwritten is gone for good. */
  readonly noncurrentDays: number;
  /** Days until objects are deleted, by prefix. Others stay until the hub deletes them. */
  readonly expiry?: Readonly<Record<string, number>>;
  /** Where presigned URLs work; everywhere without any. */
  readonly networks: Networks;
  /** What scripts of these web pages may do with presigned URLs. */
  readonly cors?: CorsRule;
  /** Tells EventBridge of every new object. */
  readonly announces: boolean;
}

/**
 * A private, versioned bucket under the data's key. Who sends an object needs to say nothing about encryption: the
 * bucket's default does it, and another key is refused.
 */
export class HubBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: HubBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: props.bucketName,
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: props.removalPolicy,
      lifecycleRules: lifecycle(props.noncurrentDays, props.expiry ?? {}),
      ...(props.cors && { cors: [props.cors] }),
    });
    const denials = [
      ...foreignEncryption(this.bucket, props.key),
      ...presignedFromElsewhere(this.bucket, props.networks),
    ];
    for (const denial of denials) this.bucket.addToResourcePolicy(denial);
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.loggingConfiguration = props.accessLogs.of(id);
    // On the L1: the L2's switch deploys a Lambda-backed custom resource.
    if (props.announces) bucket.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}

/** A delete marker whose versions are gone goes, too; S3 takes that only in a rule without days. */
const lifecycle = (noncurrentDays: number, expiry: Readonly<Record<string, number>>): LifecycleRule[] => [
  {
    id: 'abandoned-multipart-uploads',
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    expiredObjectDeleteMarker: true,
  },
  { id: 'deleted-or-overwritten', noncurrentVersionExpiration: Duration.days(noncurrentDays) },
  ...Object.entries(expiry).map(([prefix, days]) => ({
    id: `old-${prefix}`,
    prefix: `${prefix}/`,
    expiration: Duration.days(days),
  })),
];

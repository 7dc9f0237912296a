import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface HubBucketProps {
  readonly bucketName: string;
  /** Tells EventBridge of every new object. */
  readonly announces: boolean;
}

/** A private, versioned bucket that outlives its stack. */
export class HubBucket extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, { bucketName, announces }: HubBucketProps) {
    super(scope, id);
    const bucket = new Bucket(this, 'Bucket', {
      bucketName,
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ id: 'abandoned-multipart-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    // On the L1: the L2's switch deploys a Lambda-backed custom resource.
    if (announces)
      (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
        eventBridgeConfiguration: { eventBridgeEnabled: true },
      };
    this.bucketName = bucket.bucketName;
  }
}

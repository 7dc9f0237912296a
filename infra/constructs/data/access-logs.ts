import { Aws, Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { arnOf, type Names } from '../names.ts';

export interface AccessLogsProps {
  readonly names: Names;
  readonly retainDays: number;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * Where S3 writes who did what in the hub's buckets. It writes under its own encryption only
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html). Keys of the hub name ids,
 * so its lines say nothing of content.
 */
export class AccessLogs extends Construct {
  private readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { names, retainDays, removalPolicy }: AccessLogsProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: names.bucket('access-logs'),
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
      lifecycleRules: [
        { id: 'old', expiration: Duration.days(retainDays), noncurrentVersionExpiration: Duration.days(1) },
        { id: 'remains', abortIncompleteMultipartUploadAfter: Duration.days(7), expiredObjectDeleteMarker: true },
      ],
    });
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects('*')],
        conditions: {
          ArnLike: { 'aws:SourceArn': arnOf.bucket(`hub-${names.stage}-*`) },
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        },
      }),
    );
  }

  /** On a bucket's L1: the L2 would write an access control list instead of a policy. */
  of(name: string): CfnBucket.LoggingConfigurationProperty {
    return {
      destinationBucketName: this.bucket.bucketName,
      logFilePrefix: `${name.toLowerCase()}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
  }
}

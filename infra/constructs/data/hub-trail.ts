import { Aws, Duration } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership, type CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Settings } from '../../settings.ts';
import type { AccessLogs } from './access-logs.ts';
import { lifetimeOf } from '../lifetime.ts';
import { arnOf, type Names } from '../names.ts';

export interface HubTrailProps {
  readonly names: Names;
  readonly key: IKey;
  readonly accessLogs: AccessLogs;
  /** Every read and write of objects in these is told, too. */
  readonly buckets: readonly Bucket[];
  readonly settings: Pick<Settings, 'auditRetainDays' | 'logRetentionDays' | 'deletionProtection' | 'trailDataEvents'>;
}

/**
 * Who changed what in the account, in a bucket of its own, in files that show if they were altered; and in a log, for
 * alarms. Of all regions: changes of IAM are told in one region only.
 */
export class HubTrail extends Construct {
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: HubTrailProps) {
    super(scope, id);
    const { names, key, settings } = props;
    const bucket = this.bucketFor(props);
    this.logGroup = new LogGroup(this, 'Log', {
      retention: settings.logRetentionDays,
      removalPolicy: lifetimeOf(settings),
    });
    const trail = new CfnTrail(this, 'Trail', {
      trailName: names.trail,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: bucket.bucketName,
      kmsKeyId: key.keyArn,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: this.writing().roleArn,
      eventSelectors: [changes, ...(settings.trailDataEvents ? [objectsOf(props.buckets)] : [])],
    });
    trail.node.addDependency(bucket);
  }

  /** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  private bucketFor({ names, key, accessLogs, settings }: HubTrailProps): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: names.bucket('trail'),
      versioned: true,
      encryption: BucketEncryption.KMS,
      encryptionKey: key,
      bucketKeyEnabled: true,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: lifetimeOf(settings),
      lifecycleRules: [
        {
          id: 'old',
          expiration: Duration.days(settings.auditRetainDays),
          noncurrentVersionExpiration: Duration.days(settings.auditRetainDays),
        },
        { id: 'remains', abortIncompleteMultipartUploadAfter: Duration.days(7), expiredObjectDeleteMarker: true },
      ],
    });
    (bucket.node.defaultChild as CfnBucket).loggingConfiguration = accessLogs.of('trail');
    const cloudTrail = (action: string, resource: string) =>
      bucket.addToResourcePolicy(
        new PolicyStatement({
          principals: [new ServicePrincipal('cloudtrail.amazonaws.com')],
          actions: [action],
          resources: [resource],
          conditions: { StringEquals: { 'aws:SourceArn': arnOf.trail(names.trail) } },
        }),
      );
    cloudTrail('s3:GetBucketAcl', bucket.bucketArn);
    cloudTrail('s3:PutObject', bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`));
    return bucket;
  }

  private writing(): Role {
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('cloudtrail.amazonaws.com'),
      inlinePolicies: {
        log: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [this.logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
  }
}

/** Without what only reads: uses of keys alone would be most of the trail. */
const changes: CfnTrail.EventSelectorProperty = { includeManagementEvents: true, readWriteType: 'WriteOnly' };

const objectsOf = (buckets: readonly Bucket[]): CfnTrail.EventSelectorProperty => ({
  includeManagementEvents: false,
  readWriteType: 'All',
  dataResources: [{ type: 'AWS::S3::Object', values: buckets.map((bucket) => bucket.arnForObjects('')) }],
});

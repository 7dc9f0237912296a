import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { COMPARISON_DAYS } from '../../schemas/contracts/comparisons.ts';
import { AccessLogs } from '../constructs/data/access-logs.ts';
import { Alarms } from '../constructs/alarms/alarms.ts';
import { AlarmTopic } from '../constructs/alarms/alarm-topic.ts';
import { AuditKey } from '../constructs/data/audit-key.ts';
import { DataKey } from '../constructs/data/data-key.ts';
import { HubBucket, type HubBucketProps } from '../constructs/data/hub-bucket.ts';
import { HubTable } from '../constructs/data/hub-table.ts';
import { HubTrail } from '../constructs/data/hub-trail.ts';
import { AttachmentsKey, ComparisonsKey, LookupsKey } from '../constructs/data/mac-keys.ts';
import { guarded, lifetimeOf } from '../constructs/lifetime.ts';
import type { BucketName, Names } from '../constructs/names.ts';
import { trailAlarms } from '../constructs/alarms/trail-alarms.ts';
import type { Settings } from '../settings.ts';

/** A list is removed after its run; whatever is left when the last of its comparisons has expired (schemas/contracts/comparisons.ts) goes then. */
const LIST_DAYS = COMPARISON_DAYS + 1;
/** Of what a query reads and writes, which its run removes: as long as a run may be taken up again. */
const QUERY_DAYS = 2;

export interface DataStackProps extends StackProps {
  readonly names: Names;
  readonly settings: Settings;
}

/** What must never be lost: the table and the buckets, their key, and what watches over them. */
export class DataStack extends Stack {
  private readonly names: Names;
  private readonly settings: Settings;
  private readonly dataKey: DataKey;
  private readonly auditKey: AuditKey;
  private readonly lookupsKey: LookupsKey;
  private readonly attachmentsKey: AttachmentsKey;
  private readonly comparisonsKey: ComparisonsKey;
  private readonly accessLogs: AccessLogs;

  constructor(scope: Construct, { names, settings, ...props }: DataStackProps) {
    super(scope, names.stack('data'), {
      ...props,
      terminationProtection: guarded(settings),
      description: 'Exchange hub: table, buckets, keys, trail',
    });
    this.names = names;
    this.settings = settings;
    const removalPolicy = lifetimeOf(settings);
    this.dataKey = new DataKey(this, 'Key', { names, removalPolicy, recoveryRoleArn: settings.recoveryRoleArn });
    this.auditKey = new AuditKey(this, 'AuditKey', { names, removalPolicy });
    this.lookupsKey = new LookupsKey(this, 'LookupsKey', { names, removalPolicy });
    this.attachmentsKey = new AttachmentsKey(this, 'AttachmentsKey', { names, removalPolicy });
    this.comparisonsKey = new ComparisonsKey(this, 'ComparisonsKey', { names, removalPolicy });
    this.accessLogs = new AccessLogs(this, 'AccessLogs', {
      names,
      retainDays: settings.auditRetainDays,
      removalPolicy,
    });
    const buckets = this.buckets();
    const table = new HubTable(this, 'Records', {
      tableName: names.table,
      key: this.dataKey,
      removalPolicy,
      deletionProtection: guarded(settings),
    });
    const topic = new AlarmTopic(this, 'Alarms', {
      topicName: names.topic('alarms'),
      key: this.auditKey,
      email: settings.alarmEmail,
      arn: settings.alarmTopicArn,
    });
    if (settings.trail) this.watch(buckets, topic);
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'StreamArn', { value: table.streamArn, exportName: names.exported('stream-arn') });
    new CfnOutput(this, 'KeyArn', { value: this.dataKey.keyArn, exportName: names.exported('data-key-arn') });
    new CfnOutput(this, 'LookupsKeyArn', {
      value: this.lookupsKey.keyArn,
      exportName: names.exported('lookups-key-arn'),
    });
    new CfnOutput(this, 'AttachmentsKeyArn', {
      value: this.attachmentsKey.keyArn,
      exportName: names.exported('attachments-key-arn'),
    });
    new CfnOutput(this, 'ComparisonsKeyArn', {
      value: this.comparisonsKey.keyArn,
      exportName: names.exported('comparisons-key-arn'),
    });
    new CfnOutput(this, 'AlarmTopicArn', {
      value: topic.topic.topicArn,
      exportName: names.exported('alarm-topic-arn'),
    });
  }

  private buckets(): HubBucket[] {
    const { uploadRetainDays, reportRetainDays } = this.settings;
    return [
      this.bucket('Intake', 'intake', HttpMethods.PUT, {
        announces: true,
        expiry: { uploads: uploadRetainDays, posted: uploadRetainDays, lists: LIST_DAYS, queries: QUERY_DAYS },
      }),
      // A dataset is kept as long as it may be granted to somebody, which only the hub knows.
      this.bucket('Datasets', 'datasets', HttpMethods.GET, {
        expiry: { reports: reportRetainDays, fixes: reportRetainDays, segments: uploadRetainDays },
      }),
      // The last grant that ends deletes the extract (functions/delivery).
      this.bucket('Deliveries', 'deliveries', HttpMethods.GET, {}),
    ];
  }

  private bucket(id: string, name: BucketName, method: HttpMethods, props: Partial<HubBucketProps>): HubBucket {
    const { noncurrentDays, allowedCidrs, s3VpcEndpointIds, corsOrigins } = this.settings;
    const made = new HubBucket(this, id, {
      bucketName: this.names.bucket(name),
      key: this.dataKey,
      accessLogs: this.accessLogs,
      removalPolicy: lifetimeOf(this.settings),
      noncurrentDays,
      networks: { cidrs: allowedCidrs, vpcEndpointIds: s3VpcEndpointIds },
      announces: false,
      ...(corsOrigins.length > 0 && { cors: corsOf(method, corsOrigins) }),
      ...props,
    });
    new CfnOutput(this, `${id}BucketName`, { value: made.bucket.bucketName });
    return made;
  }

  private watch(buckets: readonly HubBucket[], topic: AlarmTopic): void {
    const { names, settings, accessLogs, auditKey } = this;
    const { logGroup } = new HubTrail(this, 'Trail', {
      names,
      key: auditKey,
      accessLogs,
      buckets: buckets.map(({ bucket }) => bucket),
      settings,
    });
    const keys = [this.dataKey, auditKey, this.lookupsKey, this.attachmentsKey, this.comparisonsKey];
    const keyIds = keys.map(({ keyId }) => keyId);
    const watches = trailAlarms(this, { names, keyIds, logGroup });
    new Alarms(this, 'Changes', { names, topic: topic.topic, watches });
  }
}

/** The checksum of an upload is a signed header (functions/adapters/s3/presign.ts). */
const corsOf = (method: HttpMethods, origins: readonly string[]) => ({
  allowedOrigins: [...origins],
  allowedMethods: [method],
  allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
  exposedHeaders: ['ETag'],
  maxAge: 3600,
});

import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HubBucket } from '../constructs/hub-bucket.ts';
import { HubTable } from '../constructs/hub-table.ts';
import type { Names } from '../constructs/names.ts';

/** What must never be lost: the table and the buckets. */
export class DataStack extends Stack {
  constructor(scope: Construct, names: Names, props: StackProps) {
    super(scope, names.stack('data'), {
      ...props,
      terminationProtection: true,
      description: 'Exchange hub: table and buckets',
    });
    const intake = new HubBucket(this, 'Intake', { bucketName: names.bucket('intake'), announces: true });
    const datasets = new HubBucket(this, 'Datasets', { bucketName: names.bucket('datasets'), announces: false });
    const deliveries = new HubBucket(this, 'Deliveries', { bucketName: names.bucket('deliveries'), announces: false });
    const table = new HubTable(this, 'Records', names.table);
    new CfnOutput(this, 'IntakeBucketName', { value: intake.bucketName });
    new CfnOutput(this, 'DatasetsBucketName', { value: datasets.bucketName });
    new CfnOutput(this, 'DeliveriesBucketName', { value: deliveries.bucketName });
    new CfnOutput(this, 'TableName', { value: table.tableName });
    new CfnOutput(this, 'StreamArn', { value: table.streamArn, exportName: names.exported('stream-arn') });
  }
}

import type { AwsEndpoint, ProjectedTable, TableDefinition } from './aws/endpoint.ts';
import type { Known, Model } from './template/model.ts';

/** Creates tables, queues, buckets, keys and what queries are run in; what is there from an earlier run stays, with its content. */
export async function createResources(model: Model, aws: AwsEndpoint): Promise<void> {
  for (const { name, properties } of model.all('AWS::DynamoDB::Table')) {
    await aws.createTable(tableDefinition(name, properties));
    const ttl = properties.TimeToLiveSpecification;
    if (ttl?.Enabled) aws.ttl(name, ttl.AttributeName);
  }
  for (const { name, properties } of model.all('AWS::SQS::Queue'))
    await aws.createQueue(name, queueAttributes(properties));
  for (const { name, properties } of model.all('AWS::S3::Bucket')) {
    await aws.createBucket(name, { versioned: properties.VersioningConfiguration?.Status === 'Enabled' });
  }
  for (const { name, properties } of model.all('AWS::KMS::Key'))
    if (properties.KeyUsage === 'GENERATE_VERIFY_MAC') aws.createMacKey(name);
  for (const { properties } of model.all('AWS::Athena::WorkGroup')) aws.createWorkGroup(properties.Name);
  for (const { properties } of model.all('AWS::Glue::Table')) aws.defineTable(projectedTable(properties));
}

function tableDefinition(TableName: string, properties: Known<'AWS::DynamoDB::Table'>['properties']): TableDefinition {
  const { KeySchema, AttributeDefinitions, BillingMode, GlobalSecondaryIndexes, StreamSpecification } = properties;
  return {
    TableName,
    KeySchema,
    AttributeDefinitions,
    BillingMode,
    ...(GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(
        ({ IndexName, KeySchema: keys, Projection: { ProjectionType, NonKeyAttributes } }) => ({
          IndexName,
          KeySchema: keys,
          Projection: { ProjectionType, ...(NonKeyAttributes && { NonKeyAttributes }) },
        }),
      ),
    }),
    ...(StreamSpecification && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: StreamSpecification.StreamViewType },
    }),
  };
}

const projectedTable = ({ DatabaseName, TableInput }: Known<'AWS::Glue::Table'>['properties']): ProjectedTable => ({
  name: `"${DatabaseName}"."${TableInput.Name}"`,
  partitions: TableInput.PartitionKeys.map(({ Name }) => Name),
  template: TableInput.Parameters['storage.location.template'],
});

/** CreateQueue takes texts; policies as JSON. */
function queueAttributes(properties: Known<'AWS::SQS::Queue'>['properties']): Record<string, string> {
  const entries = Object.entries(properties).filter(([name, value]) => name !== 'QueueName' && value !== undefined);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

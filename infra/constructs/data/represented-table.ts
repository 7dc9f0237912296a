import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { MOST_FIELDS } from '../../../schemas/contracts/definition.ts';
import type { Names } from '../names.ts';

const text = (Name: string) => ({ name: Name, type: 'string' });
/** By place, as functions/records/represent names them: what a file lacks is NULL, so that one table is all of them. */
const columns = [
  text('k'),
  { name: 'n', type: 'bigint' },
  ...['t', 'v'].flatMap((kind) => Array.from({ length: MOST_FIELDS }, (_, place) => text(`${kind}${place}`))),
];
const partitions = ['resource', 'dataset_version', 'epoch'];

/**
 * All representations of datasets as one table for Athena. A query names resource, dataset version and attempt, of which its
 * place is made (functions/datasets/representation/places.ts): nothing is crawled, and no partition is ever added
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html, "Injected type").
 */
export class RepresentedTable extends Construct {
  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: names.glueDatabase },
    });
    const place = `s3://${names.bucket('datasets')}/representations`;
    const table = new CfnTable(this, 'Table', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: names.glueDatabase,
      tableInput: {
        name: 'representations',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: partitions.map(text),
        parameters: {
          classification: 'parquet',
          EXTERNAL: 'TRUE',
          'projection.enabled': 'true',
          ...Object.fromEntries(partitions.map((name) => [`projection.${name}.type`, 'injected'])),
          'storage.location.template': `${place}/${partitions.map((name) => `\${${name}}`).join('/')}/`,
        },
        storageDescriptor: {
          columns,
          location: place,
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
    table.addResourceDependency(database);
  }
}

import { Aws, Fn } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import { MOST_FIELDS } from '../../../schemas/contracts/definition.ts';
import type { Names } from '../names.ts';

const column = (Name: string, type: string) => ({ name: Name, type });
const text = (Name: string) => column(Name, 'string');
const texts = (...kinds: readonly string[]) =>
  kinds.flatMap((kind) => Array.from({ length: MOST_FIELDS }, (_, place) => text(`${kind}${place}`)));

/** Ten times the largest representation, and more than a list with it: what one query may read, and cost. */
const MOST_BYTES_A_QUERY = 100 * 1024 ** 3;

interface Projected {
  /** Columns of the files, by name: what a file lacks is NULL, so that one table is all of them. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitions: readonly string[];
  readonly bucket: 'datasets' | 'intake';
  readonly prefix: string;
}

/** By place, as functions/records/represent and functions/compare/domain/statements.ts name them. */
const tables = {
  representations: {
    columns: [text('k'), column('n', 'bigint'), ...texts('t', 'v')],
    partitions: ['resource', 'dataset_version', 'epoch'],
    bucket: 'datasets',
    prefix: 'representations',
  },
  compared_lists: {
    columns: [column('n', 'int'), ...texts('k', 'c')],
    partitions: ['run'],
    bucket: 'intake',
    prefix: 'queries/lists',
  },
} as const satisfies Readonly<Record<string, Projected>>;

export const projectedTables = Object.keys(tables) as (keyof typeof tables)[];

/**
 * All representations of datasets as one table for Athena, all lists that are compared there as another, and the work group
 * that queries run in. A query names resource, dataset version and attempt, or the run, of which the place is made
 * (functions/datasets/representation/places.ts): nothing is crawled, and no partition is ever added
 * (https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html, "Injected type").
 */
export class RepresentedTable extends Construct {
  constructor(scope: Construct, id: string, names: Names) {
    super(scope, id);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: names.glueDatabase },
    });
    for (const [part, name] of [
      ['Table', 'representations'],
      ['Lists', 'compared_lists'],
    ] as const)
      table(this, part, name, names).addResourceDependency(database);
    new CfnWorkGroup(this, 'WorkGroup', {
      name: names.workGroup,
      description: `Exchange hub ${names.stage}: comparisons with resources that no function's disk holds`,
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: MOST_BYTES_A_QUERY,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${names.bucket('intake')}/queries/athena/`,
          encryptionConfiguration: {
            encryptionOption: 'SSE_KMS',
            kmsKey: Fn.importValue(names.exported('data-key-arn')),
          },
        },
      },
    });
  }
}

function table(scope: Construct, id: string, name: keyof typeof tables, names: Names): CfnTable {
  const { columns, partitions, bucket, prefix }: Projected = tables[name];
  const place = `s3://${names.bucket(bucket)}/${prefix}`;
  return new CfnTable(scope, id, {
    catalogId: Aws.ACCOUNT_ID,
    databaseName: names.glueDatabase,
    tableInput: {
      name,
      tableType: 'EXTERNAL_TABLE',
      partitionKeys: partitions.map(text),
      parameters: {
        classification: 'parquet',
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        ...Object.fromEntries(partitions.map((partition) => [`projection.${partition}.type`, 'injected'])),
        'storage.location.template': `${place}/${partitions.map((partition) => `\${${partition}}`).join('/')}/`,
      },
      storageDescriptor: {
        columns: [...columns],
        location: place,
        inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
        outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
        serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
      },
    },
  });
}

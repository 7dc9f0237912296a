import { Fn } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { tableIndexes } from './data/hub-table.ts';
import { projectedTables } from './data/represented-table.ts';
import { arnOf, type BucketName, type Names } from './names.ts';

type ObjectAction =
  | 'GetObject'
  | 'GetObjectVersion'
  | 'PutObject'
  | 'DeleteObject'
  | 'DeleteObjectVersion'
  | 'AbortMultipartUpload'
  | 'ListMultipartUploadParts';

/** A permission; one on more than can be named says why. */
export class Permission extends PolicyStatement {
  readonly wideBecause: string | undefined;

  constructor(actions: readonly string[], resources: readonly string[], wideBecause?: string) {
    super({ actions: [...actions], resources: [...resources] });
    this.wideBecause = wideBecause;
  }
}

const allow = (...given: ConstructorParameters<typeof Permission>) => new Permission(...given);

const tablesIn = (database: string) => projectedTables.map((table) => arnOf.glueTable(database, table));

/** What functions may be permitted on the things of the other stacks. */
export const permissionsOn = (names: Names) => ({
  /** Reading and writing items; a transaction needs the permission of each of its parts. No scans. */
  records: () => [
    allow(
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:Query',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:ConditionCheckItem',
      ],
      [arnOf.table(names.table)],
    ),
    allow(
      ['dynamodb:Query'],
      tableIndexes.map((index) => arnOf.index(names.table, index)),
    ),
  ],
  /** What Lambda's poller does in the function's name. Listing streams cannot be limited to one table. */
  stream: (streamArn: string) => [
    allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [streamArn]),
    allow(
      ['dynamodb:ListStreams'],
      ['*'],
      'Lambda’s poller asks for it, and AWS lets it be limited to no table (Lambda guide, DynamoDB event sources).',
    ),
  ],
  objects: (bucket: BucketName, prefixes: readonly string[], actions: readonly ObjectAction[]) =>
    allow(
      actions.map((action) => `s3:${action}`),
      prefixes.map((prefix) => arnOf.objects(names.bucket(bucket), prefix)),
      'Objects are named by ids that are made while the hub runs: all under one prefix of one bucket.',
    ),
  /** With it, S3 answers 404 for an object that is not there; without, 403. */
  knowingOfAbsence: (bucket: BucketName) => allow(['s3:ListBucket'], [arnOf.bucket(names.bucket(bucket))]),
  /** Digests of what is looked up, of names of attachments with references to them, or what seals keys of blind comparisons. */
  digests: (of: 'lookups' | 'attachments' | 'comparisons') =>
    allow(['kms:GenerateMac'], [Fn.importValue(names.exported(`${of}-key-arn`))]),
  /** Comparisons in Athena, which reads tables and objects in the name of whoever asks. */
  queries: () => [
    allow(['athena:StartQueryExecution', 'athena:GetQueryExecution'], [arnOf.workGroup(names.workGroup)]),
    allow(
      ['glue:GetDatabase', 'glue:GetTable', 'glue:GetPartition', 'glue:GetPartitions'],
      [arnOf.catalog(), arnOf.database(names.glueDatabase), ...tablesIn(names.glueDatabase)],
    ),
    allow(
      ['s3:ListBucket', 's3:GetBucketLocation'],
      [arnOf.bucket(names.bucket('intake')), arnOf.bucket(names.bucket('datasets'))],
    ),
    allow(['s3:ListBucketVersions'], [arnOf.bucket(names.bucket('intake'))]),
    allow(
      [
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObjectVersion',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
      [arnOf.objects(names.bucket('intake'), 'queries')],
      'Objects are named by ids that are made while the hub runs: all under one prefix of one bucket.',
    ),
  ],
  mailboxes: () =>
    allow(
      ['sqs:SendMessage'],
      [arnOf.queue(names.mailbox('*'))],
      'Notices go to every department; the registry says which there are, and this role need not change with it.',
    ),
  /**
   * The data's key, as far as the other permissions need it: what reads the table or objects decrypts, what writes
   * objects (or signs URLs for it) has data keys made, and decrypts to put the parts of an object together
   * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html).
   */
  key: (others: readonly PolicyStatement[]) => {
    const writes = others.some(({ actions }) => actions.includes('s3:PutObject'));
    const key = Fn.importValue(names.exported('data-key-arn'));
    return allow(writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'], [key]);
  },
});

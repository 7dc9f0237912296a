import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { tableIndexes } from './hub-table.ts';
import { arnOf, type BucketName, type Names } from './names.ts';

type ObjectAction =
  | 'GetObject'
  | 'GetObjectVersion'
  | 'PutObject'
  | 'DeleteObject'
  | 'DeleteObjectVersion'
  | 'AbortMultipartUpload'
  | 'ListMultipartUploadParts';

const allow = (actions: readonly string[], resources: readonly string[]) =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

/** What functions may be permitted on the things of the other stacks. */
export const permissionsOn = (names: Names) => ({
  /** Reading and writing items; a transaction needs the permission of each of its parts. No scans. */
  records: () => [
    allow(
      [
        'dynamodb:GetItem',
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
    allow(['dynamodb:ListStreams'], ['*']),
  ],
  objects: (bucket: BucketName, prefixes: readonly string[], actions: readonly ObjectAction[]) =>
    allow(
      actions.map((action) => `s3:${action}`),
      prefixes.map((prefix) => arnOf.objects(names.bucket(bucket), prefix)),
    ),
  /** With it, S3 answers 404 for an object that is not there; without, 403. */
  knowingOfAbsence: (bucket: BucketName) => allow(['s3:ListBucket'], [arnOf.bucket(names.bucket(bucket))]),
  mailboxes: () => allow(['sqs:SendMessage'], [arnOf.queue(names.mailbox('*'))]),
});

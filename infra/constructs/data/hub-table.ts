import type { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The indexes: `list` finds what belongs together, `due` what a sweeper should look at, by time. */
export const tableIndexes = ['list', 'due'] as const;

export interface HubTableProps {
  readonly tableName: string;
  readonly key: IKey;
  readonly removalPolicy: RemovalPolicy;
  readonly deletionProtection: boolean;
}

/** The one table, whose layout is in functions/adapters/dynamodb/table/keys.ts. It outlives its stack. */
export class HubTable extends Construct {
  readonly tableName: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, { tableName, key, removalPolicy, deletionProtection }: HubTableProps) {
    super(scope, id);
    const table = new Table(this, 'Table', {
      tableName,
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      deletionProtection,
      removalPolicy,
    });
    for (const index of tableIndexes)
      table.addGlobalSecondaryIndex({
        indexName: index,
        partitionKey: text(`${index}Pk`),
        sortKey: text(`${index}Sk`),
      });
    this.tableName = table.tableName;
    this.streamArn = table.tableStreamArn!;
  }
}

import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The indexes: `list` finds what belongs together, `due` what a sweeper should look at, by time. */
export const tableIndexes = ['list', 'due'] as const;

/** The one table, whose layout is in functions/adapters/dynamodb/keys.ts. It outlives its stack. */
export class HubTable extends Construct {
  readonly tableName: string;
  readonly streamArn: string;

  constructor(scope: Construct, id: string, tableName: string) {
    super(scope, id);
    const table = new Table(this, 'Table', {
      tableName,
      partitionKey: text('pk'),
      sortKey: text('sk'),
      billingMode: BillingMode.PAY_PER_REQUEST,
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
      timeToLiveAttribute: 'ttl',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
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

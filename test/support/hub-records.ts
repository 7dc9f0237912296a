import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { principalsOf } from '../../infra/local/access/principals.ts';
import type { RunningHub } from './hub.ts';

const ACCOUNT = '000000000000';
const TABLE = 'hub-dev';

/** What a running local hub keeps, as its functions see it: they sign with keys that its data folder derives. */
export class HubRecords {
  readonly #hub: RunningHub;
  readonly #table: DynamoDBDocumentClient;

  constructor(hub: RunningHub) {
    this.#hub = hub;
    this.#table = DynamoDBDocumentClient.from(new DynamoDBClient(this.#as('delivery-sweep')));
  }

  #as(name: string) {
    const { accessKeyId, secretAccessKey, sessionToken } = principalsOf(this.#hub.data, ACCOUNT).of(
      `hub-dev-fn-${name}`,
      `hub-dev-${name}`,
      'function',
    );
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
    return { endpoint: this.#hub.aws, region: this.#hub.region, credentials };
  }

  async item(pk: string, sk = 'HEAD'): Promise<Record<string, unknown> | undefined> {
    return (await this.#table.send(new GetCommand({ TableName: TABLE, Key: { pk, sk } }))).Item;
  }

  /** Evidence of one thing: `upload#…`, `delivery#…`, `agreement#…`, `resource#…`. */
  async evidenceOf(subject: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.#table.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName: 'list',
        KeyConditionExpression: 'listPk = :subject',
        ExpressionAttributeValues: { ':subject': `EVIDENCE#${subject}` },
      }),
    );
    return Items;
  }

  /** Every key that an object has or had, with its bucket. */
  objectKeys(): string[] {
    const index = new DatabaseSync(join(this.#hub.data, 's3', 'index.sqlite'), { readOnly: true });
    try {
      return index
        .prepare('SELECT DISTINCT bucket, key FROM versions')
        .all()
        .map((row) => `${String(row['bucket'])}/${String(row['key'])}`);
    } finally {
      index.close();
    }
  }

  /** A client of the queues with the rights of one function. */
  queuesAs(name: string): SQSClient {
    return new SQSClient(this.#as(name));
  }
}

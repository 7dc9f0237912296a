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

  /** What a sweeper would look at once its time has come: `UPLOAD`, `EXTRACT` … */
  async watched(partition: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.#table.send(
      new QueryCommand({
        TableName: TABLE,
        IndexName: 'due',
        KeyConditionExpression: 'duePk = :partition',
        ExpressionAttributeValues: { ':partition': partition },
      }),
    );
    return Items;
  }

  /** Every key that an object has or had, with its bucket. */
  objectKeys(): string[] {
    return this.#rowsOf('s3/index.sqlite', 'SELECT DISTINCT bucket, key FROM versions').map(
      (row) => `${String(row['bucket'])}/${String(row['key'])}`,
    );
  }

  /** Of each message in a queue, hidden ones too, how often somebody was given it. */
  receivesIn(queueName: string): number[] {
    return this.#rowsOf('sqs/queues.sqlite', 'SELECT receive_count FROM messages WHERE queue = ?', queueName).map(
      (row) => Number(row['receive_count']),
    );
  }

  #rowsOf(file: string, query: string, ...values: string[]): Record<string, unknown>[] {
    const database = new DatabaseSync(join(this.#hub.data, file), { readOnly: true });
    try {
      return database.prepare(query).all(...values);
    } finally {
      database.close();
    }
  }

  /** A client of the queues with the rights of one function. */
  queuesAs(name: string): SQSClient {
    return new SQSClient(this.#as(name));
  }
}

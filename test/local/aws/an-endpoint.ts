import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';

import {
  startAwsEndpoint,
  type AwsCall,
  type AwsEndpoint,
  type AwsEndpointOptions,
  type ObjectCreated,
  type Principal,
  type StreamRecord,
} from '../../../infra/local/aws/endpoint.ts';

const region = 'cn-north-1';
export const account = '123456789012';

export const tax: Principal = {
  arn: `arn:aws:sts::${account}:assumed-role/hub-local-dept-tax/local`,
  account,
  accessKeyId: 'AKIATAX',
  secretAccessKey: 'secret-of-tax',
  kind: 'department',
};
export const check: Principal = {
  arn: `arn:aws:sts::${account}:assumed-role/hub-local-check/check`,
  account,
  accessKeyId: 'AKIACHECK',
  secretAccessKey: 'secret-of-check',
  kind: 'function',
};

/** An endpoint on a free port and a directory of its own, with what it told and was asked. */
export class AnEndpoint {
  readonly dataDir: string;
  readonly created: ObjectCreated[] = [];
  readonly records: { table: string; record: StreamRecord }[] = [];
  readonly calls: AwsCall[] = [];
  /** Calls of which one of these is the action are refused. */
  readonly denied = new Set<string>();
  hubTime: () => Date = () => new Date();
  #endpoint: AwsEndpoint | undefined;

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async start(options: Partial<AwsEndpointOptions> = {}): Promise<AnEndpoint> {
    const started = new AnEndpoint(await mkdtemp(join(tmpdir(), 'hub-aws-')));
    await started.restart(options);
    return started;
  }

  async restart(options: Partial<AwsEndpointOptions> = {}): Promise<void> {
    await this.#endpoint?.close();
    this.#endpoint = await startAwsEndpoint({
      port: 0,
      dataDir: this.dataDir,
      region,
      account,
      clock: () => this.hubTime(),
      principals: { byAccessKey: (id) => [tax, check].find(({ accessKeyId }) => accessKeyId === id) },
      authorize: (call) => {
        this.calls.push(call);
        return this.denied.has(call.action)
          ? { allowed: false, why: 'no identity-based policy allows it' }
          : { allowed: true };
      },
      onObjectCreated: (event) => void this.created.push(event),
      onStreamRecords: (table, records) => void this.records.push(...records.map((record) => ({ table, record }))),
      ...options,
    });
  }

  async stop(): Promise<void> {
    await this.#endpoint?.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  get aws(): AwsEndpoint {
    if (!this.#endpoint) throw new Error('not started');
    return this.#endpoint;
  }

  s3(principal: Principal = check, more: object = {}): S3Client {
    return new S3Client({ ...this.#client(principal), forcePathStyle: true, ...more });
  }

  dynamodb(principal: Principal = check): DynamoDBClient {
    return new DynamoDBClient(this.#client(principal));
  }

  sqs(principal: Principal = check): SQSClient {
    return new SQSClient(this.#client(principal));
  }

  sts(principal: Principal = check): STSClient {
    return new STSClient(this.#client(principal));
  }

  athena(principal: Principal = check): AthenaClient {
    return new AthenaClient(this.#client(principal));
  }

  kms(principal: Principal = check): KMSClient {
    return new KMSClient(this.#client(principal));
  }

  #client({ accessKeyId, secretAccessKey }: Principal) {
    return { endpoint: this.aws.url, region, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  }
}

/** The events of one key: what an earlier test stored may be told late. */
export const createdAt = (endpoint: AnEndpoint, key: string) => endpoint.created.filter((event) => event.key === key);

/** Waits until `condition` holds; for what the endpoint does on its own account. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The name of the error that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'no failure',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

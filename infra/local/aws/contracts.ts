import type { ProjectedTable } from './athena/statement.ts';

export type { ProjectedTable } from './athena/statement.ts';

/** Who calls: a department's machine or one function's role of the local hub. */
export interface Principal {
  /** What STS would answer, e.g. `arn:aws:sts::123456789012:assumed-role/hub-local-dept-tax/local`. */
  readonly arn: string;
  readonly account: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly kind: 'department' | 'function';
  /** Where set, requests must carry it; where absent, requests must carry none, as with a user's long-lived key. */
  readonly sessionToken?: string;
}

/** One permission that a request needs; a request may need several (one for each key, item or table). */
export interface AwsCall {
  readonly principal: Principal;
  readonly service: 's3' | 'dynamodb' | 'sqs' | 'kms' | 'athena' | 'sts';
  /** The IAM action, e.g. `s3:GetObjectVersion`. */
  readonly action: string;
  readonly resource: string;
}

export type Verdict = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

export interface ObjectCreated {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly eTag: string;
  /** `null` (the word) in a bucket without versions, as S3 says. */
  readonly versionId: string;
  /** Hex, fixed width: later objects have greater sequencers. */
  readonly sequencer: string;
  readonly reason: 'PutObject' | 'CompleteMultipartUpload';
  /** The caller's account. */
  readonly requester: string;
  readonly at: Date;
}

/** An attribute in DynamoDB JSON, e.g. `{ S: 'tax' }`. */
type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

/** The shape of `DynamoDBRecord` of @types/aws-lambda. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly eventVersion: '1.1';
  readonly eventSource: 'aws:dynamodb';
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly Keys: Item;
    readonly NewImage?: Item;
    readonly OldImage?: Item;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
  };
  /** Only on deletions by TTL: `{ type: 'Service', principalId: 'dynamodb.amazonaws.com' }`. */
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
}

export interface AwsEndpointOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDir: string;
  readonly region: string;
  readonly account: string;
  readonly principals: { byAccessKey(id: string): Principal | undefined };
  /** The hub's clock: it may be moved forward, never back. */
  readonly clock: () => Date;
  /** What it showed before its latest steps, still moving: calls that began by these times go on. */
  readonly before?: () => readonly Date[];
  /** Until then everything is answered 503; without it, from the start. */
  readonly ready?: () => boolean;
  readonly authorize: (call: AwsCall) => Verdict;
  /**
   * Called after the object is durable, for several objects side by side and in no order, as S3 does. At least once:
   * what was not taken (a thrown error, a rejected promise, a killed process) is offered again.
   */
  onObjectCreated(event: ObjectCreated): void | Promise<void>;
  /**
   * Called with a table's records in the order of commits, the next ones after the last were taken; with the same
   * guarantee; only for tables with a stream.
   */
  onStreamRecords(tableName: string, records: readonly StreamRecord[]): void | Promise<void>;
}

interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: 'HASH' | 'RANGE';
}

/** The part of CreateTable that the local hub keeps its word on; anything else is a fault at creation. */
export interface TableDefinition {
  readonly TableName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: readonly KeyElement[];
    readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
  }[];
  readonly StreamSpecification?: { readonly StreamEnabled?: boolean; readonly StreamViewType?: string };
  readonly BillingMode?: string;
}

export interface AwsEndpoint {
  /** `http://127.0.0.1:{port}`, for S3 (path style), DynamoDB, SQS, KMS, STS and Athena. */
  readonly url: string;
  /** Keeps an existing table and its items; a different key or index of the same name is a fault. */
  createTable(table: TableDefinition): Promise<void>;
  /** Keeps an existing queue and its messages, with these attributes. */
  createQueue(name: string, attributes: Record<string, string>): Promise<{ url: string; arn: string }>;
  /** Moves a received message to its queue's dead-letter queue, as Lambda does with one that it will not pass on. */
  setAside(queueName: string, receiptHandle: string): void;
  /** Makes HMACs by SHA-256; the same in every run. Answers its ARN. */
  createMacKey(name: string): string;
  /** A work group that queries are started in. */
  createWorkGroup(name: string): void;
  /** A table that queries read. */
  defineTable(table: ProjectedTable): void;
  createBucket(name: string, options: { versioned: boolean }): Promise<void>;
  /** From now on, items whose numeric `attribute` (seconds since 1970) is past by the hub's clock are deleted. */
  ttl(tableName: string, attribute: string): void;
  close(): Promise<void>;
}

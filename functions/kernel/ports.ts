import type { DepartmentId } from '../../schemas/contracts/ids.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import type { About } from './about.ts';
import type { Taken } from './share.ts';

export interface Clock {
  /** UTC, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  now(): string;
}

export interface Ids {
  /** A new ULID: 26 characters, sortable by time of making. */
  next(): string;
}

export interface Answers {
  find(department: DepartmentId, routeId: string, key: string): Promise<StoredAnswer | undefined>;
}

/** What each department may call of the API, over all functions and environments. */
export interface Shares {
  /** Takes one call off a department's share, if there is room. */
  take(department: DepartmentId, at: string): Promise<Taken>;
}

export interface Timer {
  /** Calls `act` again and again until the returned function is called. */
  every(seconds: number, act: () => void): () => void;
}

/** Structured log: a fixed sentence, and about what. */
export interface Log {
  info(message: string, about?: About): void;
  warn(message: string, about?: About): void;
  error(message: string, about?: About): void;
  /** The same log, whose every line says this too. */
  with(about: About): Log;
}

/** What the hub counts. Names are the contract with alarms and dashboards. */
export type Count =
  | 'UploadsAccepted'
  | 'UploadsRefused'
  | 'RowsRead'
  | 'RowsAccepted'
  | 'RowsRejected'
  | 'DatasetsDerived'
  | 'BytesChecked'
  | 'DeliveriesPlanned'
  | 'DeliveriesReleased'
  | 'DeliveriesVoided'
  | 'NoticesSent'
  | 'NoticesFailed'
  | 'ContentRequests'
  | 'AttachmentRequests'
  | 'Receipts'
  | 'Lookups'
  /** Refused by a quota of their terms. */
  | 'LookupsOverQuota'
  | 'ComparisonsRun'
  /** Of comparisons in Athena: started in vain, failed or cancelled there. */
  | 'QueriesFailed'
  /** Keys whose change was told. */
  | 'KeysTold'
  /** Left behind by an event, a message or a notice that was lost, and taken up by a sweeper. */
  | 'SweptLate'
  /** Neither accepted nor refused after many tries. */
  | 'UploadStuck'
  /** Without a result or a refusal, or a look at watched keys without an end, after many tries. */
  | 'ComparisonStuck'
  /** Past their last day, each once; and of them the datasets that did not come. */
  | 'DutiesOverdue'
  | 'ProvisionsMissed'
  | 'ApiRefusals'
  | 'IdempotentReplays';

/** From the moment that a consumer's data could go out to the notice in its mailbox. */
export type Duration = 'DeliveryDelaySeconds';

/** Figures of the function as a whole: neither departments nor resources tell them apart. */
export interface Metrics {
  count(name: Count, value?: number): void;
  seconds(name: Duration, value: number): void;
}

/** What every capability has of its surroundings. */
export interface Hub {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Metrics;
  /** The hub's time zone (IANA name): validity and moments are its days and times. */
  readonly timeZone: string;
}

/** A record with the revision that a replacement must name. */
export interface Revised<T> {
  readonly value: T;
  readonly revision: number;
}

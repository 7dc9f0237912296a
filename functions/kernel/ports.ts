import type { StoredAnswer } from '../../schemas/contracts/answers.ts';
import type { DepartmentId } from '../../schemas/contracts/ids.ts';

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

/** Structured log: ids, codes and counts; never a value of a record. */
export interface Log {
  info(message: string, about?: Readonly<Record<string, unknown>>): void;
  warn(message: string, about?: Readonly<Record<string, unknown>>): void;
  error(message: string, about?: Readonly<Record<string, unknown>>): void;
}

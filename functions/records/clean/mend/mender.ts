import type { ReadyColumn } from './ready-column.ts';

/** What is known of a column beyond its field. */
export interface MendSettings {
  /** What comes first in dates such as 01/02/2026, as the other values of the column or its owner say. */
  readonly order?: 'day-first' | 'month-first' | undefined;
}

/** The value that a wrong one means; undefined where it cannot be told. Whether it is right is judged afterwards. */
export type Mender = (text: string, ready: ReadyColumn, settings: MendSettings) => string | undefined;

import type { Described } from './draft.ts';

/** Why a document gives no definition at all. */
export interface ImportRefusal {
  readonly refusal: ImportRefusalCode;
  readonly detail: string;
  /** Names to choose from, where a document describes several tables. */
  readonly choices?: readonly string[];
}

export type ImportRefusalCode =
  | 'not-understood'
  | 'unknown-version'
  | 'no-fields'
  | 'too-many-fields'
  | 'no-table'
  | 'choose-table'
  | 'no-such-table'
  | 'schema-elsewhere';

export type Outcome = Described | ImportRefusal;

export const isRefusal = (outcome: Outcome): outcome is ImportRefusal => 'refusal' in outcome;

import { placeOf, type Agreement } from '../../schemas/contracts/agreements.ts';

/** One coming into force of an agreement: by the filing of terms, or because nobody suspends it any more. */
export interface Activation {
  /** Its place in the agreement's history, from 1: a later one has a higher number, whatever clocks say. */
  readonly number: number;
  readonly at: string;
  /** The dataset that was in force then, 0 before the first; undefined of what was filed before the hub wrote it down. */
  readonly datasetVersion?: number | undefined;
}

/** How an agreement that is active came to be so. A history only grows, so that every reader of one state finds the same. */
export function activationOf({ history }: Pick<Agreement, 'history'>): Activation | undefined {
  const index = history.findLastIndex(({ action }) => action === 'file' || action === 'resume');
  const entry = history[index];
  return entry && { number: placeOf(entry, index), at: entry.at, datasetVersion: entry.datasetVersion };
}

import type { Agreement, HistoryEntry } from '../../../schemas/contracts/agreements.ts';
import type { StoredDataset } from '../../../schemas/stored/datasets.ts';
import { startOfDay, isPast } from '../../kernel/time.ts';
import { filingOf } from '../../reading/agreement.ts';
import { termsOf } from '../../reading/terms.ts';
import { activationOf } from '../../reading/activation.ts';
import { isChain } from './chain.ts';

/**
 * From which dataset on an agreement is owed what comes: the one that was in force at an act, and every later one. The act's
 * own transaction wrote down its number, so that neither two machines' clocks nor the lag of an event have a say in it.
 */
export interface Start {
  /** The instant of the act, or of the first day of validity if that is later. */
  readonly at: string;
  /** The dataset that was in force at the act, 0 before the first; undefined where nobody wrote it down. */
  readonly datasetVersion: number | undefined;
  /** Whether what was committed up to `at` counts as well: a day is no act, and older filings have no number. */
  readonly byClock: boolean;
}

/**
 * Where what goes out under an agreement begins: with its last coming into force; of a chain of changes, whose edits a
 * suspension must not break, with the filing of its terms.
 */
export function startOf(agreement: Agreement, timeZone: string): Start {
  return sinceAct(agreement, isChain(agreement) ? filingOf(agreement) : activationOf(agreement), timeZone);
}

/** Of records that enter, each of which comes once, whatever is amended or suspended meanwhile: the first filing. */
export const startOfEntering = (agreement: Agreement, timeZone: string): Start =>
  sinceAct(
    agreement,
    agreement.history.find(({ action }) => action === 'file'),
    timeZone,
  );

function sinceAct(
  agreement: Agreement,
  act: Pick<HistoryEntry, 'at' | 'datasetVersion'> | undefined,
  timeZone: string,
): Start {
  if (!act) throw new Error(`agreement ${agreement.agreementId} was not filed at terms ${agreement.termsVersion}`);
  const opening = startOfDay(termsOf(agreement).validFrom, timeZone);
  const opensLater = !isPast(opening, act.at);
  return {
    at: opensLater ? opening : act.at,
    datasetVersion: act.datasetVersion,
    byClock: opensLater || act.datasetVersion === undefined,
  };
}

/** Whether a dataset is the one that a start begins with, or one that it superseded. */
export const isUpTo = (
  { datasetVersion, committedAt }: Pick<StoredDataset, 'datasetVersion' | 'committedAt'>,
  start: Start,
): boolean => datasetVersion <= (start.datasetVersion ?? 0) || (start.byClock && isPast(committedAt, start.at));

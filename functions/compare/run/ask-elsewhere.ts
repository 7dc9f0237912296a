import { Fault } from '../../kernel/fault.ts';
import type { Timer } from '../../kernel/ports.ts';
import { literalsOf, placeOf, QUERIES_A_RUN, tablesOf, unloaded } from '../domain/elsewhere.ts';
import type { Running } from '../domain/begin.ts';
import type { RepresentedElsewhere } from '../ports.ts';
import type { Compare, Warehouse } from '../stores.ts';
import type { Basis } from './basis.ts';
import type { RunLease } from './keep-lease.ts';

/** No query of the run came to an end that it could use; there is no result, and none in part. */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
}

/** A query goes on beyond the time of the function that started it; another run finds it. */
export class QueryUnderWay extends Error {
  override readonly name = 'QueryUnderWay';
}

const POLL_SECONDS = 5;
/** Ten minutes of the function's fifteen: the rest is for reading the list before, and writing the result. */
const MOST_POLLS = 120;

type Ports = Pick<Compare, 'staging' | 'timer' | 'metrics' | 'log'> & { readonly warehouse: Warehouse };

/** Whether what a list is compared with is more than the function's own disk is to hold. */
export const isElsewhere = ({ mostBytesHere }: Pick<Compare, 'mostBytesHere'>, { representation }: Basis): boolean =>
  representation.object.bytes > mostBytesHere;

/**
 * A representation that lies in the store: statements run there. The token of a query is made of what it is about, so a run
 * that takes up a dead one finds the query that it started, under way or done. They read by place, not by version: the run holds
 * the representation, whose place has been written once, and rows count only if it was still that version afterwards.
 */
export const askedElsewhere = (
  { warehouse, staging, timer, metrics, log }: Ports,
  { comparisonId, datasetVersion }: Running,
  { representation }: Basis,
  { folder, lease }: { readonly folder: string; readonly lease: RunLease },
): RepresentedElsewhere => ({
  columns: representation.columns,
  rows: representation.rows,
  async ask(statementOf, keys) {
    const place = placeOf(comparisonId, datasetVersion);
    const statement = statementOf(tablesOf(warehouse.database, place, representation));
    const parameters = literalsOf(statement);
    if (!parameters) throw new QueryFailed('a condition of the agreement is longer than a query takes');
    await warehouse.stage(place, keys);
    for (let number = 1; number <= QUERIES_A_RUN; number++) {
      const rows = `${place}/${number}`;
      const sql = unloaded(statement.sql, `${warehouse.rowsAt}${rows}/`);
      const query = await warehouse.start({ token: `comparison-${rows.replace('/', '-')}`, sql, parameters });
      if (query !== undefined && (await succeeds(warehouse, timer, query, lease.signal))) {
        if (!(await staging.isInPlace(representation.object)))
          throw new Fault(`what stands at the place of dataset ${datasetVersion} is not what was committed`);
        return warehouse.fetch(rows, folder);
      }
      metrics.count('QueriesFailed');
      log.warn('query failed', { comparisonId, datasetVersion, code: 'query-failed' });
    }
    throw new QueryFailed(`${QUERIES_A_RUN} queries failed`);
  },
});

/**
 * @throws `signal.reason` once the signal is aborted, QueryUnderWay where it takes too long; the query goes on, for whoever
 * has the run next
 */
async function succeeds(warehouse: Warehouse, timer: Timer, query: string, signal: AbortSignal): Promise<boolean> {
  for (let polls = 0; polls < MOST_POLLS; polls++) {
    signal.throwIfAborted();
    const state = await warehouse.stateOf(query);
    if (state !== 'running') return state === 'done';
    await pause(timer, POLL_SECONDS);
  }
  throw new QueryUnderWay('the query takes longer than this run');
}

const pause = (timer: Timer, seconds: number): Promise<void> =>
  new Promise((resolve) => {
    const stop = timer.every(seconds, () => {
      stop();
      resolve();
    });
  });

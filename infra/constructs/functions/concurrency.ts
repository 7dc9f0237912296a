import type { FunctionName } from '../../bundle/catalogue.ts';

/** From the settings: how much of the heavy kinds of work goes on at once. */
export interface Load {
  readonly checksAtOnce: number;
  readonly deliveriesAtOnce: number;
  readonly comparisonsAtOnce: number;
}

/**
 * How many runs of a function there may be at once. Reserved concurrency is a share of the account's (1,000 by default,
 * of which 100 must stay unreserved) that others cannot take and that the function cannot exceed, so:
 *
 * - a flood of calls to one capability leaves the others their own 50 or 100; at 50 calls a second (the share of one
 *   department) and half a second a call, 25 are busy, and what is refused takes a few milliseconds. Reading deliveries is
 *   what consumers do most, hence twice as many there.
 * - `receive` takes a burst of 1,000 objects in seconds with 20 and 100 ms each; EventBridge keeps the rest.
 * - `check`, `deliver` and `compare` run at most as many as their queues hand out (two each), and have one or two spare for a run that is
 *   just ending, or Lambda's poller would be throttled and count that as a try.
 * - `router` reads one batch of a shard at a time; a table of this size has few shards.
 * - those who react to what it tells have as many as their queues hand out, ten events in each, and two spare: `dispatch`
 *   10, so that a hundred agreements of a morning's filing are looked at together; what the others do takes a few calls.
 * - what is asked for now and then (demands, duties, comparisons, reports) has 30 each.
 * - what runs every minute may overlap once, when a run takes longer than a minute; more at once help nobody.
 *
 * With the default load 604 are reserved.
 */
export const reservedConcurrency = ({
  checksAtOnce,
  deliveriesAtOnce,
  comparisonsAtOnce,
}: Load): Readonly<Record<FunctionName, number>> => ({
  'catalog-api': 50,
  'agreements-api': 50,
  'demands-api': 30,
  'duties-api': 30,
  'reports-api': 30,
  'intake-api': 50,
  'delivery-api': 100,
  'lookup-api': 50,
  'compare-api': 30,
  'derive-api': 10,
  receive: 20,
  check: 2 * checksAtOnce + 2,
  deliver: 2 * deliveriesAtOnce + 2,
  'compare-receive': 5,
  compare: 2 * comparisonsAtOnce + 2,
  router: 10,
  dispatch: 12,
  notices: 7,
  'intake-follow': 7,
  represent: 6,
  derive: 6,
  'notices-sweep': 2,
  'agreements-clock': 2,
  'catalog-spread': 2,
  'duties-watch': 2,
  'reports-count': 2,
  'intake-sweep': 2,
  'represent-sweep': 2,
  'derive-sweep': 2,
  'delivery-sweep': 2,
  'compare-sweep': 2,
  release: 2,
  definitions: 1,
});

import type { Comparison } from '../../../schemas/contracts/comparisons.ts';
import { awaitEnd } from '../../node/compare.ts';
import { comparisonStages, comparisonStates } from '../../words/comparisons.ts';
import { count } from '../../words/quantity.ts';
import { either, say } from '../../words/speech.ts';
import { type Fetched, fetchedScreen } from '../mailbox/fetched-screen.ts';
import type { Connected } from '../terminal/connect.ts';
import type { Context } from '../terminal/context.ts';
import { exit } from '../terminal/failure.ts';
import { comparisonScreen } from './comparisons-screen.ts';

/** A week of patience: what takes longer has expired. */
const WAIT_SECONDS = 7 * 86_400;

/** A comparison that has ended with a result, and the delivery that it is. */
export interface WithResult {
  readonly comparison: Comparison;
  readonly deliveryId: string;
}

/** Waits for the end; where that is without a result it is told, and undefined answered. */
export async function awaitResult(
  context: Context,
  { client }: Connected,
  comparisonId: string,
): Promise<WithResult | undefined> {
  const progress = context.progress(either(context.look, 'comparing', '比对'));
  const comparison = await awaitEnd(client, comparisonId, {
    seconds: WAIT_SECONDS,
    signal: context.stopping,
    onLook: (now) => progress.retitle(howFar(context, now)),
  }).finally(() => progress.end());
  const deliveryId = comparison.state === 'done' ? comparison.deliveryId : undefined;
  if (deliveryId !== undefined) return { comparison, deliveryId };
  context.print(comparison, comparisonScreen);
  if (comparison.state !== 'done') context.leaveWith(exit.refused);
  return undefined;
}

function howFar({ look }: Context, comparison: Comparison): string {
  const state = say(comparisonStates[comparison.state], look);
  if (comparison.state !== 'running' || !comparison.progress) return state;
  const { stage, records } = comparison.progress;
  return [state, say(comparisonStages[stage], look), records === undefined ? '' : count(records)]
    .filter(Boolean)
    .join(' ');
}

/** What a comparison came to, and where its result is. */
export const printResult = (context: Context, { comparison }: WithResult, result: Fetched): void =>
  context.print({ comparison, result }, (both, look) =>
    [comparisonScreen(both.comparison, look), '', fetchedScreen(both.result, look)].join('\n'),
  );

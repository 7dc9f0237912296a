import type { Reconciliation } from '../../../schemas/contracts/reconciliations.ts';
import { comparisonKindNames } from '../../words/comparisons.ts';
import { moment } from '../../words/quantity.ts';
import { periods, reconciliationEnds, reconciliationStates } from '../../words/reconciliations.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, dim, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

export function reconciliationsScreen({ items }: { readonly items: readonly Reconciliation[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No standing order to compare.', '没有定期比对。'), look);
  return table(
    items,
    [
      { head: either(look, 'order', '定期比对'), value: ({ reconciliationId }) => reconciliationId, id: true },
      { head: word('state', look), value: ({ state }) => say(reconciliationStates[state], look) },
      { head: word('kinds', look), value: ({ kind }) => say(comparisonKindNames[kind], look) },
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: either(look, 'list', '清单'), value: ({ list }) => list?.resourceId ?? '', flexible: true },
      { head: either(look, 'every', '周期'), value: (order) => periodOf(order, look) },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
    ],
    look,
  );
}

const periodOf = ({ every, at }: Reconciliation, look: Look): string =>
  [say(periods[every], look), every === 'on-arrival' ? '' : at].filter(Boolean).join(' ');

/** One order, as whoever asks may see it. */
export const reconciliationScreen = (order: Reconciliation, look: Look): string =>
  [facts(entries(order, look), look), ...nextOf(order, look)].join('\n');

const entries = (order: Reconciliation, look: Look): (readonly [string, string | undefined])[] => [
  [either(look, 'order', '定期比对'), order.reconciliationId],
  [word('state', look), stateOf(order, look)],
  [word('kinds', look), say(comparisonKindNames[order.kind], look)],
  [word('resource', look), order.resourceId],
  [either(look, 'list', '清单'), order.list?.resourceId],
  [either(look, 'every', '周期'), periodOf(order, look)],
  [word('agreement', look), order.agreementId],
  [word('consumer', look), order.consumer],
  [word('provider', look), order.provider],
  [word('purpose', look), order.purpose],
  [word('at', look), moment(order.orderedAt)],
  [either(look, 'not before', '最早下次'), order.state === 'active' ? moment(order.dueAt) : undefined],
  [either(look, 'last run', '最近一次'), order.lastRun],
  [word('why', look), order.state === 'ended' ? say(reconciliationEnds[order.end], look) : undefined],
];

const stateOf = (order: Reconciliation, look: Look): string =>
  [say(reconciliationStates[order.state], look), order.state === 'ended' ? moment(order.finishedAt) : '']
    .filter(Boolean)
    .join('  ');

function nextOf({ reconciliationId, lastRun }: Reconciliation, look: Look): string[] {
  if (lastRun === undefined) return [];
  const command = `hub reconcile runs ${reconciliationId}`;
  return [`${bold(word('next', look), look)}  ${either(look, `its runs: ${command}`, `历次比对：${command}`)}`];
}

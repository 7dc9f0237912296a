import type { HistoryEntry } from '../../../schemas/contracts/agreements.ts';
import { actionWords } from '../../words/actions.ts';
import { moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { table, type Column } from '../terminal/table.ts';

/** What was done and said in an agreement, as it stands within the screen of the agreement. */
export const historyTable = (entries: readonly HistoryEntry[], look: Look): string =>
  table(entries, columns(look), look);

/** The whole history by itself: each entry with its place, from 1. */
export const historyScreen = ({ items }: { readonly items: readonly HistoryEntry[] }, look: Look): string =>
  table(
    items,
    [{ head: word('number', look), value: ({ number }) => String(number ?? ''), right: true }, ...columns(look)],
    look,
  );

const columns = (look: Look): Column<HistoryEntry>[] => [
  { head: word('at', look), value: ({ at }) => moment(at) },
  { head: word('by', look), value: ({ by }) => by },
  { head: word('step', look), value: ({ action }) => say(actionWords[action], look) },
  { head: word('terms', look), value: ({ termsVersion }) => (termsVersion === undefined ? '' : `v${termsVersion}`) },
  { head: word('reason', look), value: (entry) => remarkOf(entry, look), flexible: true },
];

const remarkOf = ({ reason, filingNumber, byOffer, resourceVersion }: HistoryEntry, look: Look): string => {
  if (byOffer) return either(look, 'by the standing offer', '依据长期共享承诺');
  if (resourceVersion !== undefined) return `${word('resource', look)} v${resourceVersion}`;
  return reason ?? filingNumber ?? '';
};

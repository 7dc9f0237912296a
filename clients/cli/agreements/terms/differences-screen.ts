import type { Difference, Differences } from '../../../../schemas/contracts/views.ts';
import { differenceKinds } from '../../../words/kinds.ts';
import { either, say, word } from '../../../words/speech.ts';
import { dim, type Look } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';

/** What differs between two terms versions: one place a line, nothing cut in a pipe. */
export function differencesScreen({ items, from, to }: Differences, look: Look): string {
  if (items.length === 0) return dim(either(look, 'They say the same.', '两者内容相同。'), look);
  return table(
    items,
    [
      { head: word('terms', look), value: ({ path }) => path.replace(/^\/terms\//, '').replaceAll('/', ' ') },
      { head: word('change', look), value: ({ kind }) => say(differenceKinds[kind], look) },
      { head: `v${from}`, value: (difference) => valueText(difference, 'from'), flexible: true },
      { head: `v${to}`, value: (difference) => valueText(difference, 'to'), flexible: true },
    ],
    look,
  );
}

function valueText(difference: Difference, side: 'from' | 'to'): string {
  const value = difference[side];
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

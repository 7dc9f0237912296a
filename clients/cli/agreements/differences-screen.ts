import type { Difference, DifferenceKind, Differences } from '../../../schemas/contracts/views.ts';
import { dim, type Look } from '../look.ts';
import { table } from '../table.ts';
import { either, word } from '../screens/words.ts';

const kinds: Readonly<Record<DifferenceKind, readonly [en: string, zh: string]>> = {
  added: ['added', '新增'],
  removed: ['removed', '删除'],
  changed: ['changed', '改为'],
  reordered: ['reordered', '次序不同'],
};

/** What differs between two terms versions: one place a line, nothing cut in a pipe. */
export function differencesScreen({ items, from, to }: Differences, look: Look): string {
  if (items.length === 0) return dim(either(look, 'They say the same.', '两者内容相同。'), look);
  return table(
    items,
    [
      { head: word('terms', look), value: ({ path }) => path.replace(/^\/terms\//, '').replaceAll('/', ' ') },
      { head: word('change', look), value: ({ kind }) => either(look, ...kinds[kind]) },
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

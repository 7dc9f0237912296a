import type { ResourceSummary } from '../../../schemas/contracts/resources.ts';
import { dim, type Look } from '../look.ts';
import { table } from '../table.ts';
import { either, word } from './words.ts';

export function resourcesScreen({ items }: { readonly items: readonly ResourceSummary[] }, look: Look): string {
  if (items.length === 0)
    return dim(either(look, 'Nothing in the catalog is like that.', '目录中没有这样的信息资源。'), look);
  return table(
    items,
    [
      { head: word('id', look), value: ({ resourceId }) => resourceId },
      { head: word('title', look), value: (row) => titleOf(row, look), flexible: true },
      { head: word('provider', look), value: ({ provider }) => provider },
      { head: word('share', look), value: ({ shareType }) => shareType },
      { head: word('update', look), value: ({ updateCycle }) => updateCycle },
      { head: word('themes', look), value: ({ themes }) => themes.join(', '), flexible: true },
      { head: word('version', look), value: ({ version }) => String(version), right: true },
    ],
    look,
  );
}

const titleOf = ({ title, titleEn }: ResourceSummary, { lang }: Look): string =>
  lang === 'zh' || titleEn === undefined ? title : `${titleEn} ${title}`;

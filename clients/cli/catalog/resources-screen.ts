import type { ResourceSummary } from '../../../schemas/contracts/resources.ts';
import { moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { dim, type Look } from '../terminal/look.ts';
import { table, type Column } from '../terminal/table.ts';

export function resourcesScreen({ items }: { readonly items: readonly ResourceSummary[] }, look: Look): string {
  if (items.length === 0)
    return dim(either(look, 'Nothing in the catalog is like that.', '目录中没有这样的信息资源。'), look);
  // What hardly any resource has is a column where one of them has it.
  const occasional = [code(look), ends(look)].filter(({ value }) => items.some((item) => value(item) !== ''));
  return table(items, [...always(look), ...occasional], look);
}

const always = (look: Look): Column<ResourceSummary>[] => [
  { head: word('id', look), value: ({ resourceId }) => resourceId },
  { head: word('title', look), value: (row) => titleOf(row, look), flexible: true },
  { head: word('provider', look), value: ({ provider }) => provider },
  { head: word('share', look), value: ({ shareType }) => shareType },
  { head: word('update', look), value: ({ updateCycle }) => updateCycle },
  { head: word('themes', look), value: ({ themes }) => themes.join(', '), flexible: true },
  { head: word('version', look), value: ({ version }) => String(version), right: true },
];

const code = (look: Look): Column<ResourceSummary> => ({
  head: either(look, 'code', '资源代码'),
  value: ({ category, resourceCode }) => resourceCode ?? category ?? '',
});

/** When it was retired, or will be. */
const ends = (look: Look): Column<ResourceSummary> => ({
  head: either(look, 'retired', '下架'),
  value: ({ deprecation, retiredAt }) => {
    if (retiredAt !== undefined) return moment(retiredAt);
    return deprecation ? either(look, `on ${deprecation.retireOn}`, `将于 ${deprecation.retireOn}`) : '';
  },
});

const titleOf = ({ title, titleEn }: ResourceSummary, { lang }: Look): string =>
  lang === 'zh' || titleEn === undefined ? title : `${titleEn} ${title}`;

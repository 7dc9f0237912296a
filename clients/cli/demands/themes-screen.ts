import type { Theme } from '../../../schemas/contracts/themes.ts';
import { demandLabels } from '../../words/demands.ts';
import { either, say, word } from '../../words/speech.ts';
import { dim, green, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

export function themesScreen({ items }: { readonly items: readonly Theme[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No such theme.', '没有这样的主题。'), look);
  return table(
    items,
    [
      { head: say(demandLabels.theme, look), value: ({ themeId }) => themeId },
      { head: word('name', look), value: (theme) => nameOf(theme, look), flexible: true },
      { head: say(demandLabels.lead, look), value: ({ lead }) => lead },
      { head: say(demandLabels.members, look), value: ({ members }) => String(members.length), right: true },
      { head: word('purpose', look), value: ({ purpose }) => purpose, flexible: true },
    ],
    look,
  );
}

export const themeScreen = (theme: Theme, look: Look): string =>
  facts(
    [
      [say(demandLabels.theme, look), theme.themeId],
      [word('name', look), nameOf(theme, look)],
      [say(demandLabels.lead, look), theme.lead],
      [say(demandLabels.members, look), theme.members.join(', ')],
      [word('purpose', look), theme.purpose],
    ],
    look,
  );

export function definedScreen(theme: Theme, look: Look): string {
  const { themeId, lead, members } = theme;
  const said = either(
    look,
    `Theme ${themeId} is led by ${lead} and has ${members.length} members.`,
    `主题 ${themeId} 由 ${lead} 牵头，成员 ${members.length} 个。`,
  );
  return `${green(said, look)}\n${word('next', look)}  hub demand state --in ${themeId} --title … --fields …`;
}

const nameOf = ({ name, nameEn }: Theme, { lang }: Look): string =>
  lang === 'zh' || nameEn === undefined ? name : `${nameEn} ${name}`;

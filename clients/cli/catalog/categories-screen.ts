import type { Category } from '../../../schemas/contracts/categories.ts';
import { word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

/** The tree, each level further in. */
export const categoriesScreen = ({ items }: { readonly items: readonly Category[] }, look: Look): string =>
  table(
    items,
    [
      { head: word('category', look), value: ({ code }) => `${'  '.repeat(code.split('-').length - 1)}${code}` },
      { head: word('name', look), value: ({ name }) => name },
      { head: word('english', look), value: ({ nameEn }) => nameEn, flexible: true },
    ],
    look,
  );

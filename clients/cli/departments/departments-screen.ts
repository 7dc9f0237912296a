import type { Department } from '../../../schemas/contracts/hub.ts';
import { word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

export const departmentsScreen = ({ items }: { readonly items: readonly Department[] }, look: Look): string =>
  table(
    items,
    [
      { head: word('id', look), value: ({ id }) => id },
      { head: word('name', look), value: ({ name }) => name, flexible: true },
      { head: word('english', look), value: ({ nameEn }) => nameEn, flexible: true },
      { head: word('roles', look), value: ({ roles }) => roles.join(', ') },
    ],
    look,
  );

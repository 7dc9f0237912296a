import type { Kind } from '../../kinds/codes.ts';
import { narrow, withoutInvisible, withoutOuterBlanks } from '../../kinds/texts.ts';
import type { Mender } from './mender.ts';

/** Nothing, where the field has a sign for it. */
const nothing: Mender = (_, { column, forms }) => (column.required || forms.lacksMissing ? undefined : forms.missing);

export const TEXT_MENDERS: Readonly<Partial<Record<Kind, Mender>>> = {
  'missing-word': nothing,
  'blanks-only': nothing,
  'formula-text': (text) => text.slice(2, -1),
  apostrophe: (text) => text.slice(1),
  'outer-blanks': withoutOuterBlanks,
  'invisible-characters': withoutInvisible,
  'full-width': narrow,
};

/** What a value is written in, apart from what it says: a value may have this fault and one of another kind. */
export const plainly = (text: string): string => withoutOuterBlanks(narrow(withoutInvisible(text)));

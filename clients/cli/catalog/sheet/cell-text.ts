import { unfitFor } from '../../../../schemas/contracts/characters.ts';

/** A text that comes back out of a cell as it was, and that a person sees as it is. */
export const isText = (text: string | undefined): text is string =>
  text !== undefined && text !== '' && text === text.trim() && !unfitFor('paragraph').test(text);

/** Between the parts of a list; people may write others. */
export const SEPARATOR = '; ';
const SEPARATORS = /[;；,，、\n]/;

/** A list whose parts come back out of a cell as they were. */
export const isList = (parts: readonly string[]): boolean =>
  parts.length > 0 && parts.every((part) => isText(part) && !SEPARATORS.test(part));

export const partsOf = (text: string): string[] =>
  text
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => part !== '');

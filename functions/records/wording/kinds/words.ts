import type { Words } from '../../../../schemas/words/language.ts';

export interface KindWords {
  /** What follows "look like". */
  readonly like: Words;
  readonly todo: Words;
  /** A value, or a record, that is wrong in this way. */
  readonly example: string;
}

export const kind = (like: Words, todo: Words, example: string): KindWords => ({ like, todo, example });

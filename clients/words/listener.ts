import type { Language, Words } from '../../schemas/words/language.ts';

/** Whoever is spoken to. */
export interface Listener {
  readonly lang: Language;
}

export const say = (words: Words, { lang }: Listener): string => words[lang];

/** A sentence that stands nowhere else. */
export const either = (listener: Listener, en: string, zh: string): string => say({ en, zh }, listener);

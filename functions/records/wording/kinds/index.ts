import type { Kind } from '../../kinds/codes.ts';
import { CODES } from './codes.ts';
import { DATES } from './dates.ts';
import { NUMBERS } from './numbers.ts';
import { RECORDS } from './records.ts';
import { TEXTS } from './texts.ts';
import type { KindWords } from './words.ts';

/** A kind without words does not compile. */
export const KIND_WORDS: Readonly<Record<Kind, KindWords>> = { ...DATES, ...NUMBERS, ...CODES, ...TEXTS, ...RECORDS };

export const isKind = (code: string): code is Kind => Object.hasOwn(KIND_WORDS, code);

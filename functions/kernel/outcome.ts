import type { Violation } from '../../schemas/contracts/problem.ts';

/** The caller may not, or the state forbids it: an answer, not an accident. Accidents (faults) are thrown. */
export interface Refusal<Code extends string> {
  readonly code: Code;
  /** Replaces the code's standing explanation where the case can say more. */
  readonly detail?: string;
  readonly violations?: readonly Violation[];
  /** After so many milliseconds it may be tried again: told as `retry-after`. */
  readonly waitMs?: number;
}

export type Outcome<T, Code extends string = never> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal<Code> };

export const done = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = <const Code extends string>(
  code: Code,
  more: Omit<Refusal<Code>, 'code'> = {},
): { readonly ok: false; readonly refusal: Refusal<Code> } => ({ ok: false, refusal: { code, ...more } });

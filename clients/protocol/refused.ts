import type { Problem } from '../../schemas/contracts/problem.ts';
import type { RefusalCode } from '../../schemas/words/refusals.ts';

/** What the hub refused, in its own words. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly problem: Problem;
  /** After so many milliseconds, counted from the answer, it may be tried again; where the hub says so. */
  readonly waitMs: number | undefined;

  constructor(problem: Problem, waitMs?: number) {
    const places = (problem.violations ?? [])
      .map(({ path, rule, message }) => `\n  ${path} ${rule}: ${message}`)
      .join('');
    super(`${problem.status} ${problem.code}: ${problem.detail}${places}`);
    this.problem = problem;
    this.waitMs = waitMs;
  }
}

/** No answer, or none that a hub gives: wrong address, nothing running there, no network. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  readonly api: string;
  readonly why: string;

  constructor(api: string, why: string, options?: ErrorOptions) {
    super(`the hub at ${api} cannot be reached: ${why}`, options);
    this.api = api;
    this.why = why;
  }
}

/** Whether the hub refused with one of these codes. */
export const isRefusal = (fault: unknown, ...codes: readonly RefusalCode[]): fault is RefusedError =>
  fault instanceof RefusedError && codes.some((code) => code === fault.problem.code);

/** `fetch failed` says nothing: what lies beneath does. */
export function reasonOf(fault: unknown): string {
  let innermost = fault;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return String(innermost);
  const { code } = innermost as { code?: unknown };
  return innermost.message || (typeof code === 'string' ? code : innermost.name);
}

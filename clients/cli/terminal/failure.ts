/** What the exit code of `hub` tells a script. */
export const exit = {
  ok: 0,
  /** The hub refused, or the work failed. */
  refused: 1,
  /** Wrong options or arguments. */
  usage: 2,
  /** The hub cannot be reached. */
  unreachable: 3,
  /** What was checked has a negative verdict (`check`, `upload`, `records post --wait`, `publish --compare`). */
  verdict: 4,
  /** The upload is held: it waits for its provider's word. */
  held: 5,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

export interface FailureText {
  /** One sentence: what did not work. */
  readonly what: string;
  readonly why?: string;
  /** What to do next; a line each. */
  readonly next?: readonly string[];
  /** Stable, for `--json`. */
  readonly code?: string;
  readonly exit?: ExitCode;
}

/** A command's own failure, told as: what, why, what to do next. A refusal of the hub is a `RefusedError` instead. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly text: FailureText;

  constructor(text: FailureText, options?: ErrorOptions) {
    super(text.what, options);
    this.text = text;
  }
}

/** Options or arguments that do not go together, or are missing. */
export const wrongUsage = (what: string, ...next: readonly string[]): Failure =>
  new Failure({ what, next, code: 'usage', exit: exit.usage });

import type { Language, Words } from '../../../schemas/words/language.ts';
import type { Asked } from './ask.ts';
import type { Connected } from './connect.ts';
import type { ExitCode } from './failure.ts';
import type { Look, Screen } from './look.ts';

/**
 * What every command works with. A command is thin: ask the hub, hand the data to `print` with a screen.
 * It throws `Failure` (clients/cli/terminal/failure.ts) or lets `RefusedError` pass; main.ts tells them and sets the exit code.
 * Everything here is read when it is asked for, so that a context can be handed to commands before options are parsed.
 */
export interface Context {
  /** `--json`: one document, or NDJSON for streams; texts for people are then left out. */
  readonly json: boolean;
  readonly lang: Language;
  /** How standard output looks. */
  readonly look: Look;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C or SIGTERM: finish what is under way, then leave. */
  readonly stopping: AbortSignal;

  /** The hub that options, environment, profile or `.hub/hub.json` name; offline commands never call it. The signal ends calls that are under way. */
  connect(signal?: AbortSignal): Promise<Connected>;

  /**
   * The result on standard output: the data as one indented JSON document, or the screen. A screen gets the data with every
   * text in one line and nothing in it that acts on a terminal (`printable.ts`); what it takes from elsewhere it takes
   * through `shown`.
   */
  print<T>(data: T, screen: Screen<T>): void;
  /** Data that go on as they are, into a file for example: JSON, with `--json` or without. */
  document(data: unknown): void;
  /** One item of a stream on standard output: a line of NDJSON, or the screen. */
  emit<T>(data: T, screen: Screen<T>): void;
  /**
   * Before what cannot be undone: asks whoever sits at the terminal. Without one, with `--json` and with `--yes` nobody is
   * asked. What the question takes from elsewhere it takes through `shown`.
   * @throws Failure where the answer is not yes; nothing was done then
   */
  confirm(question: Words): Promise<void>;
  /** A remark for people on standard error; nothing with `--json`. Data in it come through `shown`. */
  say(text: string): void;
  /** Asks whoever sits at the terminal; undefined where nobody does, or nothing is answered. */
  ask(asked: Asked): Promise<string | undefined>;
  /**
   * A line on standard error that follows long work; only on a terminal, otherwise silent.
   * With a total (bytes) it shows bar, rate and remaining time; without one, the time that has passed.
   */
  progress(title: string, totalBytes?: number): Progress;
  /** The exit code to leave with, where it is not an error: a negative verdict. */
  leaveWith(code: ExitCode): void;
}

export interface Progress {
  /** Bytes done so far. */
  update(doneBytes: number): void;
  retitle(title: string): void;
  /** Removes the line. */
  end(): void;
}

import type { Listener } from '../../words/speech.ts';

/** How a screen is to look: what a pure function must know to turn data into text. */
export interface Look extends Listener {
  /** A terminal: tables may be fitted to its width. Otherwise plain columns, nothing cut. */
  readonly tty: boolean;
  readonly color: boolean;
  /** Width of the terminal; without one it does not matter. */
  readonly columns: number;
}

/** A screen: data in, text out, without the last line end. */
export type Screen<T> = (data: T, look: Look) => string;

/** What the colours below write. */
// oxlint-disable-next-line no-control-regex -- the escape sequences of colours
export const COLOURS = /\u001b\[(?:1|2|22|31|32|33|39)m/g;

const paint = (open: number, close: number) => (text: string, look: Look) =>
  look.color ? `\u001b[${open}m${text}\u001b[${close}m` : text;

export const bold = paint(1, 22);
export const dim = paint(2, 22);
export const red = paint(31, 39);
export const green = paint(32, 39);
export const yellow = paint(33, 39);

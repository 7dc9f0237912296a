import { count } from '../../../words/quantity.ts';
import { texts } from '../../../words/verdict.ts';
import { bold, type Look } from '../../terminal/look.ts';
import { pad, widthOf } from '../../terminal/text-width.ts';
import type { VerdictView } from './verdict-view.ts';

/** The two numbers of rows that an upload is held for, side by side, and the limit; nothing once that is decided. */
export function heldScreen({ judged: { state, held } }: VerdictView, look: Look): string {
  if (state !== 'held' || !held) return '';
  const t = texts(look.lang);
  const { previousRows, rows, limit } = held;
  const difference = previousRows === 0 ? count(rows) : percent((rows - previousRows) / previousRows);
  const entries: readonly (readonly [string, string])[] = [
    [t.inForce, t.rows(count(previousRows))],
    [t.asSent, t.rows(count(rows))],
    [t.difference, t.beyond(difference, percent(limit).replace('+', ''))],
  ];
  const width = Math.max(...entries.map(([name]) => widthOf(name)));
  return entries.map(([name, text]) => `${bold(pad(name, width), look)}  ${text}`).join('\n');
}

/** With its sign: `+12.5 %`, `−50 %`. */
const percent = (share: number): string =>
  `${share < 0 ? '−' : '+'}${Number((Math.abs(share) * 100).toPrecision(3))} %`;

import type { Violation } from '../../../schemas/contracts/problem.ts';
import { word } from '../../words/speech.ts';
import { bold, dim, red, type Look } from './look.ts';
import { pad, widthOf } from './text-width.ts';
import type { Told } from './told.ts';

/** A failure for people: what, why, every violation, what to do next. */
export function toldScreen({ what, why, status, code, violations = [], next }: Told, look: Look): string {
  const [first, second] = [word('why', look), word('next', look)];
  const width = Math.max(widthOf(first), widthOf(second));
  const labelled = (label: string, text: string) => `  ${bold(pad(label, width), look)}  ${text}`;
  const origin = status === undefined ? '' : dim(` (${status} ${code})`, look);
  return [
    `${red('hub:', look)} ${what}${origin}`,
    ...(why === undefined || why === '' ? [] : [labelled(first, why)]),
    ...violationLines(violations, look),
    ...next.map((step, index) => labelled(index === 0 ? second : '', step)),
  ].join('\n');
}

/** Where, which rule, what to do about it: one violation a line, nothing cut. */
function violationLines(violations: readonly Violation[], look: Look): string[] {
  const width = Math.max(0, ...violations.map(({ path }) => widthOf(path)));
  return violations.map(
    ({ path, rule, message }) => `    ${bold(pad(path, width), look)}  ${message} ${dim(`[${rule}]`, look)}`,
  );
}

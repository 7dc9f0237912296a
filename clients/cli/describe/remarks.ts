import type { Described, Note } from '../../../functions/records/index.ts';
import { either } from '../../words/speech.ts';
import { bold, type Look, yellow } from '../terminal/look.ts';
import { pad, widthOf } from '../terminal/text-width.ts';
import { optionsFor } from './entry-options.ts';

/** A place in a definition as a person names it: the field, and what of it. */
function placeOf(path: string, { definition }: Described): string {
  const [, , place, index, ...rest] = path.split('/');
  if (place !== 'fields' || index === undefined) return path.slice(1).replace(/^schema\//, '');
  const name = definition.schema.fields[Number(index)]?.name ?? `#${Number(index) + 1}`;
  return [name, ...rest.filter((member) => member !== 'constraints')].join(' ');
}

/** Notes, a line each. */
export function notesSection(described: Described, look: Look): string {
  if (described.notes.length === 0) return '';
  return [bold(either(look, 'Worth a look', '请留意'), look), ...aligned(described.notes, described)].join('\n');
}

/** What keeps the definition from being published. */
export function problemsSection(described: Described, look: Look): string {
  if (described.problems.length === 0) return '';
  const head = either(look, 'Before it can be published', '发布之前还需要');
  return [yellow(head, look), ...aligned(described.problems, described)].join('\n');
}

function aligned(lines: readonly Note[], described: Described): string[] {
  const placed = lines.map(({ path, message }) => [placeOf(path, described), message] as const);
  const width = Math.max(...placed.map(([place]) => widthOf(place)));
  return placed.map(([place, message]) => `  ${pad(place, width)}  ${message}`);
}

/** What to add to the command, in words that can be typed. */
export const lackingOptions = ({ problems }: Described): string =>
  optionsFor(problems.map(({ path }) => path)).join(' ');

/** Faults that no option mends: of the schema itself. */
export const isBroken = ({ problems }: Described): boolean => problems.some(({ path }) => path.startsWith('/schema'));

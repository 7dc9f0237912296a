import type { HeaderFindings } from '../../../../schemas/contracts/uploads.ts';
import { texts } from '../../../words/verdict.ts';
import { bold, type Look } from '../../terminal/look.ts';
import { pad, widthOf } from '../../terminal/text-width.ts';

/** The names of a header against those of the resource, and what is to be done, an act a line. */
export function headerScreen({ needed, found }: HeaderFindings, acts: readonly string[], look: Look): string {
  const t = texts(look.lang);
  const names = (required: boolean) => needed.filter((field) => field.required === required).map(({ name }) => name);
  const entries = [
    [t.needs, names(true).join(', ')],
    [t.mayHave, names(false).join(', ')],
    [t.has, found.join(', ')],
    ...acts.map((act) => [t.todo, act]),
  ].filter((entry): entry is [string, string] => entry[1] !== '');
  const width = Math.max(...entries.map(([name]) => widthOf(name)));
  return entries.map(([name, text]) => `${bold(pad(name, width), look)}  ${text}`).join('\n');
}

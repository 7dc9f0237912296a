import { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import { type Entry, isObject, note, type Note, quoted } from './draft.ts';

/** Where exports keep the hub's own catalog entry within a foreign document. */
export const EXTENSION = 'exchangeHub';

const { schema: _schema, ...SHAPE } = ResourceDefinition.shape;

/** A catalog entry as an export left it; what is no part of one, or not of the right shape, is noted. */
export function entryFrom(stated: unknown, notes: Note[]): Entry {
  if (!isObject(stated)) return {};
  const members = Object.entries(stated).flatMap(([name, value]) => {
    const parsed = Object.hasOwn(SHAPE, name) ? SHAPE[name as keyof typeof SHAPE].safeParse(value) : undefined;
    if (parsed?.success) return [[name, parsed.data] as const];
    notes.push(note(`/${name}`, `left out: ${quoted(value)} is no value for ${name}`));
    return [];
  });
  return Object.fromEntries(members);
}

/** What a definition says of itself beside its schema, title and description. */
export function extensionOf({
  schema: _schema,
  title: _title,
  description: _description,
  ...rest
}: ResourceDefinition) {
  return rest;
}

/** Texts of a foreign document at the lengths that a catalog entry has. */
export function titled(title: string | undefined, description: string | undefined, notes: Note[]): Entry {
  const cut = (path: string, text: string | undefined, most: number): string | undefined => {
    if (text === undefined || text.length <= most) return text;
    notes.push(note(path, `cut to ${most} characters`));
    return text.slice(0, most).toWellFormed();
  };
  const shortTitle = cut('/title', title, MAX_TITLE);
  const shortDescription = cut('/description', description, MAX_DESCRIPTION);
  return {
    ...(shortTitle !== undefined && { title: shortTitle }),
    ...(shortDescription !== undefined && { description: shortDescription }),
  };
}

const MAX_TITLE = 200;
const MAX_DESCRIPTION = 5000;

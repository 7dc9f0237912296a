import type { DemandField } from '../../../schemas/contracts/demands.ts';
import { Label, type FieldProfile, type FieldsProfile } from './profile.ts';
import { likeness } from './words.ts';

/** A field that is asked for, ready to be compared with many. */
export interface Wanted {
  readonly name: string;
  readonly labels: readonly [Label, ...Label[]];
}

export const wantedOf = ({ name, title }: DemandField): Wanted => ({
  name,
  labels: [new Label(name), ...(title === undefined ? [] : [new Label(title)])],
});

/** A field that was asked for, and the field of a resource that it seems to be. */
export interface Found {
  readonly wanted: string;
  readonly field: string;
  readonly by: 'name' | 'title' | 'likeness';
}

/** Below it titles have little more in common than one word. */
const LIKE = 0.6;

/** Two labels that are alike share this much of each: with s words in common, 2s / (a + b) is at least 0.6 and b at least s. */
const LEAST_SHARED = LIKE / (2 - LIKE);

/** The fields of a resource that a demand asks for, in the demand's order; each once, for the first that it fits. */
export function foundFields(wanted: readonly Wanted[], { fields, words }: FieldsProfile): readonly Found[] {
  const left = new Set(fields);
  return wanted.flatMap((each) => {
    const found = find(each, [...left], words);
    if (!found) return [];
    left.delete(found.field);
    return [{ wanted: each.name, field: found.field.name, by: found.by }];
  });
}

type Find = { readonly field: FieldProfile; readonly by: Found['by'] } | undefined;

/** The same name, else the same title (a demander may know only that), else the likeliest words. */
function find({ labels }: Wanted, fields: readonly FieldProfile[], words: ReadonlySet<string>): Find {
  const named = fields.find((field) => field.labels[0].plain === labels[0].plain);
  if (named) return { field: named, by: 'name' };
  const titled = fields.find((field) => field.labels.some(({ plain }) => labels.some((own) => own.plain === plain)));
  if (titled) return { field: titled, by: 'title' };
  return likeliest(
    labels.filter((label) => mayBeAlike(label, words)),
    fields,
  );
}

/** Thousands of entries are passed over by all their words at once. */
function mayBeAlike({ words: own }: Label, words: ReadonlySet<string>): boolean {
  let shared = 0;
  for (const word of own) if (words.has(word)) shared += 1;
  return shared >= LEAST_SHARED * own.size;
}

function likeliest(labels: readonly Label[], fields: readonly FieldProfile[]): Find {
  if (labels.length === 0) return undefined;
  let best: FieldProfile | undefined;
  let most = LIKE;
  for (const field of fields) {
    for (const { words } of field.labels) {
      for (const own of labels) {
        const like = likeness(own.words, words);
        if (like < most || (best && like === most)) continue;
        best = field;
        most = like;
      }
    }
  }
  return best && { field: best, by: 'likeness' };
}

import type { Field, ShareType } from '../../../schemas/contracts/definition.ts';
import type { DepartmentId, ResourceId } from '../../../schemas/contracts/ids.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { plain, wordsOf } from './words.ts';

/** A name or a title, ready to be compared. */
export class Label {
  readonly plain: string;
  readonly #text: string;
  #words: ReadonlySet<string> | undefined;

  constructor(text: string) {
    this.#text = text;
    this.plain = plain(text);
  }

  /** Found when they are first asked for: of most labels in a catalog nobody ever does. */
  get words(): ReadonlySet<string> {
    this.#words ??= wordsOf(this.#text);
    return this.#words;
  }
}

/** A field as demands are compared with it. */
export interface FieldProfile {
  readonly name: string;
  /** Of the name, and of the titles. */
  readonly labels: readonly [Label, ...Label[]];
  /** Values and labels of its code list that are words, as they are written. */
  readonly codes: readonly string[];
}

/** Fields, and all the words of their labels. */
export interface FieldsProfile {
  readonly fields: readonly FieldProfile[];
  readonly words: ReadonlySet<string>;
}

/** What a resource's catalog entry says that demands are compared with; nothing of its data. */
export interface Profile extends FieldsProfile {
  readonly resourceId: ResourceId;
  readonly version: number;
  readonly title: string;
  readonly titleEn?: string;
  readonly provider: DepartmentId;
  readonly shareType: ShareType;
  readonly themes: readonly string[];
  /** Those of the title and the description, too. */
  readonly words: ReadonlySet<string>;
}

/** Longer lists are code tables of thousands of places or firms: their values say nothing about what is needed. */
const MAX_CODES = 500;
/** Two Chinese characters or four letters: what is shorter, and every number, stands in all kinds of texts. */
const TELLING = /\p{Script=Han}{2}|\p{Letter}{4}/u;

export function profileOf({ resourceId, version, provider, definition }: ResourceVersion): Profile {
  const { title, titleEn, description, shareType, themes, schema } = definition;
  const { fields, words } = fieldsProfile(schema.fields);
  return {
    resourceId,
    version,
    title,
    ...(titleEn !== undefined && { titleEn }),
    provider,
    shareType,
    themes,
    words: new Set([...words, ...wordsOf([resourceId, title, titleEn, description].filter(Boolean).join(' '))]),
    fields,
  };
}

/** Those that terms may name. */
export const shared = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ shareType }) => shareType !== 'refused');

export function fieldsProfile(all: readonly Field[]): FieldsProfile {
  const fields = shared(all);
  const texts = fields.flatMap(({ name, title, titleEn }) => [name, title, titleEn]);
  return { fields: fields.map(fieldProfile), words: wordsOf(texts.filter(Boolean).join(' ')) };
}

const fieldProfile = (field: Field): FieldProfile => ({
  name: field.name,
  labels: [
    new Label(field.name),
    ...[field.title, field.titleEn].filter((title) => title !== undefined).map((title) => new Label(title)),
  ],
  codes: codesOf(field),
});

function codesOf({ categories = [], constraints }: Field): readonly string[] {
  const listed = [...categories, ...(constraints?.enum ?? [])];
  if (listed.length > MAX_CODES) return [];
  const texts = listed.flatMap((entry) => {
    if (typeof entry !== 'object') return [String(entry)];
    return 'label' in entry && typeof entry.label === 'string' ? [entry.label] : [];
  });
  return [...new Set(texts)].filter((text) => TELLING.test(text));
}

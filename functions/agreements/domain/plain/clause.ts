import type { Agreement, TermsVersion } from '../../../../schemas/contracts/agreements.ts';
import type { Field, ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { Words } from '../../../../schemas/words/language.ts';

/** What one place of the data means. */
export interface Clause {
  /** RFC 6901: below `/terms` of the terms, otherwise of the agreement. */
  readonly path: string;
  readonly words: Words;
}

export const clause = (path: string, words: Words): Clause => ({ path, words });

/** What is read out: one terms version of an agreement, with the names that stand behind its ids. */
export interface Reading {
  readonly agreement: Agreement;
  readonly version: TermsVersion;
  /** Of the resource version that these terms speak of. */
  readonly definition: ResourceDefinition;
  /** Of departments, by id. */
  readonly nameOf: (department: string) => Words;
  /** IANA name of the hub's time zone. */
  readonly timeZone: string;
}

/** A field as people know it, with the name that files have for it. */
export function labelOf(name: string, { schema }: ResourceDefinition): Words {
  const field = fieldOf(name, schema.fields);
  const zh = field?.title ?? name;
  const en = field?.titleEn ?? field?.title ?? name;
  return { zh: zh === name ? `“${name}”` : `“${zh}”（${name}）`, en: en === name ? `“${name}”` : `“${en}” (${name})` };
}

export const fieldOf = (name: string, fields: readonly Field[]): Field | undefined =>
  fields.find((field) => field.name === name);

/** What people wrote stands in quotation marks: nobody takes it for the hub's words. */
export const quoted = (text: string): string => `“${text}”`;

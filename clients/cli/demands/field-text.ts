import type { DemandField } from '../../../schemas/contracts/demands.ts';

/** Fields as people write them: `name|title|type`, separated by semicolons or lines; title and type may be left out. */
export const fieldsOf = (text: string): readonly object[] =>
  text
    .split(/[;；\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [name = '', title = '', type = ''] = entry.split(/[|｜]/).map((part) => part.trim());
      return { name, ...(title !== '' && { title }), ...(type !== '' && { type }) };
    });

/** The same the other way; empty parts at the end are left out. */
export const textOf = (fields: readonly DemandField[]): string =>
  fields.map(({ name, title = '', type = '' }) => `${name}|${title}|${type}`.replace(/\|+$/, '')).join('; ');

import type { Constraints, Field, ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import type { Look } from '../look.ts';
import { moment } from '../quantity.ts';
import { facts, table } from '../table.ts';
import { word } from './words.ts';

/** One resource: what the catalog says of it, then its fields with every rule. */
export const resourceScreen = (resource: ResourceVersion, look: Look): string =>
  [catalogEntry(resource, look), '', fieldTable(resource.definition, look)].join('\n');

function catalogEntry({ resourceId, version, publishedAt, definition: shown }: ResourceVersion, look: Look): string {
  const { schema } = shown;
  return facts(
    [
      [word('resource', look), `${resourceId}  v${version}`],
      [word('title', look), [shown.title, shown.titleEn].filter(Boolean).join('  ')],
      [word('description', look), shown.description],
      [word('provider', look), shown.provider],
      [word('category', look), shown.category],
      [word('share', look), shown.shareType],
      [word('condition', look), shown.shareCondition],
      [word('basis', look), shown.legalBasis],
      [word('modes', look), shown.modes.join(', ')],
      [word('update', look), shown.updateCycle],
      [word('themes', look), shown.themes.join(', ')],
      [word('tolerance', look), `${shown.tolerance * 100} %`],
      [word('key', look), schema.primaryKey?.join(' + ')],
      [word('published', look), moment(publishedAt)],
    ],
    look,
  );
}

const fieldTable = ({ schema }: ResourceDefinition, look: Look): string =>
  table(
    schema.fields,
    [
      { head: word('field', look), value: ({ name }) => name },
      { head: word('title', look), value: ({ title, titleEn }) => title ?? titleEn ?? '', flexible: true },
      { head: word('type', look), value: typeOf },
      { head: word('sensitivity', look), value: ({ sensitivity }) => sensitivity },
      { head: word('rules', look), value: (field) => rulesOf(field).join(', '), flexible: true },
    ],
    look,
  );

export const typeOf = ({ type, format }: Field): string =>
  format === undefined || format === 'default' ? type : `${type} ${format}`;

/** In the words of Table Schema, shortened where a sign says it. */
export function rulesOf({ constraints = {}, check }: Field): string[] {
  const rules: string[] = [];
  if (constraints.required) rules.push('required');
  if (constraints.unique) rules.push('unique');
  if (check) rules.push(check);
  return [...rules, ...bounds(constraints)];
}

function bounds(stated: Constraints): string[] {
  const signs = [
    ['≥', stated.minimum],
    ['≤', stated.maximum],
    ['>', stated.exclusiveMinimum],
    ['<', stated.exclusiveMaximum],
    ['length ≥', stated.minLength],
    ['length ≤', stated.maxLength],
  ] as const;
  return [
    ...signs.flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${bound}`])),
    ...(stated.pattern === undefined ? [] : [`/${stated.pattern}/`]),
    ...(stated.enum === undefined
      ? []
      : [
          `one of ${stated.enum.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join('|')}`,
        ]),
  ];
}

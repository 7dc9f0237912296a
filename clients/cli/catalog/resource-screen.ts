import type { Constraints, Field, ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { CataloguedResource } from '../../../schemas/contracts/resources.ts';
import { moment } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import type { Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

/** One resource: what the catalog says of it, then its fields with every rule. */
export const resourceScreen = (resource: CataloguedResource, look: Look): string =>
  [catalogEntry(resource, look), '', fieldTable(resource.definition, look)].join('\n');

function catalogEntry(resource: CataloguedResource, look: Look): string {
  const { resourceId, version, publishedAt, resourceCode, definition: shown } = resource;
  const { schema } = shown;
  return facts(
    [
      [word('resource', look), `${resourceId}  v${version}`],
      [word('title', look), [shown.title, shown.titleEn].filter(Boolean).join('  ')],
      [word('description', look), shown.description],
      [word('provider', look), shown.provider],
      [word('category', look), [shown.category, resourceCode].filter(Boolean).join('  ')],
      [word('share', look), shown.shareType],
      [word('condition', look), shown.shareCondition],
      [word('basis', look), shown.legalBasis],
      [word('modes', look), shown.modes.join(', ')],
      [word('update', look), shown.updateCycle],
      [word('themes', look), shown.themes.join(', ')],
      [word('tolerance', look), `${shown.tolerance * 100} %`],
      [word('key', look), schema.primaryKey?.join(' + ')],
      [word('published', look), moment(publishedAt)],
      [either(look, 'open', '开放'), openness(shown)],
      [either(look, 'related', '关联资源'), shown.related?.join(', ')],
      [either(look, 'contact', '联系方式'), Object.values(shown.contact ?? {}).join('  ')],
      [either(look, 'ends', '停用'), endOf(resource, look)],
    ],
    look,
  );
}

const openness = ({ open }: ResourceDefinition): string | undefined =>
  open && [open.type, open.condition].filter(Boolean).join('  ');

/** Whether it will end, or has, and what there is instead. */
function endOf({ deprecation, retiredAt, retirement }: CataloguedResource, look: Look): string | undefined {
  const replacedBy = retirement?.replacedBy ?? deprecation?.replacedBy;
  const instead = replacedBy === undefined ? [] : [either(look, `use ${replacedBy}`, `改用 ${replacedBy}`)];
  if (retiredAt !== undefined) return [moment(retiredAt), retirement?.reason, ...instead].filter(Boolean).join('  ');
  return deprecation && [deprecation.retireOn, deprecation.reason, ...instead].join('  ');
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

const signs: Readonly<Record<Exclude<keyof Constraints, 'required' | 'unique' | 'pattern' | 'enum'>, string>> = {
  minimum: '≥',
  maximum: '≤',
  exclusiveMinimum: '>',
  exclusiveMaximum: '<',
  minLength: 'length ≥',
  maxLength: 'length ≤',
};

function bounds(stated: Constraints): string[] {
  return [
    ...(Object.keys(signs) as (keyof typeof signs)[]).flatMap((name) =>
      stated[name] === undefined ? [] : [`${signs[name]} ${stated[name]}`],
    ),
    ...(stated.pattern === undefined ? [] : [`/${stated.pattern}/`]),
    ...(stated.enum === undefined
      ? []
      : [
          `one of ${stated.enum.map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value))).join('|')}`,
        ]),
  ];
}

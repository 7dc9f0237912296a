import type { Field, ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import { jsonText } from '../../terminal/printable.ts';
import { isList, isText } from './cell-text.ts';

/** Texts of a resource that have a column of their own. */
const RESOURCE_TEXTS = ['category', 'title', 'titleEn', 'description', 'shareCondition', 'legalBasis'] as const;
const FIELD_TEXTS = ['title', 'titleEn', 'name', 'group'] as const;

type Properties = Readonly<Record<string, unknown>>;

/** As JSON what no column of the resource holds, and what a cell would not give back as it was; undefined without any. */
export function restOfResource(definition: ResourceDefinition): string | undefined {
  const { schema, tolerance, drift, themes, related, contact, open } = definition;
  const { $schema, uniqueKeys, missingValues } = schema;
  return jsonOf({
    ...oddTexts(definition, RESOURCE_TEXTS),
    ...(tolerance !== 0.05 && { tolerance }),
    ...(drift && { drift }),
    ...(themes.length > 0 && !isList(themes) && { themes }),
    ...(related && !isList(related) && { related }),
    ...(contact && !Object.values(contact).every(isText) && { contact }),
    ...(open?.condition !== undefined && !isText(open.condition) && { open }),
    ...($schema !== undefined && { $schema }),
    ...(uniqueKeys && { uniqueKeys }),
    ...(!isDefault(missingValues) && { missingValues }),
  });
}

/** The same of a field. */
export function restOfField(field: Field): string | undefined {
  const { name: _n, title: _t, titleEn: _e, type: _ty, sensitivity: _s, shareType: _sh, provider: _p, ...more } = field;
  const { group: _g, constraints, ...others } = more;
  return jsonOf({ ...oddTexts(field, FIELD_TEXTS), ...others, ...restOfConstraints(constraints) });
}

/** Length and `required` have columns of their own; constraints of which there are none are not the same as no constraints. */
function restOfConstraints(constraints: Field['constraints']): Properties {
  if (!constraints) return {};
  const { required, maxLength: _maxLength, ...others } = constraints;
  const left = { ...others, ...(required === false && { required }) };
  return Object.keys(left).length > 0 || Object.keys(constraints).length === 0 ? { constraints: left } : {};
}

const isDefault = (missingValues: ResourceDefinition['schema']['missingValues']): boolean =>
  missingValues.length === 1 && missingValues[0] === '';

function oddTexts(holder: object, names: readonly string[]): Properties {
  const entries = names.map((name) => [name, (holder as Properties)[name]] as const);
  return Object.fromEntries(
    entries.filter(([name, text]) => typeof text === 'string' && !isText(text) && !isEmptyDefault(name, text)),
  );
}

/** A description is empty where none is given. */
const isEmptyDefault = (name: string, text: string): boolean => name === 'description' && text === '';

const jsonOf = (properties: Properties): string | undefined =>
  Object.keys(properties).length === 0 ? undefined : jsonText(properties);

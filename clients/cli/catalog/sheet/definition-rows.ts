import type { Field, ResourceDefinition } from '../../../../schemas/contracts/definition.ts';
import type { ResourceVersion } from '../../../../schemas/contracts/resources.ts';
import { findCategory } from '../../../../schemas/registry/categories.ts';
import { isList, isText, SEPARATOR } from './cell-text.ts';
import { columnKeys, type ColumnKey, wordFor, YES } from './layout.ts';
import { restOfField, restOfResource } from './rest.ts';

/** A row's texts by their columns; what is left out is empty. */
type Line = Readonly<Partial<Record<ColumnKey, string | undefined>>>;

export type Exported = Pick<ResourceVersion, 'resourceId' | 'resourceCode' | 'publishedAt' | 'definition'>;

/** The rows of one resource, in the order of `columnKeys`. @param nameOf a department's name */
export function rowsOf(resource: Exported, nameOf: (department: string) => string): readonly (readonly string[])[] {
  const { definition, resourceId } = resource;
  const about = { ...entryLine(definition), ...shownLine(resource, nameOf) };
  return definition.schema.fields.map((field, index) => {
    const line: Line = { resourceId, ...(index === 0 && about), ...fieldLine(field, definition) };
    return columnKeys.map((key) => line[key] ?? '');
  });
}

const textIf = (text: string | undefined): string | undefined => (isText(text) ? text : undefined);

function entryLine(definition: ResourceDefinition): Line {
  const { category, title, titleEn, provider, description, formatClass, shareType, shareCondition } = definition;
  const { legalBasis, modes, open, updateCycle, related = [], themes, contact } = definition;
  const isContact = contact && Object.values(contact).every(isText);
  const isOpen = open && (open.condition === undefined || isText(open.condition));
  return {
    category: textIf(category),
    title: textIf(title),
    titleEn: textIf(titleEn),
    provider,
    description: textIf(description),
    formatClass: formatClass && wordFor('formatClass', formatClass),
    shareType: wordFor('shareType', shareType),
    shareCondition: textIf(shareCondition),
    legalBasis: textIf(legalBasis),
    modes: modes.map((mode) => wordFor('modes', mode)).join(SEPARATOR),
    ...(isOpen && { openType: wordFor('openType', open.type), openCondition: open.condition }),
    updateCycle: wordFor('updateCycle', updateCycle),
    related: isList(related) ? related.join(SEPARATOR) : undefined,
    themes: isList(themes) ? themes.join(SEPARATOR) : undefined,
    ...(isContact && { contactUnit: contact.unit, contactPhone: contact.phone, contactEmail: contact.email }),
    resourceMore: restOfResource(definition),
  };
}

function shownLine({ resourceCode, publishedAt, definition }: Exported, nameOf: (department: string) => string): Line {
  return {
    categoryNames: categoryNames(definition.category),
    resourceCode,
    providerName: nameOf(definition.provider),
    publishedOn: publishedAt.slice(0, 10),
  };
}

/** Of the category and of every branch above it. */
function categoryNames(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  const parts = code.split('-');
  return parts
    .map((_, index) => parts.slice(0, index + 1).join('-'))
    .map((branch) => findCategory(branch)?.name ?? branch)
    .join('／');
}

function fieldLine(field: Field, { schema }: ResourceDefinition): Line {
  const { name, title, titleEn, type, constraints, sensitivity, shareType, provider, group } = field;
  const key = (schema.primaryKey ?? []).indexOf(name) + 1;
  return {
    fieldTitle: textIf(title),
    fieldTitleEn: textIf(titleEn),
    fieldName: textIf(name),
    type: wordFor('type', type),
    maxLength: constraints?.maxLength === undefined ? undefined : String(constraints.maxLength),
    required: constraints?.required === true ? YES : undefined,
    key: key > 0 ? String(key) : undefined,
    sensitivity: wordFor('sensitivity', sensitivity),
    fieldShareType: shareType && wordFor('shareType', shareType),
    fieldProvider: provider,
    group: textIf(group),
    fieldMore: restOfField(field),
  };
}

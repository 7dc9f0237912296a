import type { ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import { EXTENSION, extensionOf } from './entry.ts';
import { TABLE_SCHEMA } from './odcs/custom.ts';
import { propertyOf } from './odcs/export-property.ts';

/** A contract of ODCS 3.1 with one table; what the standard has no place for stands in custom properties. */
export const odcsOf = (definition: ResourceDefinition, name: string, version: number): object => ({
  apiVersion: 'v3.1.0',
  kind: 'DataContract',
  id: name,
  name,
  version: `${version}.0.0`,
  status: 'active',
  schema: [
    {
      name,
      businessName: definition.title,
      description: definition.description,
      logicalType: 'object',
      physicalType: 'table',
      ...(definition.themes.length > 0 && { tags: definition.themes }),
      ...uniqueRules(definition.schema),
      properties: definition.schema.fields.map((field) => propertyOf(field, definition.schema)),
      customProperties: [...ofSchema(definition.schema), { property: EXTENSION, value: extensionOf(definition) }],
    },
  ],
});

function uniqueRules({ uniqueKeys = [] }: TableSchema): object {
  const quality = uniqueKeys.map((properties) => ({
    metric: 'duplicateValues',
    mustBe: 0,
    arguments: { properties },
  }));
  return quality.length > 0 ? { quality } : {};
}

function ofSchema({ missingValues, $schema }: TableSchema): object[] {
  return [{ property: TABLE_SCHEMA, value: { missingValues, ...($schema !== undefined && { $schema }) } }];
}

import type { ResourceDefinition, TableSchema } from '../../../schemas/contracts/definition.ts';
import { EXTENSION, extensionOf } from './entry.ts';
import { TABLE_SCHEMA_PROFILE } from './import-table-schema.ts';

/**
 * Table Schema v2: the schema alone; `check`, `sensitivity` and `titleEn` stand as properties of their own, which the
 * standard allows. A file may leave out optional columns and has no others: `superset`.
 */
export const tableSchemaOf = (schema: TableSchema): object => ({
  $schema: TABLE_SCHEMA_PROFILE,
  fieldsMatch: ['superset'],
  ...schema,
});

/** A Data Package v2 of one resource; what only the hub knows of it stands in `exchangeHub`. */
export const dataPackageOf = (definition: ResourceDefinition, name: string): object => ({
  $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
  name,
  resources: [
    {
      name,
      title: definition.title,
      description: definition.description,
      path: `${name}.csv`,
      format: 'csv',
      mediatype: 'text/csv',
      encoding: 'utf-8',
      schema: tableSchemaOf(definition.schema),
      [EXTENSION]: extensionOf(definition),
    },
  ],
});

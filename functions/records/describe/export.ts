import { stringify } from 'yaml';
import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import { odcsOf } from './export-odcs.ts';
import { dataPackageOf, tableSchemaOf } from './export-frictionless.ts';

export const EXPORT_FORMATS = ['table-schema', 'data-package', 'odcs'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface Exported {
  /** JSON, or YAML for ODCS, with its last line end. */
  readonly text: string;
  /** Members of the definition that the format has no place for. */
  readonly lost: readonly string[];
}

export interface ExportOptions {
  readonly format: ExportFormat;
  /** What the table is called there: the id of the resource. */
  readonly name: string;
  /** Of the resource, for a contract's own version. */
  readonly version?: number | undefined;
}

/**
 * A definition as a Table Schema v2, a Data Package v2 or an ODCS 3.1 contract. Importing it again gives the same
 * definition, but for what is `lost`.
 */
export function exportDefinition(definition: ResourceDefinition, options: ExportOptions): Exported {
  return EXPORTS[options.format](definition, options);
}

const EXPORTS: Readonly<Record<ExportFormat, (definition: ResourceDefinition, options: ExportOptions) => Exported>> = {
  'table-schema': (definition) => ({ text: json(tableSchemaOf(definition.schema)), lost: stated(definition) }),
  'data-package': (definition, { name }) => ({ text: json(dataPackageOf(definition, name)), lost: [] }),
  odcs: (definition, { name, version = 1 }) => ({ text: yaml(odcsOf(definition, name, version)), lost: [] }),
};

const json = (document: object): string => `${JSON.stringify(document, undefined, 2)}\n`;
const yaml = (document: object): string => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });

/** What a definition has although nobody stated it is no loss. */
const stated = ({ schema: _schema, description, themes, ...entry }: ResourceDefinition): string[] => [
  ...Object.keys(entry).filter((name) => entry[name as keyof typeof entry] !== undefined),
  ...(description === '' ? [] : ['description']),
  ...(themes.length === 0 ? [] : ['themes']),
];

import { parse } from 'yaml';
import { type Entry, isObject } from './draft.ts';
import { fromDataPackage } from './import-data-package.ts';
import { fromOdcs } from './import-odcs.ts';
import type { Outcome } from './import-outcome.ts';
import { fromTableSchema } from './import-table-schema.ts';

export interface ImportOptions {
  /** Which table, where the document describes several. */
  readonly table?: string | undefined;
  /** What the caller states of the catalog entry; it stands in place of what the document says. */
  readonly entry?: Entry | undefined;
}

/** No schema is larger; a bound on what a hostile document can make of the parser. */
const MAX_CHARACTERS = 8 * 1024 ** 2;
/** Aliases of YAML can double a document with every line. */
const MAX_ALIASES = 100;

/**
 * A definition from a Table Schema (v1, v2), a Data Package descriptor or an ODCS document, as JSON or YAML text. What
 * cannot be kept is noted; a document that describes no table is refused.
 */
export function importDefinition(text: string, { table, entry = {} }: ImportOptions = {}): Outcome {
  const document = documentOf(text);
  if (!isObject(document)) return NOT_UNDERSTOOD;
  if (document['kind'] === 'DataContract' || 'apiVersion' in document) return fromOdcs(document, table, entry);
  if (Array.isArray(document['resources'])) return fromDataPackage(document, table, entry);
  if (isObject(document['schema'])) return fromDataPackage({ resources: [document] }, table, entry);
  if (Array.isArray(document['fields'])) return fromTableSchema(document, entry);
  return NOT_UNDERSTOOD;
}

const NOT_UNDERSTOOD: Outcome = {
  refusal: 'not-understood',
  detail: 'this is none of: a Table Schema (fields), a Data Package (resources), an ODCS document (apiVersion, schema)',
};

/** JSON is read as JSON: YAML 1.2 means the same by it, more slowly. */
function documentOf(text: string): unknown {
  if (text.length > MAX_CHARACTERS) return undefined;
  const content = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(content);
  } catch {
    return yamlOf(content);
  }
}

function yamlOf(content: string): unknown {
  try {
    const parsed: unknown = parse(content, { maxAliasCount: MAX_ALIASES, logLevel: 'error' });
    // An alias may stand within what it names: such a circle ends here.
    return JSON.parse(JSON.stringify(parsed)) as unknown;
  } catch {
    return undefined;
  }
}

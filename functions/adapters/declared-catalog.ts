import { readFileSync } from 'node:fs';
import { DECLARED_CATALOG_FILE, DeclaredCatalog, type DeclaredDefinition } from '../../schemas/catalog/declared.ts';

/** The definitions that the deployment put beside the function's code. */
export const declaredCatalog = (): readonly DeclaredDefinition[] =>
  DeclaredCatalog.parse(JSON.parse(readFileSync(new URL(DECLARED_CATALOG_FILE, import.meta.url), 'utf8')));

import { RefusedError } from '../../../protocol/refused.ts';
import { routes } from '../../../protocol/routes.ts';
import type { Context } from '../../terminal/context.ts';
import { exit } from '../../terminal/failure.ts';
import { mustBeReadable } from '../../upload/files.ts';
import { readSheet } from '../../workbook/read-sheet.ts';
import { readableScreen, problemsScreen, publishedScreen } from './import-screens.ts';
import type { ImportedResource } from './imported-resource.ts';
import { readDefinitions, type ReadDefinition } from './read-definitions.ts';
import type { SheetProblem } from '../../workbook/sheet-problem.ts';

export interface ImportOptions {
  readonly publish?: boolean;
  readonly acceptBreaking?: boolean;
}

/**
 * `hub catalog import`: definitions from a workbook, checked, and published where that is asked for. While a cell is wrong
 * nothing is published; what the hub then refuses holds up no other.
 */
export async function importCatalog(context: Context, file: string, options: ImportOptions): Promise<void> {
  await mustBeReadable(file);
  const { definitions, problems } = readDefinitions(await readSheet(file));
  if (problems.length > 0) {
    context.print({ problems }, problemsScreen);
    return context.leaveWith(exit.verdict);
  }
  if (options.publish !== true) {
    const read = definitions.map(({ resourceId, definition }) => ({ resourceId, definition }));
    return context.print({ definitions: read }, readableScreen(file));
  }
  const imported: ImportedResource[] = [];
  const refused: SheetProblem[] = [];
  for (const each of definitions) imported.push(await publish(context, each, options, refused));
  context.print({ imported, problems: refused }, publishedScreen);
  if (refused.length > 0) context.leaveWith(exit.refused);
}

async function publish(
  context: Context,
  { resourceId, definition, cellOf }: ReadDefinition,
  { acceptBreaking }: ImportOptions,
  refused: SheetProblem[],
): Promise<ImportedResource> {
  const { client } = await context.connect();
  const body = acceptBreaking ? { ...definition, breaking: 'accepted' as const } : definition;
  try {
    const { version } = await client.call(routes.publishResource, { params: { resourceId }, body });
    return { resourceId, version };
  } catch (fault) {
    if (!(fault instanceof RefusedError)) throw fault;
    const { code, detail, violations = [] } = fault.problem;
    if (violations.length === 0) refused.push({ ...cellOf(''), message: detail });
    refused.push(...violations.map(({ path, rule, message }) => ({ ...cellOf(path), message: `${rule}: ${message}` })));
    return { resourceId, code };
  }
}

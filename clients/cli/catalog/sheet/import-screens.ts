import { either, word } from '../../../words/speech.ts';
import type { Look } from '../../terminal/look.ts';
import { green, yellow } from '../../terminal/look.ts';
import { table } from '../../terminal/table.ts';
import type { ImportedResource } from './imported-resource.ts';
import type { ReadDefinition } from './read-definitions.ts';
import { problemTable } from '../../workbook/problem-table.ts';
import type { SheetProblem } from '../../workbook/sheet-problem.ts';

type Read = Pick<ReadDefinition, 'resourceId' | 'definition'>;

export const readableScreen =
  (file: string) =>
  ({ definitions }: { readonly definitions: readonly Read[] }, look: Look): string => {
    const fields = definitions.reduce((sum, { definition }) => sum + definition.schema.fields.length, 0);
    const said = either(
      look,
      `Every cell can be taken: ${definitions.length} resources with ${fields} fields.`,
      `所有单元格均可导入：${definitions.length} 个信息资源，共 ${fields} 个信息项。`,
    );
    return [
      green(said, look),
      definitionTable(definitions, look),
      `${word('next', look)}  hub catalog import ${file} --publish`,
    ].join('\n');
  };

const definitionTable = (definitions: readonly Read[], look: Look): string =>
  table(
    definitions,
    [
      { head: word('id', look), value: ({ resourceId }) => resourceId },
      { head: word('title', look), value: ({ definition }) => definition.title, flexible: true },
      { head: word('provider', look), value: ({ definition }) => definition.provider },
      { head: word('share', look), value: ({ definition }) => definition.shareType },
      { head: word('fields', look), value: ({ definition }) => String(definition.schema.fields.length), right: true },
    ],
    look,
  );

export const problemsScreen = ({ problems }: { readonly problems: readonly SheetProblem[] }, look: Look): string =>
  [
    yellow(
      either(
        look,
        `${problems.length} cells are wrong; nothing was published.`,
        `${problems.length} 个单元格有误，未发布任何内容。`,
      ),
      look,
    ),
    problemTable(problems, look),
  ].join('\n');

export const publishedScreen = (
  {
    imported,
    problems,
  }: { readonly imported: readonly ImportedResource[]; readonly problems: readonly SheetProblem[] },
  look: Look,
): string => {
  const published = imported.filter(({ version }) => version !== undefined).length;
  const said = either(
    look,
    `${published} of ${imported.length} resources are in the catalog as the workbook says.`,
    `${imported.length} 个信息资源中有 ${published} 个已按工作簿发布。`,
  );
  const parts = [published === imported.length ? green(said, look) : yellow(said, look)];
  if (imported.length > 0)
    parts.push(
      table(
        imported,
        [
          { head: word('id', look), value: ({ resourceId }) => resourceId },
          {
            head: word('version', look),
            value: ({ version }) => (version === undefined ? '' : String(version)),
            right: true,
          },
          { head: word('refused', look), value: ({ code }) => code ?? '' },
        ],
        look,
      ),
    );
  if (problems.length > 0) parts.push(problemTable(problems, look));
  return parts.join('\n\n');
};

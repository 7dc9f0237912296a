import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { either, word } from '../../words/speech.ts';
import { listed } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { exit, Failure } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { green, type Look } from '../terminal/look.ts';
import { problemTable } from '../workbook/problem-table.ts';
import { readSheet } from '../workbook/read-sheet.ts';
import type { SheetProblem } from '../workbook/sheet-problem.ts';
import { writeSheet } from '../workbook/write-sheet.ts';
import { readThemeSheet, type ThemeSheet } from './read-theme-sheet.ts';
import { columnKeys, headings, rowsOf } from './sheet-layout.ts';

/** A theme and its demand catalog as a workbook, and back. */
export function themeSheetCommands(theme: Command, context: Context): void {
  theme
    .command('export')
    .description('write a theme and its demands into a workbook')
    .argument('<theme>', 'id of the theme')
    .requiredOption('--xlsx <file>', 'name of the workbook')
    .addHelpText('after', examples(['hub theme export emergency --xlsx emergency.xlsx', 'one row for each demand']))
    .action((id: string, { xlsx }: { readonly xlsx: string }) => exportTheme(context, id, xlsx));
  theme
    .command('import')
    .description('define a theme and state its demands from a workbook; nothing is done while a cell is wrong')
    .argument('<file>', 'the workbook')
    .option('--check', 'only say what is wrong')
    .addHelpText(
      'after',
      examples(
        ['hub theme import emergency.xlsx --check', 'every wrong cell'],
        ['hub theme import emergency.xlsx', 'rows with a demand’s id are there already and are left alone'],
      ),
    )
    .action((file: string, { check }: { readonly check?: boolean }) => importTheme(context, file, check === true));
}

async function exportTheme(context: Context, id: string, file: string): Promise<void> {
  const { client } = await context.connect();
  const theme = await client.call(routes.readTheme, { params: { themeId: id } });
  const { items } = await listed(context, routes.listDemands, { query: { theme: id } });
  await writeSheet(
    file,
    columnKeys.map((key) => headings[key]),
    rowsOf(theme, items),
  );
  context.print({ written: file, demands: items.length }, (_, look) =>
    green(
      either(
        look,
        `${file} holds ${id} and ${items.length} demands.`,
        `${file} 已写入主题 ${id} 及 ${items.length} 项需求。`,
      ),
      look,
    ),
  );
}

interface Imported {
  readonly themeId: string;
  readonly stated: readonly string[];
  readonly known: number;
}

async function importTheme(context: Context, file: string, checkOnly: boolean): Promise<void> {
  const hub = await context.connect();
  const { client } = hub;
  const read = readThemeSheet(await readSheet(file), (await hub.me()).department);
  if (!read.ok) {
    context.print({ problems: read.problems }, problemsScreen);
    return context.leaveWith(exit.verdict);
  }
  if (checkOnly) return context.print({ problems: [] }, goodScreen);
  const { themeId, theme, demands, known } = read.value;
  const params = { themeId };
  await client.call(routes.defineTheme, { params, body: theme });
  const stated: string[] = [];
  for (const demand of demands) {
    // The same row has the same key: an import that was cut off is repeated without stating anything twice.
    const made = await client
      .call(routes.stateThemeDemand, { params, body: demand.body, idempotencyKey: keyOf(themeId, demand) })
      .catch((cause: unknown) => Promise.reject(stoppedAt(demand.row, stated.length, cause)));
    stated.push(made.demandId);
  }
  context.print({ themeId, stated, known }, importedScreen);
}

const keyOf = (themeId: string, { row, body }: ThemeSheet['demands'][number]): string =>
  `theme-import-${createHash('sha256')
    .update(JSON.stringify([themeId, row, body]))
    .digest('hex')}`;

const stoppedAt = (row: number, stated: number, cause: unknown): Failure =>
  new Failure(
    {
      what: `Row ${row} was refused; ${stated} demands were stated before it.`,
      why: cause instanceof Error ? cause.message : String(cause),
      next: ['Mend the row and run the same command again: nothing is stated twice.'],
      code: 'row-refused',
    },
    { cause },
  );

const importedScreen = ({ themeId, stated, known }: Imported, look: Look): string =>
  `${green(
    either(
      look,
      `Theme ${themeId}: ${stated.length} demands stated, ${known} were there.`,
      `主题 ${themeId}：新增需求 ${stated.length} 项，已有 ${known} 项。`,
    ),
    look,
  )}\n${word('next', look)}  hub theme coverage ${themeId}`;

const goodScreen = (_: object, look: Look): string =>
  green(either(look, 'Every cell can be taken.', '所有单元格均可导入。'), look);

const problemsScreen = ({ problems }: { readonly problems: readonly SheetProblem[] }, look: Look): string =>
  problemTable(problems, look);

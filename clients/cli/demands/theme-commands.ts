import type { Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import { either } from '../../words/speech.ts';
import { printAnswer, printList } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { writeText } from '../describe/definition-output.ts';
import { examples } from '../terminal/help.ts';
import { green } from '../terminal/look.ts';
import { coverageScreen } from './coverage-screen.ts';
import { defineThemeCommand } from './define-theme-command.ts';
import { themeSheetCommands } from './theme-sheet-commands.ts';
import { themesScreen, themeScreen } from './themes-screen.ts';

/** Applications that several departments share for, and how far what they need has come. */
export function themeCommands(program: Command, context: Context): void {
  const theme = program
    .command('theme')
    .description('list themes; show or define one; its coverage; to and from Excel')
    .option('--member <department>', 'that this department leads or belongs to')
    .addHelpText(
      'after',
      examples(
        ['hub theme --member district-xicheng', 'what a district takes part in'],
        ['hub theme coverage emergency', 'each need: catalogued, agreed, delivered, current'],
        ['hub theme export emergency --xlsx emergency.xlsx', 'theme and demands as a workbook'],
      ),
    )
    .action(({ member }: { readonly member?: string }) =>
      printList(context, routes.listThemes, { query: { member } }, themesScreen),
    );
  showCommand(theme, context);
  defineThemeCommand(theme, context);
  coverageCommand(theme, context);
  themeSheetCommands(theme, context);
}

function showCommand(theme: Command, context: Context): void {
  theme
    .command('show')
    .description('one theme: lead, members, purpose')
    .argument('<theme>', 'id of the theme')
    .addHelpText('after', examples(['hub resources --theme emergency', 'its resource catalog']))
    .action((themeId: string) => printAnswer(context, routes.readTheme, { params: { themeId } }, themeScreen));
}

function coverageCommand(theme: Command, context: Context): void {
  theme
    .command('coverage')
    .description('the sheet of a theme: what each need has come to, and what it lacks first')
    .argument('<theme>', 'id of the theme')
    .option('--csv <file>', 'write it as CSV for a spreadsheet instead')
    .addHelpText('after', examples(['hub theme coverage emergency --csv sheet.csv', 'for a report']))
    .action(async (themeId: string, { csv }: { readonly csv?: string }) => {
      const { client } = await context.connect();
      const sent = { params: { themeId } };
      if (csv === undefined) return context.print(await client.call(routes.readCoverage, sent), coverageScreen);
      const { text } = await client.text(routes.readCoverage, 'csv', sent);
      // Spreadsheets take a file for UTF-8 by its byte order mark, which the client has taken off.
      await writeText(csv, `\ufeff${text}`);
      context.print({ written: csv }, (_, look) => green(either(look, `${csv} is written.`, `已写入 ${csv}。`), look));
    });
}

import type { Command } from 'commander';
import type { Body, Reply } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { readJson } from '../terminal/json-file.ts';
import { commaList } from '../terminal/option-values.ts';
import { definedScreen } from './themes-screen.ts';

interface DefineOptions {
  readonly from?: string;
  readonly name?: string;
  readonly nameEn?: string;
  readonly lead?: string;
  readonly members?: string;
  readonly purpose?: string;
}

export function defineThemeCommand(theme: Command, context: Context): void {
  theme
    .command('define')
    .description('define a theme, or change what is given of one that you lead')
    .argument('<theme>', 'id of the theme')
    .option('--from <file>', 'the theme as JSON; the options below stand in place of its entries')
    .option('--name <text>', 'its name')
    .option('--name-en <text>', 'its English name')
    .option('--lead <department>', 'who leads it: the authority hands a theme over')
    .option('--members <departments>', 'all its members, separated by commas')
    .option('--purpose <text>', 'what the departments share for')
    .addHelpText(
      'after',
      examples([
        "hub theme define emergency --name 应急指挥 --members press,tax --purpose '突发事件应对'",
        'a new theme',
      ]),
    )
    .action(async (themeId: string, options: DefineOptions) => {
      const hub = await context.connect();
      const { client } = hub;
      const params = { themeId };
      const given = options.from === undefined ? {} : await themeFile(options.from);
      const before = options.from === undefined ? present(await client.ask(routes.readTheme, { params })) : {};
      const lead = { lead: (await hub.me()).department };
      const body = { ...lead, ...before, ...given, ...stated(options) } as Body<'defineTheme'>;
      context.print(await client.call(routes.defineTheme, { params, body }), definedScreen);
    });
}

/** What is there already stays, where nothing else is said. */
function present(reply: Reply<'readTheme'>): Partial<Body<'defineTheme'>> {
  if (!reply.ok) return {};
  const { name, nameEn, lead, members, purpose } = reply.body;
  return { name, nameEn, lead, members, purpose };
}

async function themeFile(file: string): Promise<Partial<Body<'defineTheme'>>> {
  const content = await readJson(file);
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) return content;
  throw wrongUsage(`${file} holds no theme.`, 'A theme is a JSON object with name, lead, members and purpose.');
}

const stated = ({ name, nameEn, lead, members, purpose }: DefineOptions): Partial<Body<'defineTheme'>> => ({
  ...(name !== undefined && { name }),
  ...(nameEn !== undefined && { nameEn }),
  ...(lead !== undefined && { lead }),
  ...(members !== undefined && { members: commaList(members) }),
  ...(purpose !== undefined && { purpose }),
});
